"""Tokens as pages show them: what for, in which role, how long, and when they were last used."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from matcher.actions.tokens import Held
from matcher.store.tokens import Token
from matcher.web.say import Say

_SOON = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class TokenShown:
    """good: whether it still counts; soon: whether it ends within two weeks."""

    id: str
    name: str
    role: str
    made: str
    ends: str
    used: str
    good: bool
    soon: bool


def tokens_shown(found: Iterable[Held], now: datetime, say: Say) -> tuple[TokenShown, ...]:
    """All of them; those that still count first, else as they come."""
    shown = (_shown(held.token, now, say) for held in found)
    return tuple(sorted(shown, key=lambda one: not one.good))


def _shown(token: Token, now: datetime, say: Say) -> TokenShown:
    end = token.expires_at
    good = token.revoked_at is None and (end is None or end > now)
    used = token.last_used_at
    return TokenShown(
        id=token.id,
        name=token.name,
        role=say.label(token.scope),
        made=say.day_of(token.created_at),
        ends=_end(token, now, say),
        used=say.day_of(used) if used else say("没用过", "never used"),
        good=good,
        soon=good and end is not None and end - now <= _SOON,
    )


def _end(token: Token, now: datetime, say: Say) -> str:
    if token.revoked_at is not None:
        return say("已吊销：{day}", "revoked {day}", day=say.day_of(token.revoked_at))
    if token.expires_at is None:
        return say("不会过期", "has no end")
    day = say.day_of(token.expires_at)
    if token.expires_at <= now:
        return say("已过期：{day}", "ended {day}", day=day)
    return say("{day}到期", "ends {day}", day=day)
