"""The id of a record that is entered by hand: one an admin chose, or one made here."""

from __future__ import annotations

import unicodedata
import uuid
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from matcher.domain.enums import Noun
from matcher.errors import InvalidValue

LONGEST_ID = 128
_LETTERS: Mapping[Noun, str] = MappingProxyType(
    {Noun.OUTCOME: "O", Noun.NEED: "N", Noun.MANAGER: "M", Noun.ORGANISATION: "U"}
)
_DIGITS = 10
_UNSEEN = frozenset(("Cc", "Cf", "Co", "Cs", "Zl", "Zp"))


def made_id(noun: Noun, on: date) -> str:
    """A new id such as `N-20261101-7f3a9c20b1`: the day, and 40 random bits."""
    return f"{_LETTERS[noun]}-{on:%Y%m%d}-{uuid.uuid4().hex[:_DIGITS]}"


def require_usable_id(id: str) -> None:
    """Raise InvalidValue for an id that can't stand in an address or be read off a screen."""
    hint = f"Write up to {LONGEST_ID} characters without a slash, or leave it out."
    if not id.strip() or len(id) > LONGEST_ID:
        raise InvalidValue(f"An id has 1 to {LONGEST_ID} characters.", field="id", hint=hint)
    if "/" in id or id in {".", ".."}:
        raise InvalidValue("An id can't hold a slash, or be dots alone.", field="id", hint=hint)
    if any(unicodedata.category(char) in _UNSEEN for char in id):
        raise InvalidValue("An id can't hold invisible characters.", field="id", hint=hint)
