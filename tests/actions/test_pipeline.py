"""The pipeline as board and table."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from matcher.actions.decisions import Decision, decide, undo
from matcher.actions.followups import move, note
from matcher.actions.pipeline import akin, board, pipeline, pipeline_page
from matcher.actions.pipeline_wish import Attention, Order, PipelineWish
from matcher.actions.platform import Platform
from matcher.domain.enums import DeclineReason, Language, Role
from matcher.domain.enums import FollowUpState as S
from matcher.domain.phase import Phase
from matcher.domain.visibility import ANONYMOUS, SYSTEM
from matcher.errors import UsageError
from tests.actions.pursuits import later, sign_up


def taken(platform: Platform, manager: str, need: str, outcome: str, *states: S) -> str:
    id_ = decide(platform, SYSTEM, manager, need, outcome, Decision.ACCEPT).followup.id
    for to in states:
        facts = {"until": platform.now().date()} if to is S.ON_HOLD else {}
        move(platform, SYSTEM, id_, to, **facts)  # type: ignore[arg-type]
    return id_


def test_the_board_has_the_work_in_its_phases(platform: Platform) -> None:
    first = taken(platform, "m1", "w1", "o1", S.CONTACTED)
    held = taken(platform, "m1", "w1", "o2", S.NDA_SIGNED, S.ON_HOLD)
    done = taken(platform, "m1", "w2", "o3", S.CONTRACT_SIGNED, S.CLOSED)
    reason = DeclineReason.PRICE
    decide(platform, SYSTEM, "m1", "w3", "o5", Decision.DECLINE, reason=reason)
    columns = {one.phase: one for one in board(platform, SYSTEM)}
    ids = {phase: [line.outline.id for line in one.lines] for phase, one in columns.items()}
    assert ids[Phase.CONTACT] == [first]
    assert ids[Phase.EXCHANGE] == [held]
    assert ids[Phase.END] == [done]
    assert sum(one.total for one in columns.values()) == 3
    assert columns[Phase.CONTACT].lines[0].need_title == "Graphene coating wanted"


def test_a_column_shows_what_is_most_urgent_and_counts_the_rest(platform: Platform) -> None:
    ids = [taken(platform, "m1", "w1", outcome) for outcome in ("o1", "o2", "o3")]
    note(platform, SYSTEM, ids[2], next_action="Call", due_on=date(2026, 10, 20))
    note(platform, SYSTEM, ids[1], next_action="Call", due_on=date(2026, 10, 30))
    column = board(platform, SYSTEM, most=1)[0]
    assert [line.outline.id for line in column.lines] == [ids[2]]
    assert (column.total, column.late) == (3, 2)


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
class TestWhatIsSeen:
    def test_a_manager_sees_their_own_and_an_admin_their_nodes(self, platform: Platform) -> None:
        own = taken(platform, "m1", "w1", "o1")
        other = taken(platform, "m2", "w2", "o3")
        wish = PipelineWish(order=Order.STATE)
        seen = {
            name: {line.outline.id for line in pipeline(platform, viewer, wish)}
            for name, viewer in {
                "m1": sign_up(platform, "a1", manager="m1"),
                "admin": sign_up(platform, "a2", Role.ADMIN),
                "elsewhere": sign_up(platform, "a3", Role.ADMIN, node="n3"),
                "lost": sign_up(platform, "a4", Role.ENTERPRISE, manager="m1"),
                "nobody": ANONYMOUS,
            }.items()
        }
        none: set[str] = set()
        assert seen == {
            **{"m1": {own}, "admin": {own, other}},
            **{"elsewhere": none, "lost": none, "nobody": none},
        }

    def test_pages_cover_the_table_and_the_last_one_stands_for_those_behind(
        self, platform: Platform
    ) -> None:
        for outcome in ("o1", "o2", "o3"):
            taken(platform, "m1", "w1", outcome)
        for wish in (PipelineWish(), PipelineWish(order=Order.OUTCOME)):
            pages = [pipeline_page(platform, SYSTEM, wish, number, 2) for number in (1, 2, 9)]
            ids = [[line.outline.id for line in one.lines] for one in pages]
            assert [len(some) for some in ids] == [2, 1, 1]
            assert ids[1] == ids[2]
            assert len({*ids[0], *ids[1]}) == 3
            assert [one.number for one in pages] == [1, 2, 2]
            assert {(one.total, one.pages) for one in pages} == {(3, 2)}
        with pytest.raises(UsageError):
            pipeline_page(platform, SYSTEM, PipelineWish(), 1, 0)

    def test_the_table_counts_what_the_board_does_and_names_the_rest(
        self, platform: Platform
    ) -> None:
        work = taken(platform, "m1", "w1", "o1")
        reason = DeclineReason.PRICE
        aside = decide(platform, SYSTEM, "m1", "w3", "o5", Decision.DECLINE, reason=reason)
        undo(platform, SYSTEM, taken(platform, "m1", "w2", "o3"))
        for order in (Order.DUE, Order.OUTCOME):
            found = pipeline_page(platform, SYSTEM, PipelineWish(order=order))
            assert [line.outline.id for line in found.lines] == [work]
            assert (found.total, found.aside) == (1, 1)
            every = pipeline_page(platform, SYSTEM, PipelineWish(aside=True, order=order))
            ids = {line.outline.id for line in every.lines}
            assert (ids, every.aside) == ({work, aside.followup.id}, 0)
        assert sum(one.total for one in board(platform, SYSTEM)) == 1

    def test_it_is_narrowed_by_words_days_and_states(self, platform: Platform) -> None:
        late = taken(platform, "m1", "w1", "o1", S.CONTACTED)
        other = taken(platform, "m2", "w2", "o3")
        note(platform, SYSTEM, late, next_action="Send the NDA", due_on=date(2026, 10, 30))
        wishes = {
            PipelineWish(text="graphene NDA"): [late],
            PipelineWish(text="battery"): [other],
            PipelineWish(attention=Attention.LATE): [late],
            PipelineWish(states=(S.ACCEPTED,)): [other],
            PipelineWish(text="nothing of the kind"): [],
        }
        for wish, ids in wishes.items():
            found = pipeline(platform, SYSTEM, wish, Language.EN)
            assert [line.outline.id for line in found] == ids, wish
            shown = {line.outline.id for one in board(platform, SYSTEM, wish) for line in one.lines}
            assert shown == set(ids), wish

    def test_days_go_by(self, platform: Platform) -> None:
        taken(platform, "m1", "w1", "o1")
        [line] = pipeline(later(platform, timedelta(days=4)), SYSTEM, PipelineWish())
        assert line.days == 4

    def test_those_of_the_same_record_are_akin(self, platform: Platform) -> None:
        one = taken(platform, "m1", "w1", "o1")
        same_need = taken(platform, "m1", "w1", "o2")
        taken(platform, "m2", "w2", "o3")
        assert [line.outline.id for line in akin(platform, SYSTEM, one)] == [same_need]
        assert akin(platform, ANONYMOUS, one) == ()
