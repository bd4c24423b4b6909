"""The id of a row's record: the one the file gives, or one made of what the row says."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable

from matcher.errors import InvalidValue
from matcher.files.cells import as_id
from matcher.files.draft import Draft
from matcher.files.row_report import RowCode

LONGEST_ID = 128
_PREFIX = "x"
_HEX_DIGITS = 16
"""64 bits: among a million records two meet by chance once in forty million files."""
_CONTROLS = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))
SEPARATOR = ":"


def given_id(draft: Draft) -> str:
    """What the row's id column says, "" where it is blank; InvalidValue for what is no id."""
    column = draft.columns.name("id")
    try:
        return as_id(draft.values.get("id"), file="", row=draft.row, column=column)
    except InvalidValue as error:
        raise draft.refused(RowCode.BAD_ID, error.message, "id", error.hint or "") from error


def named(external: str, namespace: str) -> str:
    """The platform's id for an id of a source: the source's name before it, once."""
    prefix = f"{namespace}{SEPARATOR}"
    return external if not namespace or external.startswith(prefix) else prefix + external


def reference(text: str, namespace: str) -> str:
    """An id by which a row names another record; one with a source's name stays."""
    return text if not text or SEPARATOR in text else named(text, namespace)


def made_id(noun: str, parts: Iterable[str]) -> str:
    """An id of what a record says, the same for the same words however they are set.

    Width, case, spaces and punctuation don't matter.
    """
    told = "\x1f".join((noun, *map(_normal, parts)))
    return _PREFIX + hashlib.sha256(told.encode()).hexdigest()[:_HEX_DIGITS]


def check_id(draft: Draft, name: str) -> None:
    """Raise InvalidValue for an id that is too long or holds what can't be seen."""
    hint = "Give the record a short id of letters and digits."
    if len(name) > LONGEST_ID:
        message = f"the id has {len(name)} characters, more than {LONGEST_ID}."
        raise draft.refused(RowCode.BAD_ID, message, "id", hint)
    if any(unicodedata.category(char) in _CONTROLS for char in name):
        message = f"the id {name!r} holds invisible characters."
        raise draft.refused(RowCode.BAD_ID, message, "id", hint)


def _normal(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in plain if char.isalnum())
