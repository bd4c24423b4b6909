"""Listings that want a look by whoever may change them: expired, soon to be, or long untouched."""

from __future__ import annotations

from typing import Any

from matcher.actions.paged import paged
from matcher.actions.prompts import Prompt, confirm
from matcher.actions.prompts import prompts as due
from matcher.domain.enums import Noun
from matcher.store.prompts import LISTED
from matcher.web.admin_shown import listed as page_of
from matcher.web.context import platform, viewer
from matcher.web.cursor import cursor, place_of
from matcher.web.models.prompts import PromptsParams, PromptsShown
from matcher.web.models.records import SHOWN
from matcher.web.part import part
from matcher.web.shown_records import record_shown
from matcher.web.versions import precondition, seen_version, tag_of

prompts = part("prompts", "Prompts")

_QUERY = {"of": "prompts"}
_CHANGES = {412: "Precondition Failed", 428: "Precondition Required"}


@prompts.get("/prompts")
@prompts.input(PromptsParams, location="query", arg_name="params")
@prompts.output(PromptsShown)
@prompts.doc(operation_id="prompts")
def listed(params: PromptsParams) -> dict[str, Any]:
    """Listings of yours that want a look, the most urgent first

    Those that you may change: expired ones, those that expire within 30 days, and those that
    nobody touched for a year.
    """
    [after] = place_of(params.cursor, _QUERY, str) if params.cursor else [""]
    page = paged(due(platform(), viewer()), _key, after, params.limit)
    return page_of(page.rows, _shown, page.next and cursor(_QUERY, page.next))


def _add_confirming(noun: Noun) -> None:
    name = noun.value

    @prompts.post(f"/{name}s/<id>/confirm", endpoint=f"confirm_{name}")
    @prompts.output(SHOWN[noun])
    @prompts.doc(
        operation_id=f"confirm{name.capitalize()}",
        summary=f"Say that a {name} is still as it should be",
        description="It counts as updated today.",
        responses=_CHANGES,
    )
    def confirmed(id: str) -> Any:
        version = seen_version()
        with precondition():
            stored = confirm(platform(), viewer(), noun, id, version)
        shown = record_shown(stored)
        return shown, 200, {"ETag": f'"{tag_of(stored.version, shown)}"'}


def _key(one: Prompt) -> str:
    return f"{one.noun.value}:{one.id}"


def _shown(one: Prompt) -> dict[str, Any]:
    return {
        "noun": one.noun.value,
        "id": one.id,
        "version": one.version,
        "title": one.title,
        "reason": one.reason,
        "day": one.day,
        "days": one.days,
    }


for _noun in LISTED:
    _add_confirming(_noun)
