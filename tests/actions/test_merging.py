"""Merging: one record goes, nothing is lost, and undoing brings it back as it was."""

from __future__ import annotations

import random
from typing import Any

import pytest

from matcher.actions.merging import list_merges, merge, merge_records, page_merges, reject, unmerge
from matcher.actions.platform import OPERATOR, Platform
from matcher.actions.reading import get
from matcher.domain.account import Account
from matcher.domain.enums import Noun, Role, Visibility
from matcher.domain.event import Subject
from matcher.domain.followup import FollowUp
from matcher.domain.visibility import SYSTEM, Viewer, viewer_of
from matcher.errors import IllegalTransition, NotAllowed, NotFound, UsageError
from matcher.store import events, followups, merges, nodes, records
from matcher.store.merged import absorbed
from matcher.store.merges import MergeState
from matcher.store.revisions import revisions
from tests.platforms import NOW, manager, outcome, put


@pytest.fixture
def proposed(platform: Platform) -> str:
    """The id of a proposal to merge outcome o4 into o3."""
    return propose(platform, "o3", "o4")


def propose(platform: Platform, kept: str, dropped: str) -> str:
    with platform.database.writing() as session:
        return merges.propose(
            session, Noun.OUTCOME, kept, dropped, score=0.9, why={"keys": []}, at=NOW
        ).id


def searchable(platform: Platform) -> set[str]:
    candidates = platform.live.look_now().models[Noun.OUTCOME].candidates
    return {str(id_) for id_ in candidates.ids_at(candidates.live.nonzero()[0])}


def viewer(platform: Platform, node: str, *roles: Role) -> Viewer:
    account = Account(id=f"acc-{node}", login=f"one@{node}", roles=roles, node=node)
    with platform.database.reading() as session:
        return viewer_of(account, nodes.parents(session))


def everything(platform: Platform) -> dict[str, Any]:
    """What is there, but for versions and history."""
    with platform.database.reading() as session:
        stored = list(records.every(session, Noun.OUTCOME, live_only=False))
        kept = [one.followup for one in followups.every(session)]
    state = {one.record.id: (one.record, one.deleted_at, one.merged_into) for one in stored}
    return {"records": state, "followups": kept, "searchable": searchable(platform)}


def follow(platform: Platform, id_: str, outcome_id: str) -> None:
    one = FollowUp(id=id_, need="w2", outcome=outcome_id, manager="m2", node="n1")
    with platform.database.writing() as session:
        followups.add(session, one)


def test_the_dropped_record_is_found_no_more_and_stands_for_the_other(
    platform: Platform, proposed: str
) -> None:
    merged = merge(platform, SYSTEM, proposed)
    assert merged.seen.merge.state is MergeState.MERGED
    assert merged.seen.merge.decided_by == OPERATOR
    assert searchable(platform) == {"o1", "o2", "o3", "o5"}
    assert get(platform, SYSTEM, Noun.OUTCOME, "o4").record.id == "o3"


def test_undone_everything_is_as_before_but_for_its_history(
    platform: Platform, proposed: str
) -> None:
    follow(platform, "f1", "o4")
    before = everything(platform)
    merge(platform, SYSTEM, proposed)
    assert everything(platform) != before
    unmerge(platform, SYSTEM, proposed)
    assert everything(platform) == before
    with platform.database.reading() as session:
        assert len(revisions(session, Noun.OUTCOME, "o4")) == 2
        subject = Subject(noun=Noun.OUTCOME, id="o4")
        told = [event.verb for _, event in events.read(session, subject=subject)]
    assert told == ["merged", "unmerged"]


def test_the_other_record_may_be_kept(platform: Platform, proposed: str) -> None:
    merge(platform, SYSTEM, proposed, keep="o4")
    assert get(platform, SYSTEM, Noun.OUTCOME, "o3").record.id == "o4"
    seen = list_merges(platform, SYSTEM, MergeState.MERGED)
    assert [(one.kept.record.id, one.dropped.record.id) for one in seen] == [("o4", "o3")]
    unmerge(platform, SYSTEM, proposed)
    assert get(platform, SYSTEM, Noun.OUTCOME, "o3").record.id == "o3"


def test_a_third_record_cannot_be_kept(platform: Platform, proposed: str) -> None:
    with pytest.raises(UsageError, match="neither of the two"):
        merge(platform, SYSTEM, proposed, keep="o1")
    assert len(list_merges(platform, SYSTEM)) == 1


def test_follow_ups_stay_and_those_that_clash_are_told(platform: Platform, proposed: str) -> None:
    follow(platform, "f1", "o4")
    follow(platform, "f2", "o3")
    follow(platform, "f3", "o1")
    merged = merge(platform, SYSTEM, proposed)
    assert merged.clashing == (("f1", "f2"),)
    with platform.database.reading() as session:
        assert absorbed(session, Noun.OUTCOME, "o3") == ("o4",)
        assert {one.followup.outcome for one in followups.every(session)} == {"o1", "o3", "o4"}


def test_follow_ups_of_another_node_are_not_named(platform: Platform) -> None:
    put(platform, Noun.OUTCOME, *(outcome(id_, "电池", node="n2") for id_ in ("o7", "o8")))
    follow(platform, "f1", "o7")
    follow(platform, "f2", "o8")
    proposed = propose(platform, "o7", "o8")
    assert merge(platform, viewer(platform, "n2", Role.ADMIN), proposed).clashing == ()


def test_a_merge_is_done_once(platform: Platform, proposed: str) -> None:
    merge(platform, SYSTEM, proposed)
    for again in (merge, reject):
        with pytest.raises(IllegalTransition, match="undone"):
            again(platform, SYSTEM, proposed)


