"""Saved searches as pages list them: what they look for, in the reader's words."""

from __future__ import annotations

from dataclasses import dataclass

from matcher.actions.saved_filters import filters_of
from matcher.domain.enums import Noun
from matcher.domain.saved_search import LONGEST_NAME, SavedSearch, neat_name
from matcher.errors import WrongSchema
from matcher.web.facets import chips
from matcher.web.lookup import Lookup
from matcher.web.say import Say


@dataclass(frozen=True, slots=True)
class SavedShown:
    """A search in the list. told: among what it looks, and those of its words and restrictions that
    the name doesn't say. fresh: how many are new. why: it can't be opened, "" where it can.
    """

    id: str
    name: str
    told: tuple[str, ...]
    fresh: int
    why: str = ""


def lookup_of_search(search: SavedSearch) -> Lookup:
    """What the page Find is to look for. Raises WrongSchema."""
    return Lookup(search.query, search.noun, filters_of(search.filters))


def name_for(lookup: Lookup, say: Say) -> str:
    """What a search may be called: its words, what it is restricted to, and needs as such."""
    told = [lookup.q, *(one.label for one in chips(lookup, say))]
    if not any(map(str.strip, told)):
        told = [say("全部", "all")]
    if lookup.noun is Noun.NEED:
        told.append(say("需求", "needs"))
    return neat_name(" · ".join(filter(str.strip, told)))[:LONGEST_NAME].strip()


def saved_shown(search: SavedSearch, fresh: int, say: Say, why: str = "") -> SavedShown:
    """The search for its owner; one that can't be read any more stays listed, to be deleted."""
    try:
        restricted = [one.label for one in chips(lookup_of_search(search), say)]
    except WrongSchema:
        restricted = []
        why = why or say(
            "其中的条件这个版本已不能识别，请删除后重新保存",
            "its restrictions can’t be read any more; delete it and save it anew",
        )
    noun = say("成果", "Outcomes") if search.noun is Noun.OUTCOME else say("需求", "Needs")
    told = (search.query, *restricted)
    return SavedShown(
        id=search.id,
        name=search.name,
        told=(noun, *(one for one in told if one and one not in search.name)),
        fresh=fresh,
        why=why,
    )
