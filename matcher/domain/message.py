"""Message 邮件: a letter to one person, as plain text and as HTML."""

from __future__ import annotations

import re
from dataclasses import dataclass

from matcher.domain.checks import shown
from matcher.domain.record import Record
from matcher.errors import InvalidValue

LONGEST_ADDRESS = 254
"""Characters of a mail address (RFC 5321, 4.5.3.1.3)."""
_LONGEST_LOCAL = 64
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
# The dot-atoms of RFC 5322 before the @, names of hosts behind it.
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_ADDRESS = re.compile(rf"({_ATOM}(?:\.{_ATOM})*)@{_LABEL}(?:\.{_LABEL})*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Message(Record):
    """A letter. id: tells it from every other one. settings: where its reader chooses whether they
    get such letters, an address, "" for nowhere."""

    to: str
    subject: str
    text: str
    html: str
    id: str
    settings: str = ""

    def __post_init__(self) -> None:
        require_address(self.to, "to")


def require_address(text: str, field: str) -> None:
    """Refuse what can't be the address of a mailbox, blanks and line breaks among it.

    Addresses with other letters than those of ASCII aren't taken: not every server passes them on.
    """
    found = _ADDRESS.fullmatch(text) if len(text) <= LONGEST_ADDRESS else None
    if found is None or len(found[1]) > _LONGEST_LOCAL:
        raise InvalidValue(
            f"{shown(text)} can't be a mail address.",
            field=field,
            hint="Write one such as li@example.org.",
        )
