"""What goes with a record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from matcher.actions.answer import Answer, Wish
from matcher.actions.platform import OPERATOR, Platform
from matcher.actions.suggest import TO, explain, similar, suggest
from matcher.domain.enums import Noun
from matcher.domain.visibility import PUBLIC, Viewer
from matcher.errors import NotFound, UsageError
from matcher.recommend.filters import Filters
from matcher.store import records
from tests.platforms import NOW, need, outcome, put

ANYONE = Viewer(None, frozenset({PUBLIC}))


def ids(answer: Answer) -> list[str]:
    return [match.candidate_id for match in answer.matches]


def merge(platform: Platform, noun: Noun, id_: str, into: str) -> None:
    with platform.database.writing() as session:
        records.set_merged(session, noun, id_, into, actor=OPERATOR, at=NOW)


@pytest.mark.parametrize(
    ("noun", "id_", "to", "first"),
    [
        (Noun.NEED, "w1", Noun.OUTCOME, "o1"),
        (Noun.NEED, "w3", Noun.OUTCOME, "o5"),
        (Noun.NEED, "w2", Noun.MANAGER, "m2"),
        (Noun.OUTCOME, "o5", Noun.NEED, "w3"),
        (Noun.OUTCOME, "o1", Noun.MANAGER, "m1"),
    ],
)
def test_either_side_and_managers(
    platform: Platform, noun: Noun, id_: str, to: Noun, first: str
) -> None:
    answer = suggest(platform, ANYONE, noun, id_, to, Wish(k=2))
    assert ids(answer)[0] == first
    assert answer.noun is to
    assert answer.matches[0].query_id == id_
    assert len(answer.matches) <= 2


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_nouns_that_do_not_go_together_are_refused(platform: Platform) -> None:
    for noun in Noun:
        for to in Noun:
            if to in TO.get(noun, ()):
                continue
            for ask in (
                lambda: suggest(platform, ANYONE, noun, "w1", to, Wish()),  # noqa: B023
                lambda: explain(platform, ANYONE, noun, "w1", to, "o1", Wish()),  # noqa: B023
            ):
                with pytest.raises(UsageError, match="aren't suggested"):
                    ask()


def test_facts_remove_and_are_counted_unless_they_are_not_wanted(platform: Platform) -> None:
    put(platform, Noun.NEED, need("w1", "Coating", "graphene coating", min_trl=6))
    put(platform, Noun.OUTCOME, outcome("early", "Coating", "graphene coating", trl=2))
    answer = suggest(platform, ANYONE, Noun.NEED, "w1", Noun.OUTCOME, Wish())
    assert "early" not in ids(answer)
    assert answer.removed == {"too_early": 1}
    assert "early" in ids(
        suggest(platform, ANYONE, Noun.NEED, "w1", Noun.OUTCOME, Wish(facts=False))
    )


def test_why_one_record_goes_with_another(platform: Platform) -> None:
    put(platform, Noun.NEED, need("w1", "Coating", "graphene coating", min_trl=6))
    late = outcome("late", "Coating", "graphene coating", trl=2, valid_until=date(2020, 1, 1))
    put(platform, Noun.OUTCOME, late)
    wish = Wish(k=7, explain=False)
    answer = explain(platform, ANYONE, Noun.NEED, "w1", Noun.OUTCOME, "late", wish)
    assert ids(answer) == ["late"]
    assert [reason["code"] for reason in answer.matches[0].reasons] == ["terms", "readiness"]
    assert (answer.found, answer.removed) == (1, {})
    back = explain(platform, ANYONE, Noun.OUTCOME, "late", Noun.NEED, "w1", wish)
    assert ids(back) == ["w1"]


def test_records_without_anything_in_common_have_no_explanation(platform: Platform) -> None:
    put(platform, Noun.OUTCOME, outcome("empty"))
    with pytest.raises(NotFound, match="nothing to do"):
        explain(platform, ANYONE, Noun.NEED, "w1", Noun.OUTCOME, "empty", Wish())


def test_an_explanation_follows_merges_on_both_sides(platform: Platform) -> None:
    merge(platform, Noun.NEED, "w2", "w1")
    merge(platform, Noun.OUTCOME, "o2", "o1")
    answer = explain(platform, ANYONE, Noun.NEED, "w2", Noun.OUTCOME, "o2", Wish())
    assert ids(answer) == ["o1"]
    assert answer.matches[0].query_id == "w1"


def test_filters_hold_for_suggestions_too(platform: Platform) -> None:
    wish = Wish(filters=Filters(trl_min=4))
    answer = suggest(platform, ANYONE, Noun.NEED, "w1", Noun.OUTCOME, wish)
    assert ids(answer) == []
    assert answer.removed == {"filtered": 5}


def test_records_like_one_leave_itself_out(platform: Platform) -> None:
    answer = similar(platform, ANYONE, Noun.OUTCOME, "o3", Wish())
    assert ids(answer)[0] == "o4"
    assert "o3" not in ids(answer)
    merge(platform, Noun.OUTCOME, "o2", "o3")
    assert "o3" not in ids(similar(platform, ANYONE, Noun.OUTCOME, "o2", Wish()))


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_managers_may_be_alike(platform: Platform) -> None:
    assert "m1" not in ids(similar(platform, ANYONE, Noun.MANAGER, "m1", Wish()))


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_organisations_are_like_nothing(platform: Platform) -> None:
    with pytest.raises(UsageError):
        similar(platform, ANYONE, Noun.ORGANISATION, "u", Wish())


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_record_that_is_in_no_model_yet_can_be_asked_for(platform: Platform) -> None:
    put(platform, Noun.NEED, need("new", "Wanted", "ultrasonic weld inspection"))
    answer = suggest(platform, ANYONE, Noun.NEED, "new", Noun.OUTCOME, Wish(k=1))
    assert ids(answer) == ["o5"]
    assert replace(answer, matches=()).to_mapping()["matches"] == []
