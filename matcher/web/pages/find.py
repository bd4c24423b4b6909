"""Find: outcomes, and for whom they are meant needs, in one's own words, as one types."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

from flask import Response, request

from matcher.actions.answer import Wish
from matcher.actions.browsing import START, Place
from matcher.actions.cards import cards
from matcher.actions.nearest import Nearest, nearest
from matcher.actions.saved_searches import FIRST, saved_searches
from matcher.actions.understanding import Heard, understood
from matcher.domain.enums import Noun, Role
from matcher.domain.saved_search import SavedSearch
from matcher.errors import NotFound
from matcher.web.answered import note_answered
from matcher.web.context import platform, viewer
from matcher.web.cursor import cursor, place_of
from matcher.web.facets import Choice, Group, chips, groups
from matcher.web.lookup import Lookup, is_continued, lookup_of
from matcher.web.page import account, entered, is_partial, page, page_part, say
from matcher.web.result import ResultShown, fits, results_shown, said
from matcher.web.saved_search import name_for

SIZE = 10
NEED_SEEKERS = (Role.MANAGER, Role.HOLDER, Role.ADMIN)
"""Who looks for needs: whoever may have something for one, or brings the two together."""
RESTORING = "HX-History-Restore-Request"
BOX = "q"
NEW, SAVED = "new", "saved"
"""In an address: results that are to be marked, and the saved search that led here."""

find = page_part("find")


@dataclass(frozen=True, slots=True)
class Found:
    """What the page shows of an answer. more: where the next results are, "" after the last.

    heard: the words of the query; fits: whether any result is more than weak. name: what the search
    may be saved as, "" where there is nothing to be saved; fresh: how many results are new.
    """

    lookup: Lookup
    total: int
    results: tuple[ResultShown, ...]
    groups: tuple[Group, ...]
    chips: tuple[Choice, ...]
    relaxed: tuple[Choice, ...]
    heard: tuple[Heard, ...]
    fits: bool
    degraded: bool
    more: str
    name: str
    fresh: int


@find.get("/find")
def show() -> Response:
    """The page; for a script what was found, or more of it."""
    lookup, after = lookup_of(request.args)
    if lookup.noun is Noun.NEED and not sees_needs():
        raise NotFound("There is no such page.")
    found = _found(lookup, after)
    seeks = tuple(lookup_for(lookup, noun) for noun in Noun if noun in (Noun.OUTCOME, Noun.NEED))
    partial = is_partial() and RESTORING not in request.headers
    shown: dict[str, Any] = {"found": found, "lookup": lookup, "partial": partial}
    shown["entered"] = entered()
    if not partial:
        saved = _saved(request.args.get(SAVED, ""))
        return page("pages/find.html", **shown, saved=saved, seeks=seeks if sees_needs() else ())
    response = page("pages/find_more.html" if after else "pages/find_found.html", **shown)
    if not after:
        response.headers[_history(lookup)] = lookup.address()
    return response


def sees_needs() -> bool:
    """Whether needs are looked for by whoever asks."""
    return bool(set(account().roles) & set(NEED_SEEKERS))


def lookup_for(lookup: Lookup, noun: Noun) -> Lookup:
    """The same words among another kind of record; restrictions stay that both know."""
    kept = lookup.without("trl_min", "price_max", "pay_after_use")
    return Lookup(lookup.q, noun, lookup.filters if noun is lookup.noun else kept.filters)


def _found(lookup: Lookup, after: str) -> Found:
    query = lookup.arguments()
    place = Place(*place_of(after, query, int, str)) if after else START
    new = request.args.getlist(NEW)[:FIRST]
    # All that is new stands on the first page.
    size = FIRST if new and not after else SIZE
    wish = Wish(k=size, filters=lookup.filters, language=say().language)
    found = nearest(platform(), viewer(), lookup.noun, lookup.text, wish, place)
    answer = found.page.answer
    note_answered(answer.model_version, answer.degraded)
    results = _results(found, lookup, new)
    return Found(
        lookup=lookup,
        total=answer.found,
        results=results,
        groups=groups(lookup.without(*found.relaxed), answer.facets, say()),
        chips=chips(lookup, say()),
        relaxed=tuple(_left_aside(lookup, found.relaxed)),
        heard=understood(lookup.text, said(answer.matches)),
        fits=fits(answer.matches) or not lookup.text,
        degraded=bool(answer.degraded),
        more=_more(found, lookup, query),
        name=name_for(lookup, say()) if lookup.text or not lookup.q.strip() else "",
        fresh=sum(one.fresh for one in results),
    )


def _saved(id: str) -> SavedSearch | None:
    """The search that the address names, where it is the reader's."""
    own = saved_searches(platform(), viewer()) if id else ()
    return next((one for one in own if one.id == id), None)


def _results(found: Nearest, lookup: Lookup, new: Collection[str]) -> tuple[ResultShown, ...]:
    rows = found.page.answer.matches
    ids = [row.candidate_id for row in rows]
    shown = cards(platform(), viewer(), lookup.noun, ids, say().language)
    return results_shown(rows, shown, say(), new)


def _left_aside(lookup: Lookup, names: tuple[str, ...]) -> tuple[Choice, ...]:
    """The restrictions that were in the way, as the page names them."""
    kept = {one.label for one in chips(lookup.without(*names), say())}
    return tuple(one for one in chips(lookup, say()) if one.label not in kept)


def _more(found: Nearest, lookup: Lookup, query: Mapping[str, object]) -> str:
    after = found.page.next
    return lookup.address(cursor=cursor(query, *after)) if after and not found.relaxed else ""


def _history(lookup: Lookup) -> str:
    """While the same words are typed on, one step back leads to what was there before them."""
    typing = request.headers.get("HX-Trigger") == BOX
    before = parse_qs(urlsplit(request.headers.get("HX-Current-URL", "")).query).get("q", [""])[0]
    return "HX-Replace-Url" if typing and is_continued(before, lookup.q) else "HX-Push-Url"
