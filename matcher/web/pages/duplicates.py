"""Duplicates: records that may be one, side by side, to be merged or told apart."""

from __future__ import annotations

from flask import Response, request, url_for

from matcher.actions.merging import merge, page_merges, reject, unmerge
from matcher.actions.nodes import list_nodes
from matcher.domain.enums import Noun, Role
from matcher.store.merges import MergeState
from matcher.web.context import platform, viewer
from matcher.web.cursor import cursor, place_of
from matcher.web.merge_shown import merge_shown
from matcher.web.page import gone, is_partial, page, page_part, say

SIZE = 10
STATES = {
    MergeState.PROPOSED: ("待判断", "To decide"),
    MergeState.MERGED: ("已合并", "Merged"),
    MergeState.REJECTED: ("不是同一条", "Not the same"),
}
NOUNS = (Noun.OUTCOME, Noun.NEED, Noun.ORGANISATION, Noun.MANAGER)

duplicates = page_part("duplicates", Role.ADMIN)


@duplicates.get("/duplicates")
def show() -> Response:
    """Those in a state, the surest first."""
    state = _state()
    query = {"of": "duplicates page", "state": state.value}
    given = request.args.get("cursor", "")
    [after] = place_of(given, query, str) if given else [""]
    nodes = {one.node.id: one.node.name for one in list_nodes(platform())}
    found = page_merges(platform(), viewer(), state, None, after, SIZE)
    return page(
        "pages/duplicates.html",
        state=state,
        states=STATES,
        rows=[merge_shown(one, say(), nodes) for one in found.rows],
        more=cursor(query, found.next) if found.next else "",
    )


@duplicates.post("/duplicates/<id>/merge")
def together(id: str) -> Response:
    """They are one; the one that is named stays."""
    done = merge(platform(), viewer(), id, request.form.get("keep", ""))
    return _decided(merge_shown(done.seen, say()), MergeState.MERGED, len(done.clashing))


@duplicates.post("/duplicates/<id>/reject")
def apart(id: str) -> Response:
    """They aren't; they aren't proposed again."""
    return _decided(merge_shown(reject(platform(), viewer(), id), say()), MergeState.REJECTED)


@duplicates.post("/duplicates/<id>/undo")
def undo(id: str) -> Response:
    """Take a merge apart."""
    unmerge(platform(), viewer(), id)
    return gone(url_for("page.duplicates.show", state=MergeState.MERGED.value))


def _decided(row: object, state: MergeState, clashing: int = 0) -> Response:
    """A line in the pair's place, with the way back."""
    if not is_partial():
        return gone(url_for("page.duplicates.show"))
    return page("pages/duplicates_done.html", row=row, state=state, clashing=clashing)


def _state() -> MergeState:
    wanted = request.args.get("state", "")
    return next((one for one in STATES if one.value == wanted), MergeState.PROPOSED)
