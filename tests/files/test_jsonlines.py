"""JSON Lines: objects with their line numbers, and every way in which a line isn't one."""

from collections.abc import Callable
from pathlib import Path

import pytest

from matcher.errors import MatcherError, UnreadableFile
from matcher.files import jsonlines
from matcher.files.cells import MAX_CELL
from matcher.files.decode import Encoding
from matcher.files.source import locate

Write = Callable[..., Path]


def read(path: Path) -> list[tuple[int, dict[str, object]]]:
    return list(jsonlines.read_objects(locate(path), Encoding.UTF8))


def refusal(path: Path) -> MatcherError:
    with pytest.raises(MatcherError) as caught:
        read(path)
    assert caught.value.hint
    return caught.value


def test_objects_with_line_numbers_over_blank_lines(write: Write) -> None:
    path = write("a.jsonl", '{"id": 1}\n\n  \n{"id": "二\u2028"}')
    assert read(path) == [(1, {"id": 1}), (4, {"id": "二\u2028"})]


def test_keys_in_order_of_appearance(write: Write) -> None:
    path = write("a.jsonl", '{"b": 1, "a": 2}\n{"c": 3, "a": 4}\n')
    found, keys = locate(path), ("b", "a", "c")
    assert jsonlines.keys_of(found, Encoding.UTF8) == keys
    assert list(jsonlines.read_rows(found, Encoding.UTF8, keys)) == [
        (1, [1, 2, None]),
        (2, [None, 4, 3]),
    ]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"id": 2', "not valid JSON"),
        ("{'id': 2}", "not valid JSON"),
        ("[1, 2]", "not an object"),
        ('"text"', "not an object"),
        ("null", "not an object"),
        ('{"a": ' * 40 + "1" + "}" * 40, "deeper than"),
        ("[" * 100_000, "too deeply"),
        ('{"a": ' + "1" * 5000 + "}", "too long a number"),
        ('{"a": "' + "x" * (MAX_CELL + 1) + '"}', "1,000,000"),
        ('{"a": ["' + "x" * (MAX_CELL + 1) + '"]}', "1,000,000"),
    ],
)
def test_what_is_not_a_plain_object_is_refused_with_its_line(
    write: Write, line: str, message: str
) -> None:
    error = refusal(write("a.jsonl", f'{{"id": 1}}\n\n{line}\n'))
    assert error.where["row"] == 3
    assert message in error.message


def test_a_json_array_is_told_from_json_lines(write: Write) -> None:
    error = refusal(write("a.jsonl", '[{"id": 1},\n {"id": 2}]\n'))
    assert isinstance(error, UnreadableFile)
    assert "array" in error.message


def test_raw_control_characters_inside_a_text_are_let_through(write: Write) -> None:
    assert read(write("a.jsonl", '{"id": "a\x01\tb"}\n')) == [(1, {"id": "a\x01\tb"})]


def test_brackets_in_a_text_are_no_depth(write: Write) -> None:
    assert len(read(write("a.jsonl", '{"text": "' + "[1] " * 100 + '", "deals": [{"a": 1}]}'))) == 1


def test_nested_values_of_ordinary_depth(write: Write) -> None:
    record = '{"deals": [{"title": "t", "tags": [["x"]]}]}'
    assert read(write("a.jsonl", record))[0][1]["deals"] == [{"title": "t", "tags": [["x"]]}]


def test_keys_that_hold_data_are_refused(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonlines, "MAX_KEYS", 3)
    path = write("a.jsonl", '{"a": 1, "b": 1, "c": 1}\n{"d": 1}\n')
    with pytest.raises(MatcherError) as caught:
        jsonlines.keys_of(locate(path), Encoding.UTF8)
    assert caught.value.where["row"] == 2
