"""Which pairs a manager may take up."""

from __future__ import annotations

import pytest

from matcher.actions.free_pair import Pairing, require_free
from matcher.actions.platform import Platform
from matcher.domain.enums import DeclineReason, Noun, Visibility
from matcher.domain.enums import FollowUpState as State
from matcher.domain.followup import FollowUp, transition
from matcher.errors import EditConflict, NotAllowed
from matcher.store import followups, records
from tests.actions.pursuits import sign_up
from tests.platforms import NOW, manager, need, outcome, put

S = State
NEW = FollowUp(id="F1", need="w1", outcome="o1", manager="m2")


def walked(*states: State) -> FollowUp:
    followup = NEW
    for to in states:
        facts = {S.DECLINED: {"reason": DeclineReason.PRICE}}
        followup = transition(followup, to, by="a", at=NOW, **facts.get(to, {}))  # type: ignore[arg-type]
    return followup


def pairing(platform: Platform) -> Pairing:
    with platform.database.reading() as session:
        need, outcome, manager = (
            records.get(session, noun, id_)
            for noun, id_ in ((Noun.NEED, "w1"), (Noun.OUTCOME, "o1"), (Noun.MANAGER, "m1"))
        )
    assert need
    assert outcome
    assert manager
    return Pairing(need.record, outcome.record, manager.record)


def require(platform: Platform) -> None:
    serving = platform.live.look_now()
    wanted = pairing(platform)
    with platform.database.reading() as session:
        require_free(session, serving, wanted)


def test_a_pair_that_nobody_pursues_is_free(platform: Platform) -> None:
    with platform.database.writing() as session:
        followups.add(session, walked(S.DECLINED))
    require(platform)


def test_what_another_manager_pursues_is_not_and_nobody_is_named(platform: Platform) -> None:
    with platform.database.writing() as session:
        followups.add(session, walked(S.ACCEPTED))
    with pytest.raises(EditConflict, match="Another manager") as refused:
        require(platform)
    assert "m2" not in str(refused.value)
    assert refused.value.values == {"reason": "already_taken"}


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
class TestReasonsOfTheRecords:
    def test_who_is_not_active(self, platform: Platform) -> None:
        put(platform, Noun.MANAGER, manager("m1", active=False))
        with pytest.raises(NotAllowed, match="active"):
            require(platform)

    def test_what_the_manager_may_not_know_of(self, platform: Platform) -> None:
        put(platform, Noun.NEED, need("w1", visibility=Visibility.NAMED, owner="somebody"))
        with pytest.raises(NotAllowed, match="may not know"):
            require(platform)

    def test_both_of_one_organisation(self, platform: Platform) -> None:
        put(platform, Noun.NEED, need("w1", organisation="Harbour Works"))
        put(platform, Noun.OUTCOME, outcome("o1", holder="Harbour Works"))
        with pytest.raises(NotAllowed, match="conflict"):
            require(platform)

    def test_an_organisation_to_keep_away_from(self, platform: Platform) -> None:
        put(platform, Noun.MANAGER, manager("m1", conflicts=("Harbour Works",)))
        put(platform, Noun.OUTCOME, outcome("o1", holder="Harbour Works"))
        with pytest.raises(NotAllowed, match="conflict") as refused:
            require(platform)
        assert "Harbour" not in str(refused.value)

    def test_the_managers_own_listing(self, platform: Platform) -> None:
        sign_up(platform, "a1", manager="m1")
        put(platform, Noun.OUTCOME, outcome("o1", owner="a1"))
        with pytest.raises(NotAllowed, match="conflict"):
            require(platform)
