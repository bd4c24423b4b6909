import inspect

from matcher import errors
from matcher.errors import InvalidValue, MatcherError, UsageError

CLASSES = [
    found
    for _, found in inspect.getmembers(errors, inspect.isclass)
    if issubclass(found, MatcherError)
]


def test_the_text_says_where_what_and_what_to_do() -> None:
    error = InvalidValue(
        "isn't a date.", file="needs.csv", row=7, column="deadline", hint="Write 2026-03-01."
    )
    assert str(error) == "needs.csv, row 7, column deadline: isn't a date. Write 2026-03-01."


def test_without_a_place_or_a_hint_the_text_is_the_message() -> None:
    assert str(UsageError("k must be positive.")) == "k must be positive."


def test_where_holds_only_the_parts_that_are_known() -> None:
    error = InvalidValue("is empty.", row=0, field="title")
    assert error.where == {"row": 0, "field": "title"}


def test_values_are_kept_for_machines() -> None:
    assert InvalidValue("is too high.", highest=9).values == {"highest": 9}


def test_every_error_has_a_code_of_its_own() -> None:
    codes = [found.code for found in CLASSES]
    assert len(codes) > 5
    assert len(set(codes)) == len(codes)
