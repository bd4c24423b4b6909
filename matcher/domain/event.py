"""Event: one thing that happened, written once; training and audit both read it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from matcher.domain.checks import require_between, require_text, require_utc, shown
from matcher.domain.enums import Noun
from matcher.domain.record import Record
from matcher.errors import InvalidValue

_VERB = re.compile(r"[a-z]+(?:_[a-z]+)*")
_LAST_POSITION = 10**6


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject(Record):
    """A record that an event is about, by kind and id."""

    noun: Noun
    id: str

    def __post_init__(self) -> None:
        require_text(self.id, "id")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Record):
    """Who (`actor`, an account) did what (`verb`) to which records, when (`at`, UTC).

    For what was shown in a list: `position` counts from 1, `propensity` is the probability in
    (0, 1] with which it was shown there, `model_version` names the bundle that ranked it.
    """

    actor: str
    verb: str
    at: datetime
    subjects: tuple[Subject, ...] = ()
    position: int | None = None
    propensity: float | None = None
    model_version: str = ""

    def __post_init__(self) -> None:
        require_text(self.actor, "actor")
        require_utc(self.at, "at")
        require_between(self.position, 1, _LAST_POSITION, "position")
        require_between(self.propensity, 0, 1, "propensity")
        if self.propensity == 0:
            raise InvalidValue(
                "What was shown can't have had no chance to be.",
                field="propensity",
                hint="Log the probability with which it was picked.",
            )
        if not _VERB.fullmatch(self.verb):
            raise InvalidValue(
                f"{shown(self.verb)} is not a verb.",
                field="verb",
                hint="Write small letters, for example accepted or contract_signed.",
            )
