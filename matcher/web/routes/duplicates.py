"""Duplicates: pairs of records that may be one."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from matcher.actions.merging import merge, merge_records, page_merges, reject, unmerge
from matcher.domain.enums import Noun
from matcher.web.admin_shown import duplicate_shown, listed, merged_shown
from matcher.web.context import language, platform, viewer
from matcher.web.cursor import cursor, place_of
from matcher.web.models.duplicates import (
    DuplicateShown,
    DuplicatesParams,
    DuplicatesShown,
    MergeBody,
    MergedShown,
    PairBody,
)
from matcher.web.part import part
from matcher.web.seen import CHANGING, problems

duplicates = part("duplicates", "Duplicates")

_PAIRING = problems(HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT)


@duplicates.get("/duplicates")
@duplicates.input(DuplicatesParams, location="query", arg_name="params")
@duplicates.output(DuplicatesShown)
@duplicates.doc(operation_id="duplicates")
def every(params: DuplicatesParams) -> dict[str, Any]:
    """Pairs of records that may be one, the surest first

    Of records that you may both know of.
    """
    noun, state = Noun(params.noun) if params.noun else None, params.state
    query = {"of": "duplicates", "noun": params.noun, "state": state.value}
    [after] = place_of(params.cursor, query, str) if params.cursor else [""]
    page = page_merges(platform(), viewer(), state, noun, after, params.limit)
    return listed(
        page.rows,
        lambda seen: duplicate_shown(seen, params.lang),
        page.next and cursor(query, page.next),
    )


@duplicates.post("/duplicates")
@duplicates.input(PairBody, arg_name="body")
@duplicates.output(MergedShown)
@duplicates.doc(operation_id="mergeRecords", responses=_PAIRING)
def pair(body: PairBody) -> dict[str, Any]:
    """Merge two records that nobody proposed to merge"""
    done = merge_records(platform(), viewer(), Noun(body.noun), body.kept, body.dropped)
    return merged_shown(done, language())


@duplicates.post("/duplicates/<id>/merge")
@duplicates.input(MergeBody, arg_name="body")
@duplicates.output(MergedShown)
@duplicates.doc(operation_id="mergeDuplicate", responses=CHANGING)
def together(id: str, body: MergeBody) -> dict[str, Any]:
    """Merge the records of a pair

    For admins of both. Nothing is rewritten; it can be undone.
    """
    return merged_shown(merge(platform(), viewer(), id, body.keep), language())


@duplicates.post("/duplicates/<id>/reject")
@duplicates.output(DuplicateShown)
@duplicates.doc(operation_id="rejectDuplicate", responses=CHANGING)
def apart(id: str) -> dict[str, Any]:
    """Say that two records aren't one

    They aren't proposed again.
    """
    return duplicate_shown(reject(platform(), viewer(), id), language())


@duplicates.post("/duplicates/<id>/undo")
@duplicates.output(DuplicateShown)
@duplicates.doc(operation_id="undoMerge", responses=CHANGING)
def undo(id: str) -> dict[str, Any]:
    """Take a merge apart: both records are as they were"""
    return duplicate_shown(unmerge(platform(), viewer(), id), language())
