"""Events and follow-ups of what people did."""

from itertools import groupby

import numpy as np

from matcher.domain.enums import DeclineReason, Noun
from matcher.domain.enums import FollowUpState as State
from matcher.domain.followup import legal_transitions
from training.simulation.journal import EXPLORED, SHOWN, events_of, follow_ups_of
from training.simulation.reactions import CHAIN, Exit, Reactions
from training.simulation.world import World


def test_every_pair_that_was_shown_is_an_event(world: World, history: Reactions) -> None:
    found = list(events_of(history))
    assert len(found) == len(history)
    parties = {
        Noun.NEED: history.needs,
        Noun.OUTCOME: history.outcomes,
        Noun.MANAGER: history.managers,
    }
    ids = {noun: world.ids(noun) for noun in parties}
    for row, event in enumerate(found):
        assert [(one.noun, one.id) for one in event.subjects] == [
            (noun, ids[noun][rows[row]]) for noun, rows in parties.items()
        ]
        assert event.position == history.positions[row]
        assert event.propensity == history.propensities[row]
        assert event.verb == (EXPLORED if history.explored[row] else SHOWN)
        assert event.at.toordinal() == history.days[row]
        assert event.model_version == "synthetic"


def test_rows_of_a_list_and_no_others_share_actor_and_time(history: Reactions) -> None:
    keys = [(event.actor, event.at) for event in events_of(history)]
    lengths = [len(list(rows)) for _, rows in groupby(keys)]
    assert lengths == np.bincount(history.lists).tolist()
    assert len(set(keys)) == len(lengths)


def test_every_pair_that_was_touched_is_a_follow_up_in_its_state(
    world: World, history: Reactions
) -> None:
    found = list(follow_ups_of(world, history, "n1"))
    rows = np.flatnonzero(history.touched)
    assert len({one.id for one in found}) == len(found) == len(rows) > 100
    states = {Exit.DECLINED: State.DECLINED, Exit.EXPIRED: State.EXPIRED}
    states[Exit.WITHDRAWN] = State.WITHDRAWN
    for row, followup in zip(rows, found, strict=True):
        exit_ = Exit(history.exits[row])
        wanted = states[exit_] if exit_ is not Exit.OPEN else CHAIN[history.furthest[row]]
        assert followup.state is wanted
        reached = CHAIN[history.furthest[row]] if history.furthest[row] >= 0 else State.SUGGESTED
        assert followup.furthest is reached
        assert followup.history[0].at.toordinal() == history.days[row]
        assert followup.node == "n1"
        assert legal_transitions(followup)


def test_a_decline_carries_its_reason_and_a_contract_its_price(
    world: World, history: Reactions
) -> None:
    found = list(follow_ups_of(world, history))
    rows = np.flatnonzero(history.touched)
    signed = 0
    for row, followup in zip(rows, found, strict=True):
        if followup.state is State.DECLINED:
            assert followup.history[-1].reason is tuple(DeclineReason)[history.reasons[row]]
        if followup.contract:
            signed += 1
            price = int(world.outcomes.price[history.outcomes[row]])
            assert (followup.contract.value or 0) == price
            assert followup.contract.signed_on == followup.history[-1].at.date()
    assert signed == (history.furthest == len(CHAIN) - 1).sum() > 0


def test_what_was_known_makes_no_step_in_the_future(world: World, history: Reactions) -> None:
    day = world.month(1)[0]
    found = list(follow_ups_of(world, history.known(day)))
    assert found
    assert max(one.history[-1].at.toordinal() for one in found) < day
