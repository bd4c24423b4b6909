"""From what speaks for a pair to a score."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from matcher.actions.sure_keys import Key
from matcher.actions.suspicion import LEAST_SCORE, Suspicion, judged
from matcher.domain.enums import Noun
from matcher.domain.identity import Identities
from matcher.domain.manager import Manager
from matcher.domain.organisation import Organisation
from matcher.domain.outcome import Outcome
from matcher.recommend.duplicates import Near
from matcher.store.stored import Stored

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
NOBODY = Identities(())
NEAR = Near("a", "b", 0.0, False, (0.8, 0.9), ("pump 45", "pump 45"))


def stored(record: Any, hours: int = 0) -> Stored[Any]:
    at = NOON + timedelta(hours=hours)
    return Stored(record, 1, at, at, "operator", None, "", "")


def judge(one: Any, other: Any, suspicion: Suspicion, noun: Noun = Noun.OUTCOME) -> Any:
    return judged(noun, one, other, suspicion, NOBODY, None)


@pytest.mark.parametrize(
    ("odds", "more", "proposed"),
    [
        (0.7, {}, True),
        (0.5, {}, False),
        (-2.0, {"holder": "甲所", "inventors": ("某甲",)}, True),
        (2.5, {"trl": 3}, True),
    ],
)
def test_texts_and_facts_add_up(odds: float, more: dict[str, Any], proposed: bool) -> None:
    one, other = (stored(Outcome(id=id_, **more)) for id_ in "ab")
    found = judge(one, other, Suspicion(near=replace(NEAR, odds=odds)))
    assert (found is not None) is proposed
    assert found is None or found.score >= LEAST_SCORE


def test_another_holder_outweighs_texts_alike() -> None:
    one, other = stored(Outcome(id="a", holder="甲所")), stored(Outcome(id="b", holder="乙所"))
    assert judge(one, other, Suspicion(near=replace(NEAR, odds=3.0))) is None


def test_a_number_outweighs_texts_unlike() -> None:
    pair = stored(Outcome(id="a")), stored(Outcome(id="b"))
    found = judge(*pair, Suspicion({Key.NUMBER}, replace(NEAR, odds=-2.0)))
    assert found.score > 0.95
    assert found.why["keys"] == ["same_number"]


def test_the_older_record_is_kept_of_equals_the_first_id() -> None:
    suspicion = Suspicion({Key.NUMBER})
    pair = stored(Outcome(id="a"), hours=2), stored(Outcome(id="b"))
    assert judge(*pair, suspicion).kept == "b"
    pair = stored(Outcome(id="b")), stored(Outcome(id="a"))
    assert judge(*pair, suspicion).kept == "a"


def test_managers_need_a_name_or_a_key_in_common() -> None:
    one, other = (stored(Manager(id=id_, name=id_)) for id_ in ("某甲", "某乙"))
    near = Suspicion(near=replace(NEAR, odds=9.0))
    assert judge(one, other, near, Noun.MANAGER) is None
    same = stored(Manager(id="x", name="某甲"))
    assert judge(one, same, near, Noun.MANAGER) is not None


def test_parent_and_child_are_two_organisations() -> None:
    suspicion = Suspicion({Key.CREDIT_CODE, Key.NAME})
    one, other = stored(Organisation(id="a")), stored(Organisation(id="b", parent="a"))
    assert judge(one, other, suspicion, Noun.ORGANISATION) is None
    assert judge(other, one, suspicion, Noun.ORGANISATION) is None
    apart = stored(Organisation(id="b"))
    assert judge(one, apart, suspicion, Noun.ORGANISATION) is not None
