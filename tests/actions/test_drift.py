"""What came in since the training, beside what it was made of."""

from __future__ import annotations

from matcher.actions.drift import drifts
from matcher.actions.platform import Platform
from matcher.domain.enums import Noun
from matcher.domain.visibility import SYSTEM
from matcher.evaluate.drift import LEAST
from tests.actions.test_node_scope import somebody
from tests.platforms import need, outcome, publish, put


def batch(prefix: str, words: str) -> list[object]:
    return [outcome(f"{prefix}{number}", "Offer", words) for number in range(LEAST)]


def test_as_long_as_few_came_it_says_how_many_are_missing(platform: Platform) -> None:
    put(platform, Noun.NEED, need("w9", "New", "Something new."))
    outcomes, needs = drifts(platform, SYSTEM).changed
    assert (outcomes.noun, outcomes.new, outcomes.old) == (Noun.OUTCOME, 0, 5)
    assert (outcomes.missing, outcomes.drift) == (LEAST, None)
    assert (needs.new, needs.old, needs.missing) == (1, 3, LEAST - 1)


def test_another_subject_is_a_drift_and_its_words_are_told(platform: Platform) -> None:
    put(platform, Noun.OUTCOME, *batch("a", "Ultrasonic inspection of welds."))  # type: ignore[arg-type]
    publish(platform)
    put(platform, Noun.OUTCOME, *batch("b", "Saline rice varieties."))  # type: ignore[arg-type]
    found = drifts(platform, SYSTEM).changed[0]
    assert (found.new, found.old) == (LEAST, LEAST + 5)
    assert found.drift is not None
    assert found.drift.p < 0.05
    risen = [one.word for one in found.shifted if one.by > 0]
    assert any("rice" in word for word in risen)


def test_others_nodes_are_not_in_it(platform: Platform) -> None:
    found = drifts(platform, somebody("n2")).changed
    assert [(one.new, one.old) for one in found] == [(0, 0), (0, 0)]
