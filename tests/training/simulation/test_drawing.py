"""What is drawn keeps what the population promises."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.regions import prefecture
from training.simulation.drawing import draw_topics, prefectures
from training.simulation.population import AGENCY, ENTERPRISE, HOLDER, NO_END, Listed
from training.simulation.world import World


@given(topics=st.integers(3, 80), seed=st.integers(0, 1000))
def test_an_item_has_three_different_topics(topics: int, seed: int) -> None:
    drawn = draw_topics(np.random.default_rng(seed), 50, topics)
    assert drawn.min() >= 0
    assert drawn.max() < topics
    assert all(len(set(row)) == 3 for row in drawn.tolist())


def test_every_second_and_third_topic_occurs_beside_a_first_one() -> None:
    drawn = draw_topics(np.random.default_rng(0), 2000, 4)
    others = {tuple(row[1:]) for row in drawn.tolist() if row[0] == 0}
    assert others == {(a, b) for a in (1, 2, 3) for b in (1, 2, 3) if a != b}


def test_regions_are_prefectures() -> None:
    assert len(prefectures()) > 300
    assert all(prefecture(str(code)) == str(code) for code in prefectures())


def test_a_record_belongs_to_an_organisation_of_its_kind_and_place(world: World) -> None:
    for party, kind in (
        (world.outcomes, HOLDER),
        (world.needs, ENTERPRISE),
        (world.managers, AGENCY),
    ):
        assert set(world.organisations.kinds[party.organisations].tolist()) == {kind}
        places = world.organisations.regions[party.organisations]
        assert np.array_equal(places, party.regions)


def test_schools_and_shares_have_length_one(world: World) -> None:
    for party in (world.outcomes, world.needs, world.managers):
        assert np.linalg.norm(party.schools, axis=1) == pytest.approx(1, abs=1e-5)
        assert np.linalg.norm(party.shares, axis=1) == pytest.approx(1, abs=1e-5)


def test_schools_of_one_organisation_are_alike(world: World) -> None:
    outcomes = world.outcomes
    own = world.organisations.schools[outcomes.organisations]
    assert (own * outcomes.schools).sum(axis=1).min() > 0.75


def test_records_arrive_in_the_order_of_their_rows_within_the_time(world: World) -> None:
    first, last = world.start.toordinal(), world.end.toordinal()
    for party in (world.outcomes, world.needs):
        assert isinstance(party, Listed)
        assert (np.diff(party.created) >= 0).all()
        assert party.created.min() == first
        assert first + 60 < party.created.max() < last
        assert (party.updated <= party.created).all()
        assert (party.expires > party.created).all()
        assert 0.2 < (party.expires == NO_END).mean() < 0.4


def test_some_amounts_are_not_stated_and_the_others_are_round(world: World) -> None:
    for amounts in (world.outcomes.price, world.needs.budget):
        assert 0 < (amounts == 0).mean() < 1
        assert (amounts % 10_000 == 0).all()
