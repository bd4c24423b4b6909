"""What stands side by side, and what each is asked."""

import pytest

from matcher.domain.enums import Noun
from matcher.evaluate import ials
from tests.training.made_platform import NEED_OUTCOME, NEEDS, MadeModel, made_split
from training.platform_split import questions_of, sides
from training.platform_systems import CHANCE, IALS, POPULARITY, Systems, systems

needs_bench = pytest.mark.skipif(not ials.is_installed(), reason="needs the extra `bench`")


def side_by_side(model: MadeModel) -> Systems:
    split = made_split()
    train, _ = sides(split, NEED_OUTCOME)
    return systems(model, NEED_OUTCOME, train, questions_of(split, NEED_OUTCOME), model.legs)


@needs_bench
def test_legs_come_first_and_the_fusion_last() -> None:
    found = side_by_side(MadeModel())
    assert list(found.runs) == ["concepts", "content", CHANCE, POPULARITY, IALS, "fusion"]
    assert all(set(run) == set(NEEDS) for run in found.runs.values())
    assert found.gaps == ()
    [note] = found.notes
    assert note.startswith("need>outcome: iALS with ")


def test_a_leg_alone_has_all_the_weight_and_the_fusion_its_own() -> None:
    model = MadeModel()
    side_by_side(model)
    assert {(asker, candidate) for asker, candidate, _ in model.asked} == {
        (Noun.NEED, Noun.OUTCOME)
    }
    assert [weights for _, _, weights in model.asked] == [
        {"concepts": 1.0, "content": 0.0},
        {"concepts": 0.0, "content": 1.0},
        None,
    ]


def test_the_popular_one_is_first_for_everybody() -> None:
    """o30 has ten small grades that sum to 3; the others have one of 1."""
    run = side_by_side(MadeModel()).runs[POPULARITY]
    assert {ranking[0][0] for ranking in run.values()} == {"o30"}


def test_without_the_package_a_gap_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ials, "_ALS", None)
    found = side_by_side(MadeModel())
    assert IALS not in found.runs
    assert found.gaps == ("need>outcome: iALS is skipped, the extra `bench` is not installed",)
