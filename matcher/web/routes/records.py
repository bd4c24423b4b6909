"""Outcomes, needs, managers and organisations: lists, one record, entering, changing, removing."""

from __future__ import annotations

from typing import Any

from flask import Response, make_response, url_for
from pydantic import BaseModel

from matcher.actions.browsing import START, Place, leafed, organisations
from matcher.actions.editing import change, create, remove
from matcher.actions.reading import get
from matcher.domain.enums import Noun
from matcher.store.stored import Stored
from matcher.store.tables import RECORD_NOUNS
from matcher.web.context import platform, viewer
from matcher.web.cursor import cursor, place_of
from matcher.web.idempotency import idempotent
from matcher.web.models.records import FIELDS, LISTS, NEW, SHOWN, NameParams, RecordParams
from matcher.web.openapi import IDEMPOTENT
from matcher.web.part import part
from matcher.web.shown_records import names_shown, page_shown, record_shown, told_fields
from matcher.web.versions import is_known, precondition, seen_version, tag_of

records = part("records", "Records")

_LISTED = {"limit", "cursor"}
_CHANGES = {412: "Precondition Failed", 428: "Precondition Required"}


def _add_list(noun: Noun) -> None:
    path, name = f"/{noun.value}s", noun.value

    @records.get(path, endpoint=f"list_{name}s")
    @records.input(RecordParams, location="query", arg_name="params")
    @records.output(LISTS[noun])
    @records.doc(
        operation_id=f"list{name.capitalize()}s",
        summary=f"Find {name}s",
        description="With words the best for them, without the newest; 500 at most, by pages.",
    )
    def listed(params: RecordParams) -> dict[str, Any]:
        query = {**params.model_dump(mode="json", exclude=_LISTED), "of": name}
        place = Place(*place_of(params.cursor, query, int, str)) if params.cursor else START
        page = leafed(platform(), viewer(), noun, params.q, params.wish(), place)
        after = cursor(query, *page.next) if page.next else None
        return page_shown(page, after, searched=bool(params.q.strip()))


def _add_directory() -> None:
    @records.get("/organisations", endpoint="list_organisations")
    @records.input(NameParams, location="query", arg_name="params")
    @records.output(LISTS[Noun.ORGANISATION])
    @records.doc(
        operation_id="listOrganisations",
        summary="List organisations",
        description="By id; with words, those one of whose names holds them.",
    )
    def listed(params: NameParams) -> dict[str, Any]:
        query = {"q": params.q, "of": "organisation"}
        [after] = place_of(params.cursor, query, str) if params.cursor else [""]
        found, last = organisations(platform(), viewer(), params.q, after, params.limit)
        return names_shown(found, None if last is None else cursor(query, last))


def _add_reading(noun: Noun) -> None:
    name = noun.value

    @records.get(f"/{name}s/<id>", endpoint=f"get_{name}")
    @records.output(SHOWN[noun])
    @records.doc(
        operation_id=f"get{name.capitalize()}",
        summary=f"One {name}",
        description="Its ETag is needed to change it. A merged record leads to what is left.",
        responses={304: "Not Modified"},
    )
    def read(id: str) -> Any:
        stored = get(platform(), viewer(), noun, id)
        tag = tag_of(stored.version, record_shown(stored))
        if is_known(tag):
            return _tagged(make_response("", 304), tag)
        return record_shown(stored), 200, {"ETag": f'"{tag}"'}


def _add_entering(noun: Noun) -> None:
    name = noun.value

    @records.post(f"/{name}s", endpoint=f"create_{name}")
    @idempotent
    @records.input(NEW[noun], arg_name="body")
    @records.output(SHOWN[noun], status_code=201)
    @records.doc(
        operation_id=f"create{name.capitalize()}",
        summary=f"Enter a new {name}",
        description="Needs by enterprises, outcomes by holders, both by managers, all by admins.",
        responses={409: "Conflict"},
        extensions={IDEMPOTENT: True},
    )
    def entered(body: BaseModel) -> Any:
        stored = create(platform(), viewer(), noun, told_fields(body))
        address = url_for(f".get_{name}", id=stored.record.id)
        return record_shown(stored), 201, {"Location": address, "ETag": _tag(stored)}


def _add_changing(noun: Noun) -> None:
    name = noun.value

    def changed(id: str, body: BaseModel, whole: bool) -> Any:
        version = seen_version()
        with precondition():
            told = told_fields(body, whole=whole)
            stored = change(platform(), viewer(), noun, id, told, version)
        return record_shown(stored), 200, {"ETag": _tag(stored)}

    @records.put(f"/{name}s/<id>", endpoint=f"put_{name}")
    @records.input(FIELDS[noun], arg_name="body")
    @records.output(SHOWN[noun])
    @records.doc(
        operation_id=f"put{name.capitalize()}",
        summary=f"Write a {name} anew",
        description="What isn't given is taken away; a field that isn't yours to set stays.",
        responses=_CHANGES,
    )
    def put(id: str, body: BaseModel) -> Any:
        return changed(id, body, whole=True)

    @records.patch(f"/{name}s/<id>", endpoint=f"patch_{name}")
    @records.input(FIELDS[noun], arg_name="body")
    @records.output(SHOWN[noun])
    @records.doc(
        operation_id=f"patch{name.capitalize()}",
        summary=f"Change a {name}",
        description="What isn't given stays, null takes a value away.",
        responses=_CHANGES,
    )
    def patch(id: str, body: BaseModel) -> Any:
        return changed(id, body, whole=False)


def _add_removing(noun: Noun) -> None:
    name = noun.value

    @records.delete(f"/{name}s/<id>", endpoint=f"delete_{name}")
    @records.doc(
        operation_id=f"delete{name.capitalize()}",
        summary=f"Remove a {name}",
        description="Its versions stay in the store.",
        responses={204: "No Content", **_CHANGES},
    )
    def removed(id: str) -> Response:
        version = seen_version()
        with precondition():
            remove(platform(), viewer(), noun, id, version)
        return make_response("", 204)


def _tag(stored: Stored[Any]) -> str:
    return f'"{tag_of(stored.version, record_shown(stored))}"'


def _tagged(response: Response, tag: str) -> Response:
    response.set_etag(tag)
    return response


for _noun in RECORD_NOUNS:
    if _noun is Noun.ORGANISATION:
        _add_directory()
    else:
        _add_list(_noun)
    for _add in (_add_reading, _add_entering, _add_changing, _add_removing):
        _add(_noun)
