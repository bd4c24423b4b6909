"""The gate lets pass what isn't worse, and says why it can't tell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from matcher.actions.platform import Platform
from matcher.actions.ruling import Verdict
from matcher.bundle.library import Library
from matcher.recommend.collections import Collections
from tests.platforms import NOW
from tests.training.some_training import (
    DAY,
    RECIPE,
    TOPICS,
    as_they_are,
    methods,
    rightly,
    topical,
    topical_platform,
    wrongly,
)
from training.build import build
from training.gate import compare_versions, day_after, judge
from training.held_out import LEAST, PRIMARY, ask


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    """With one model, made on DAY and published."""
    platform = topical_platform(tmp_path_factory.mktemp("gate") / "home")
    built = build(platform, RECIPE, "trained", lambda _: None, methods=methods(rightly(DAY)))
    platform.library.publish(built.version)
    yield platform
    platform.database.dispose()


def features() -> Collections:
    return topical()


def never() -> Collections:
    raise AssertionError("nothing has to be opened")


def test_a_model_that_is_as_good_passes(platform: Platform) -> None:
    ruling = judge(platform.library, features, rightly(DAY + 1), as_they_are, 0)
    assert ruling.verdict is Verdict.PASSED
    assert ruling.comparison is not None
    assert ruling.comparison.difference == pytest.approx(0, abs=1e-3)
    assert ruling.against == platform.library.current().version


def test_a_model_that_is_worse_is_found_out(platform: Platform) -> None:
    ruling = judge(platform.library, features, rightly(DAY + 1), wrongly, 0)
    assert ruling.verdict is Verdict.WORSE
    assert "worse by" in ruling.why


def test_the_new_one_is_fitted_without_what_it_is_asked(platform: Platform) -> None:
    seen = []

    def learn(collections: Collections, feedback: object, *, seed: int) -> Collections:
        seen.append((len(feedback.judgements), seed))  # type: ignore[attr-defined]
        return collections

    judge(platform.library, features, rightly(DAY + 1), learn, 3)
    assert seen == [(0, 3)]


def test_the_new_one_knows_what_was_taken_up_before_as_the_current_one_does(
    platform: Platform,
) -> None:
    """Half of the pairs were taken up before the current model was made, and went on since."""
    known, half = rightly(DAY + 9), TOPICS // 2
    first = known.judgements.days - np.repeat(np.array([30, 0], np.int32), half)
    known = replace(known, judgements=replace(known.judgements, first_days=first))
    since, told = day_after(NOW.date()), known.until(day_after(NOW.date())).judgements
    assert told.needs.tolist() == [*range(half)]
    assert set(told.grades.tolist()) == {np.float32(0.3)}
    asked = ask(known, since, (topical(),))
    assert set(asked.qrels) == {f"w{topic:02}" for topic in range(half, TOPICS)}
    ruling = judge(platform.library, never, known, as_they_are, 0)
    assert ruling.why.startswith(f"{half} needs")


def test_what_the_current_one_may_have_learned_from_is_not_asked(platform: Platform) -> None:
    ruling = judge(platform.library, never, rightly(DAY), as_they_are, 0)
    assert ruling.verdict is Verdict.NOT_COMPARABLE
    assert ruling.why.startswith("0 needs with an accepted outcome since 2026-11-02")


def test_too_few_accepted_pairs_compare_nothing(platform: Platform) -> None:
    few = rightly(DAY + 1, LEAST - 1)
    ruling = judge(platform.library, never, few, as_they_are, 0)
    assert (ruling.verdict, ruling.comparison) == (Verdict.NOT_COMPARABLE, None)
    assert f"{LEAST - 1} needs" in ruling.why
    assert f"{LEAST} are needed" in ruling.why


def test_without_a_current_model_there_is_nothing_to_compare_with(tmp_path: Path) -> None:
    ruling = judge(Library(tmp_path / "models"), never, rightly(DAY), as_they_are, 0)
    assert ruling.verdict is Verdict.NOT_COMPARABLE
    assert ruling.against is None


def test_two_versions_are_asked_the_same(platform: Platform) -> None:
    version = platform.library.current().version
    found, why = compare_versions(platform.library, version, version, rightly(DAY + 1))
    assert found[PRIMARY].difference == 0
    assert why == "since 2026-11-02"
    found, why = compare_versions(platform.library, version, version, rightly(DAY))
    assert found == {}
    assert "0 needs" in why


def test_a_day_later_is_what_a_model_cannot_know() -> None:
    from_day = rightly(DAY + 1).judgements.days
    assert (from_day >= day_after(NOW.date())).all()
    assert not (rightly(DAY).judgements.days >= day_after(NOW.date())).any()
