"""Things that somebody names by pasting the address of a page: which address is a page of what."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import unquote

from matcher.domain.enums import Noun
from matcher.domain.event import Subject
from matcher.store.tables import RECORD_NOUNS

_PAGES: Mapping[str, Noun] = {
    "needs/": Noun.NEED,
    "edit/need/": Noun.NEED,
    "outcomes/": Noun.OUTCOME,
    "edit/outcome/": Noun.OUTCOME,
    "managers/edit/": Noun.MANAGER,
    "people/": Noun.ACCOUNT,
    "pipeline/": Noun.FOLLOW_UP,
    "plans/drafts/": Noun.JOB,
    "plans/": Noun.PLAN,
    "import/runs/": Noun.IMPORT,
    "nodes#node-": Noun.NODE,
}
"""How an address goes on behind the host, up to the id; the longer of two that begin alike first.
deeds.py has the addresses themselves."""
_NO_IDS: Mapping[Noun, frozenset[str]] = {
    Noun.ACCOUNT: frozenset({"new", "managers", "names"}),
}
"""What stands in the place of an id where a page is of nothing in particular."""
_ADDRESS = re.compile(rf"/({'|'.join(map(re.escape, _PAGES))})([^?#\s]+)")


def pasted(text: str) -> Subject | None:
    """What the address is a page of, None for what is no such address."""
    found = _ADDRESS.search(text)
    if found is None:
        return None
    noun, id_ = _PAGES[found[1]], unquote(found[2])
    # Ids of records may hold slashes; behind those of others goes what is done with them.
    id_ = id_ if noun in RECORD_NOUNS else id_.partition("/")[0]
    return Subject(noun=noun, id=id_) if id_ and id_ not in _NO_IDS.get(noun, ()) else None


def pasted_id(text: str) -> str:
    """The id of what the address is a page of; what is no address is an id itself."""
    found = pasted(text)
    return found.id if found else text.strip()
