"""Records and lists of them as the models of the API have them, and bodies as fields."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel

from matcher.actions.browsing import Page
from matcher.store.stored import Stored
from matcher.web.answered import note_answered
from matcher.web.shown import match_shown

_TELLING = ("score", "band", "likelihood")


def told_fields(body: BaseModel, *, whole: bool = False) -> dict[str, Any]:
    """What a body says of a record's fields. whole: what it leaves out is nothing."""
    told = body.model_dump(mode="json", exclude_unset=True)
    return {**dict.fromkeys(type(body).model_fields), **told} if whole else told


def record_shown(stored: Stored[Any]) -> dict[str, Any]:
    """A record with its version."""
    return {
        **stored.record.to_mapping(),
        "version": stored.version,
        "created_at": stored.created_at,
        "changed_at": stored.changed_at,
    }


def page_shown(page: Page, next_cursor: str | None, *, searched: bool) -> dict[str, Any]:
    """A page of a ranked list; where nothing was searched, nothing says how well it matches."""
    answer = page.answer
    note_answered(answer.model_version, answer.degraded)
    return {
        "model_version": answer.model_version,
        "degraded": list(answer.degraded),
        "found": answer.found,
        "facets": {name: dict(counts) for name, counts in answer.facets.items()},
        "items": [
            {
                **_match(match_shown(row), searched),
                "record": record_shown(page.records[row.candidate_id]),
            }
            for row in answer.matches
        ],
        "next_cursor": next_cursor,
    }


def names_shown(found: Sequence[Stored[Any]], next_cursor: str | None) -> dict[str, Any]:
    """A page of organisations."""
    return {"items": [record_shown(one) for one in found], "next_cursor": next_cursor}


def _match(shown: dict[str, Any], searched: bool) -> dict[str, Any]:
    told = {name: shown[name] for name in ("rank", *_TELLING, "parts", "reasons")}
    return told if searched else {**told, **dict.fromkeys(_TELLING)}
