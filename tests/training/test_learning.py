"""What the product learns by: the feedback of its own store."""

from __future__ import annotations

import pytest

from matcher.actions.platform import Platform
from matcher.domain.interaction import Interaction
from matcher.store import interactions
from tests.platforms import NOW
from tests.training.some_training import snapshot_of, topical
from training.learning import METHODS


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_what_the_store_knows_is_what_is_learned_from(platform: Platform) -> None:
    with platform.database.writing() as session:
        known = Interaction(id="i1", need="w1", outcome="o1", weight=2.0)
        interactions.put(session, [known])
    with platform.database.reading() as session:
        feedback = METHODS.read_feedback(session, NOW.date())
    assert len(feedback.judgements) == 1
    made = METHODS.learn(topical(), feedback, seed=0)
    assert METHODS.measure(made, snapshot_of(feedback), 0).metrics == {}