def test_what_was_rejected_is_not_asked_again_but_may_be_merged(
    platform: Platform, proposed: str
) -> None:
    reject(platform, SYSTEM, proposed)
    assert list_merges(platform, SYSTEM) == []
    assert propose(platform, "o4", "o3") == proposed
    assert merge(platform, SYSTEM, proposed).seen.merge.state is MergeState.MERGED


def test_merges_of_merges_are_taken_apart_in_any_order(platform: Platform, proposed: str) -> None:
    before = everything(platform)
    merge(platform, SYSTEM, proposed)
    further = propose(platform, "o1", "o3")
    merge(platform, SYSTEM, further)
    assert get(platform, SYSTEM, Noun.OUTCOME, "o4").record.id == "o1"
    unmerge(platform, SYSTEM, proposed)
    assert get(platform, SYSTEM, Noun.OUTCOME, "o4").record.id == "o4"
    unmerge(platform, SYSTEM, further)
    assert everything(platform) == before


def test_what_is_gone_meanwhile_is_not_merged(platform: Platform, proposed: str) -> None:
    with platform.database.writing() as session:
        records.delete(session, Noun.OUTCOME, ["o4"], actor=OPERATOR, at=NOW)
    assert list_merges(platform, SYSTEM) == []
    with pytest.raises(NotFound, match="o4"):
        merge(platform, SYSTEM, proposed)
    with platform.database.reading() as session:
        stands = merges.get(session, proposed)
    assert stands is not None
    assert stands.state is MergeState.PROPOSED


def test_two_records_may_be_named_by_hand(platform: Platform) -> None:
    merged = merge_records(platform, SYSTEM, Noun.OUTCOME, "o3", "o4")
    assert merged.seen.merge.why == {"by_hand": True}
    assert unmerge(platform, SYSTEM, merged.seen.merge.id).merge.state is MergeState.UNDONE
    with pytest.raises(NotFound):
        merge_records(platform, SYSTEM, Noun.OUTCOME, "o3", "o99")


def test_a_proposal_is_there_for_those_who_see_both(platform: Platform) -> None:
    hidden = outcome("o6", "锂电池回收", node="n3", visibility=Visibility.BROKERS)
    put(platform, Noun.OUTCOME, hidden)
    id_ = propose(platform, "o4", "o6")
    for who, sees in (
        (viewer(platform, "n3", Role.ADMIN), True),
        (viewer(platform, "n2", Role.ADMIN), False),
        (viewer(platform, "n3", Role.ENTERPRISE), False),
    ):
        assert bool(list_merges(platform, who)) is sees
        if not sees:
            with pytest.raises(NotFound, match=id_):
                reject(platform, who, id_)


@pytest.mark.parametrize(
    ("node", "role"), [("n3", Role.ADMIN), ("n2", Role.ADMIN), ("n1", Role.MANAGER)]
)
def test_only_an_admin_of_both_nodes_decides(platform: Platform, node: str, role: Role) -> None:
    put(platform, Noun.OUTCOME, outcome("o6", "锂电池回收", node="n3"))
    id_ = propose(platform, "o4", "o6")
    who = viewer(platform, node, role)
    for act in (merge, reject, unmerge):
        with pytest.raises(NotAllowed):
            act(platform, who, id_)
    admin = viewer(platform, "n1", Role.ADMIN)
    assert merge(platform, admin, id_).seen.merge.decided_by == "acc-n1"


def test_an_admin_of_one_side_reads_of_the_other_what_everybody_may(platform: Platform) -> None:
    put(platform, Noun.MANAGER, manager("m8", conflicts=("U9",)))
    put(platform, Noun.MANAGER, manager("m9", node="n3", conflicts=("U7",)))
    with platform.database.writing() as session:
        merges.propose(session, Noun.MANAGER, "m8", "m9", score=0.9, why={}, at=NOW)
    [seen] = list_merges(platform, viewer(platform, "n3", Role.ADMIN))
    assert (seen.kept.record.conflicts, seen.dropped.record.conflicts) == ((), ("U7",))


def test_an_unknown_merge_is_not_found(platform: Platform) -> None:
    for act in (merge, reject, unmerge):
        with pytest.raises(NotFound, match="List the proposed"):
            act(platform, SYSTEM, "nothing")


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_any_merges_undone_in_any_order_leave_everything_as_it_was(
    platform: Platform, seed: int
) -> None:
    chance = random.Random(seed)
    follow(platform, "f1", "o4")
    before = everything(platform)
    live, done = ["o1", "o2", "o3", "o4", "o5"], []
    for _ in range(chance.randint(2, 4)):
        kept, dropped = chance.sample(live, 2)
        live.remove(dropped)
        done.append(merge_records(platform, SYSTEM, Noun.OUTCOME, kept, dropped).seen.merge.id)
        assert searchable(platform) == set(live)
    chance.shuffle(done)
    for id_ in done:
        unmerge(platform, SYSTEM, id_)
    assert everything(platform) == before


def test_proposals_come_by_pages_whatever_is_decided_meanwhile(platform: Platform) -> None:
    ids = [propose(platform, "o3", "o4"), propose(platform, "o1", "o2")]
    first = page_merges(platform, SYSTEM, MergeState.PROPOSED, None, "", 1)
    assert ([one.merge.id for one in first.rows], first.next) == (ids[:1], ids[0])
    reject(platform, SYSTEM, ids[0])
    second = page_merges(platform, SYSTEM, MergeState.PROPOSED, Noun.OUTCOME, ids[0], 1)
    assert ([one.merge.id for one in second.rows], second.next) == (ids[1:], None)
