"""A follow-up in short."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from matcher.actions.cards import Card
from matcher.actions.pipeline_lines import NO_HEADS, Line, lines_of
from matcher.domain.enums import FollowUpState as S
from matcher.domain.enums import Language
from matcher.web.pipeline_card import pipeline_card
from matcher.web.say import Say
from tests.actions.test_pipeline_wish import outline
from tests.platforms import need

TODAY = date(2026, 11, 23)
EN = Say(Language.EN, datetime(2026, 11, 23, 9, tzinfo=UTC))


def line(**more: object) -> Line:
    [found] = lines_of([outline(**more)], NO_HEADS, TODAY, Language.EN)
    return found


@pytest.mark.parametrize(
    ("day", "urgency"), [(22, "late"), (23, "today"), (26, "soon"), (27, ""), (None, "")]
)
def test_how_urgent_it_is(day: int | None, urgency: str) -> None:
    due = date(2026, 11, day) if day else None
    assert pipeline_card(line(due_on=due), {}, {}, EN, TODAY).urgency == urgency


def test_both_parties_are_named_as_far_as_they_may_be_known() -> None:
    card = pipeline_card(line(), {"w1": Card(need("w1"), "Some Works", 1)}, {}, EN, TODAY)
    assert (card.need_party, card.outcome_party) == ("Some Works", "")
    assert card.outcome == "(an outcome that is gone)"
    assert card.manager == "m1"


def test_a_hold_is_told() -> None:
    assert pipeline_card(line(state=S.ON_HOLD, until=TODAY), {}, {}, EN, TODAY).held
    assert not pipeline_card(line(), {}, {}, EN, TODAY).held
