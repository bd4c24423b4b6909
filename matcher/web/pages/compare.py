"""Up to three outcomes, side by side."""

from __future__ import annotations

from flask import Response, request

from matcher.actions.cards import cards
from matcher.domain.enums import Noun
from matcher.web.comparison import MOST, comparison
from matcher.web.context import platform, viewer
from matcher.web.page import page, page_part, say
from matcher.web.record_shown import record_shown

compare = page_part("compare")


@compare.get("/compare")
def show() -> Response:
    """The outcomes that the address names; what the reader may not know of isn't there."""
    wanted = list(dict.fromkeys(request.args.getlist("id")))
    found = cards(platform(), viewer(), Noun.OUTCOME, wanted[:MOST], say().language)
    on = platform().today()
    shown = [record_shown(found[id_], say(), on) for id_ in wanted[:MOST] if id_ in found]
    return page(
        "pages/compare.html",
        records=shown,
        rows=comparison(shown, say()),
        missing=len(wanted[:MOST]) - len(shown),
        most=MOST if len(wanted) > MOST else 0,
    )
