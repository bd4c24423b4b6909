"""Models and figures fit the models that are described."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

from matcher.actions.exposure import Exposure, Parties
from matcher.actions.model_comparison import Compared, Part
from matcher.actions.model_reading import Known
from matcher.actions.quality import Covered, Listings, Quality, Stage, Waited
from matcher.actions.ruling import Ruling, Verdict
from matcher.bundle.catalogue import Entry, State
from matcher.bundle.manifest import Measured
from matcher.bundle.remarks import Remark
from matcher.domain.enums import FollowUpState, Noun
from matcher.evaluate.comparison import Comparison
from matcher.evaluate.fairness import Spread
from matcher.web.model_shown import (
    exposure_shown,
    gate_shown,
    line_shown,
    model_shown,
    quality_shown,
    version_shown,
)
from matcher.web.models.exposure import ExposureShown, QualityShown
from matcher.web.models.models import GateShown, LineShown, ModelShown, VersionShown

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
MANIFEST: Any = SimpleNamespace(
    version="0002-5a6b7c8d",
    created_at=NOON,
    parent="0001-1f2e3d4c",
    seq=7,
    counts={"need": 3, "outcome": 5},
    metrics={"ndcg": Measured(0.5, 0.4, 0.6), "gate.p": Measured(0.001, None, None)},
    encoder="trained",
    dictionary="d",
    product="0.1",
    libraries={"numpy": "2"},
    recipe={"pooling": {"whole": 0.5}},
    golden=({"query": "a need of somebody"},),
    files={"a.npy": None},
)
WORSE = Ruling(
    against="0001-1f2e3d4c", why="worse", comparison=Comparison(-0.2, -0.3, -0.1, 0.001, 40)
)


def test_a_version_is_listed_with_what_is_known_of_it() -> None:
    shown = VersionShown.model_validate(version_shown(Entry("2", State.KEPT, 10, MANIFEST)))
    assert (shown.records, shown.seq, shown.parent) == (8, 7, "0001-1f2e3d4c")
    broken = Entry("3", State.BROKEN, 10, problem="/srv/models/3/a.npy: is cut short.")
    told = version_shown(broken)
    assert VersionShown.model_validate(told).records is None
    assert "/srv" not in str(told)


def test_a_model_is_told_with_its_gate_and_without_the_texts_of_its_queries() -> None:
    remark = Remark(why="labels of a test account", by="a1", at=NOON)
    told = model_shown(Known(State.CURRENT, 10, MANIFEST, WORSE, remark))
    shown = ModelShown.model_validate(told)
    assert (shown.golden_queries, shown.files) == (1, 1)
    assert "somebody" not in str(told)
    assert shown.metrics["ndcg"].high == 0.6
    assert (shown.gate.verdict, shown.gate.p, shown.gate.queries) == (Verdict.WORSE, 0.001, 40)
    assert shown.forced is not None
    assert shown.forced.by == "a1"


def test_where_nothing_was_compared_the_gate_says_so() -> None:
    shown = GateShown.model_validate(gate_shown(Ruling(against=None, why="no other")))
    assert (shown.verdict, shown.difference, shown.p) == (Verdict.NOT_COMPARABLE, None, None)


def test_a_line_of_a_comparison_says_whether_it_differs() -> None:
    line = line_shown(Compared(Part.FACTS, "seq", 7, 9))
    assert LineShown.model_validate(line).differs


def test_figures_are_told() -> None:
    quality = Quality(
        nodes=("n1",),
        since=date(2026, 8, 4),
        funnel=(Stage(FollowUpState.DECLINED, 2, None),),
        to_acceptance=Waited(1.5, 4),
        to_contact=Waited(None, 0),
        needs=Covered(3, 2, 1),
        listings=Listings(5, 1, 2, 0),
    )
    shown = QualityShown.model_validate(quality_shown(quality))
    assert (shown.to_acceptance.days, shown.needs.taken_up, shown.listings.stale) == (1.5, 1, 2)
    parties = (
        Parties(Noun.NEED, 3, 0, None, None),
        Parties(Noun.MANAGER, 9, 9, Spread(1, 1, 1, 9), Spread(0.2, None, None, 9)),
    )
    told = exposure_shown(Exposure(("n1",), date(2026, 8, 4), parties))
    found = ExposureShown.model_validate(told)
    assert found.parties[0].gini is None
    assert found.parties[1].gini is not None
    assert (found.parties[1].gini.value, found.parties[1].gini.low) == (0.2, None)
