"""Tokens as pages show them: those that count first, and when each ends or has ended."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from matcher.actions.tokens import Held
from matcher.domain.enums import Language, Role
from matcher.store.tokens import Token
from matcher.web.say import Say
from matcher.web.token_shown import tokens_shown

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
DAY = timedelta(days=1)
EN = Say(Language.EN, NOW)


def held(
    id_: str,
    ends: datetime | None = None,
    used: datetime | None = None,
    revoked: datetime | None = None,
) -> Held:
    made = NOW - 40 * DAY
    return Held("lin", Token(id_, "a", f"for {id_}", Role.MANAGER, made, ends, used, revoked))


def test_those_that_count_come_first_and_say_when_they_end() -> None:
    shown = tokens_shown(
        [
            held("over", NOW),
            held("revoked", NOW + 90 * DAY, revoked=NOW - DAY),
            held("late", NOW + 90 * DAY, NOW - DAY),
            held("soon", NOW + 3 * DAY),
            held("endless"),
        ],
        NOW,
        EN,
    )
    assert [(one.id, one.good, one.soon) for one in shown] == [
        ("late", True, False),
        ("soon", True, True),
        ("endless", True, False),
        ("over", False, False),
        ("revoked", False, False),
    ]
    told = {one.id: one.ends for one in shown}
    assert told["soon"] == "ends in 3 days"
    assert told["over"] == "ended today"
    assert told["revoked"] == "revoked 1 day ago"
    assert told["endless"] == "has no end"
    assert [one.used for one in shown][:2] == ["1 day ago", "never used"]
    assert shown[0].role == "technology manager"
