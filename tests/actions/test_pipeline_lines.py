"""Follow-ups as lines: titles, search, order."""

from __future__ import annotations

from datetime import date

from matcher.actions.pipeline_lines import NO_HEADS, heads_of, holding, in_order, lines_of
from matcher.actions.pipeline_wish import Order
from matcher.actions.platform import Platform
from matcher.domain.enums import FollowUpState as S
from matcher.domain.enums import Language, Noun
from matcher.domain.phase import Phase
from matcher.domain.visibility import ANONYMOUS, SYSTEM
from tests.actions.test_pipeline_wish import outline
from tests.platforms import manager, need, put

TODAY = date(2026, 11, 23)


def test_lines_have_the_titles_that_the_viewer_may_know(platform: Platform) -> None:
    put(platform, Noun.NEED, need("w1", "涂层", title_en="Coating"))
    put(platform, Noun.MANAGER, manager("m1", name="Qin"))
    with platform.database.reading() as session:
        heads = heads_of(session, SYSTEM, [outline()])
        none = heads_of(session, ANONYMOUS, [outline()])
    [line] = lines_of([outline()], heads, TODAY, Language.EN)
    assert (line.need_title, line.manager_name) == ("Coating", "Qin")
    assert line.phase is Phase.CONTACT
    [line] = lines_of([outline()], none, TODAY, Language.EN)
    assert (line.need_title, line.outcome_title, line.manager_name) == ("", "", "")
    found = holding([outline(), outline(id="G", need="w2")], heads, "COATING call")
    assert [one.id for one in found] == ["F"]


def test_days_in_a_state_and_days_late_are_counted_to_today() -> None:
    one = outline(due_on=date(2026, 11, 20))
    [late, unknown] = lines_of([one, outline(since=None)], NO_HEADS, TODAY, Language.ZH)
    assert (late.days, late.late) == (22, 3)
    assert (unknown.days, unknown.late) == (None, 0)


def test_what_has_no_day_comes_last_whichever_way_it_is_sorted() -> None:
    days = {"A": None, "B": date(2026, 12, 1), "C": date(2026, 11, 1), "D": date(2026, 12, 1)}
    some = [outline(id=id_, due_on=day) for id_, day in days.items()]
    lines = list(lines_of(some, NO_HEADS, TODAY, Language.ZH))
    up = [line.outline.id for line in in_order(lines, Order.DUE)]
    down = [line.outline.id for line in in_order(lines, Order.DUE, descending=True)]
    assert up == ["C", "B", "D", "A"]
    assert down == ["B", "D", "C", "A"]


def test_states_are_sorted_as_the_chain_goes() -> None:
    states = (S.PAID, S.ACCEPTED, S.DECLINED)
    some = [outline(id=state.value, state=state, left=S.ACCEPTED) for state in states]
    lines = in_order(lines_of(some, NO_HEADS, TODAY, Language.ZH), Order.STATE)
    assert [line.outline.state for line in lines] == [S.ACCEPTED, S.PAID, S.DECLINED]
