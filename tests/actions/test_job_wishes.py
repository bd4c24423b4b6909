"""What a job is asked for: what is left out is standard, and arguments come back as they went."""

from __future__ import annotations

import pytest

from matcher.actions.job_wishes import (
    ExportWish,
    PlanJobWish,
    TrainingWish,
    mapping_path,
    singular,
    wish_of,
)
from matcher.actions.shelves import SHELVES
from matcher.domain.job import JobKind
from matcher.domain.plan import Quota
from matcher.recommend.plan import Terms

GIVEN = {
    JobKind.IMPORT: {"noun": "outcomes", "file": "a.csv", "mapping": "sbir", "partial": True},
    JobKind.IMPORT_UNDO: {"id": "20261101-093000-a1b2c3"},
    JobKind.TRAINING: {"publish": False, "seed": 3, "recipe": "mine"},
    JobKind.PUBLISH: {"version": "0001-abc", "why": "measured elsewhere"},
    JobKind.ROLLBACK: {},
    JobKind.COMPARISON: {"first": "0002-abc", "second": "0001-abc"},
    JobKind.PLAN: {"quota": {"least": 1, "most": 5}, "needs": ["a", "b"], "per_need": 2},
    JobKind.EXPORT: {"noun": "need", "format": "csv", "language": "en"},
    JobKind.PROMPTS: {},
    JobKind.NOTICES: {},
}


@pytest.mark.parametrize("kind", JobKind)
def test_arguments_are_read_back_from_the_row(kind: JobKind) -> None:
    wish = wish_of(kind, GIVEN[kind])
    assert wish_of(kind, wish.to_mapping()) == wish
    assert wish.to_mapping().items() >= GIVEN[kind].items()


def test_what_is_left_out_is_standard() -> None:
    assert wish_of(JobKind.TRAINING, {}) == TrainingWish(publish=True, fresh=False, seed=0)
    assert wish_of(JobKind.EXPORT, {"noun": "needs"}) == ExportWish(noun="needs", format="xlsx")
    plan = PlanJobWish(quota=Quota(most=2), field="新材料", floor=0.2).wish()
    assert (plan.needs, plan.outcomes, plan.terms) == (None, 3, Terms(None, None, 0.2, 0.25))
    assert plan.field.isascii()


@pytest.mark.parametrize("noun", SHELVES)
def test_a_noun_may_be_many(noun: str) -> None:
    assert singular(f"{noun}s") == singular(noun) == noun


def test_a_mapping_is_one_that_is_shipped() -> None:
    assert mapping_path("") == ""
    assert mapping_path("sbir").endswith("sbir.toml")
