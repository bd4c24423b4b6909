"""A training learns by the methods that it's given, and by nothing else."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from matcher.bundle.manifest import Measured
from matcher.recommend.collections import Collections
from matcher.recommend.feedback import Feedback
from matcher.recommend.folds import Past
from tests.platforms import NOW
from tests.training.some_training import RECIPE, gradually, topical_platform
from training.build import build
from training.methods import Figures, Methods
from training.past import Way
from training.snapshot import Snapshot


@pytest.mark.slow
def test_reading_learning_and_measuring_can_be_exchanged(tmp_path: Path) -> None:
    called: list[object] = []

    def read(_: Session, on: date) -> Feedback:
        called.append(on)
        return gradually()

    def learn(
        collections: Collections,
        feedback: Feedback,
        *,
        seed: int,
        way: Way | None = None,
        past: Past | None = None,
    ) -> Collections:
        called.append((len(feedback.judgements), seed, way, past))
        return collections

    def measure(_: Collections, __: Snapshot, seed: int) -> Figures:
        called.append(seed)
        return Figures({"luck": Measured(0.5, None, None)})

    platform = topical_platform(tmp_path / "home")
    given = Methods(read, learn, measure)
    version, _ = build(platform, RECIPE, "trained", lambda _: None, seed=7, methods=given)
    assert called == [NOW.date(), (28, 7, Way.PARTS, None), (36, 7, Way.PARTS, None), 7]
    assert platform.library.verify(version).metrics == {"luck": Measured(0.5, None, None)}
    platform.database.dispose()
