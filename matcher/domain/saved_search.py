"""Saved search 保存的查找: words and restrictions that somebody looks for again and again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from matcher.domain.checks import require_text, require_utc
from matcher.domain.enums import Noun
from matcher.domain.record import Record
from matcher.errors import InvalidValue

LONGEST_NAME = 100
LONGEST_WORDS = 2_000
MOST_KNOWN = 200
"""Ids that a search remembers; the last seen stay."""
SEARCHED = (Noun.OUTCOME, Noun.NEED)


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedSearch(Record):
    """A search that belongs to an account (id) and to nobody else.

    `query` is its words, "" for the newest; `filters` what it is restricted to, plain values by the
    names of `Filters`, only those that are set. `known` are the ids that its owner was shown, the
    last seen first. Times are UTC.
    """

    id: str
    account: str
    name: str
    noun: Noun = Noun.OUTCOME
    query: str = ""
    filters: dict[str, Any] = field(default_factory=dict)
    known: tuple[str, ...] = ()
    created_at: datetime
    looked_at: datetime

    def __post_init__(self) -> None:
        for name in ("id", "account", "name"):
            require_text(getattr(self, name), name)
        _require_length(self.name, "name", LONGEST_NAME)
        _require_length(self.query, "query", LONGEST_WORDS)
        if self.noun not in SEARCHED:
            hint = f"Search one of: {', '.join(SEARCHED)}."
            raise InvalidValue(f"{self.noun.value} isn't searched.", field="noun", hint=hint)
        require_utc(self.created_at, "created_at")
        require_utc(self.looked_at, "looked_at")

    def seen(self, ids: Iterable[str], at: datetime) -> SavedSearch:
        """The same after its owner was shown these; beyond `MOST_KNOWN` the oldest go."""
        known = tuple(dict.fromkeys((*ids, *self.known)))[:MOST_KNOWN]
        return replace(self, known=known, looked_at=max(at, self.looked_at))


def neat_name(text: str) -> str:
    """The text as a name: one line, without what can't be seen, such as marks of direction."""
    kept = (char if char.isprintable() else " " if char.isspace() else "" for char in text)
    return " ".join("".join(kept).split())


def _require_length(text: str, name: str, most: int) -> None:
    if len(text) > most:
        raise InvalidValue(f"{name} is longer than {most} characters.", field=name, hint="Cut it.")
