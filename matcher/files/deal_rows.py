"""Past deals in a manager's cell: as objects, as ids, or in words, one deal a line."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from matcher.domain.manager import Deal
from matcher.errors import InvalidValue
from matcher.files.cells import Cell, as_text
from matcher.files.draft import Draft
from matcher.files.portfolio import looks_like_id, read_entries

_LONGEST_TITLE = 60
_TITLE = re.compile(rf"(?!https?:)([^:：\n]{{1,{_LONGEST_TITLE}}})(?:：|:\s+)(.+)", re.DOTALL)
_NAMES = frozenset(("title", "text", "need", "outcome", "mode", "value", "currency", "date"))


def read_deals(draft: Draft, field: str) -> tuple[Deal, ...]:
    """The deals in a field of a manager's row.

    A line "title：text" is both; a word that looks like an id goes to `outcome`, where it is the
    importer's to find out whether it names an outcome or a need. What an object holds beside a
    deal's own fields, or wrongly, is noted and left out.
    """
    cell = draft.values.get(field)
    objects = _objects(cell)
    if objects is not None:
        return tuple(filter(None, (_of_object(item, draft, field) for item in objects)))
    return tuple(_of_words(entry, draft, field) for entry in read_entries(cell))


def _objects(cell: Cell) -> list[Any] | None:
    """A list with objects in it, as JSON Lines holds it or a cell of CSV as JSON."""
    found: Any = cell
    if isinstance(cell, str) and cell.lstrip().startswith("["):
        try:
            found = json.loads(cell)
        except (ValueError, RecursionError):
            return None
    holds = isinstance(found, list) and any(isinstance(item, dict) for item in found)
    return found if holds else None


def _of_object(item: Any, draft: Draft, field: str) -> Deal | None:
    if not isinstance(item, Mapping):
        return _of_words(as_text(item), draft, field)
    given = {name: value for name, value in item.items() if name in _NAMES}
    for name in item.keys() - _NAMES:
        draft.unread(field, f"a deal has no {name}.")
    for name in ("title", "text"):
        if isinstance(given.get(name), str):
            given[name] = draft.repaired(given[name], field)
    return _built(given, draft, field)


def _built(given: dict[str, Any], draft: Draft, field: str) -> Deal | None:
    """The deal without what isn't understood in it; None where nothing is left."""
    while given:
        try:
            return Deal.from_mapping(given)
        except InvalidValue as error:
            draft.unread(field, error.message, error.hint)
            given.pop(str(error.where.get("field", "")), None)
    return None


def _of_words(entry: str, draft: Draft, field: str) -> Deal:
    if looks_like_id(entry):
        return Deal(outcome=entry)
    text = draft.repaired(entry, field)
    titled = _TITLE.fullmatch(text)
    if titled:
        return Deal(title=titled[1].strip(), text=titled[2].strip())
    return Deal(title=text) if len(text) <= _LONGEST_TITLE else Deal(text=text)
