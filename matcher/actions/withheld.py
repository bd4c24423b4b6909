"""Why one record isn't proposed for another: the rule that keeps it away, or its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from matcher.actions.answer import Wish
from matcher.actions.authority import require_some_admin
from matcher.actions.platform import Platform
from matcher.actions.suggest import among, suggest
from matcher.domain.enums import Language, Noun
from matcher.domain.visibility import Viewer
from matcher.files.match_row import MatchRow
from matcher.recommend.rules import Rule

DEEPEST = 500
"""How far down a list a place is looked for."""


@dataclass(frozen=True, slots=True)
class Withheld:
    """rule: what removes it, None where none does. match: how well it goes with the other, None
    where it is removed, where they have nothing in common, or are in a conflict that only the
    records tell. place: where it stands, from 1, None behind `DEEPEST`."""

    rule: Rule | None
    match: MatchRow | None
    place: int | None


def removed_for(
    platform: Platform, viewer: Viewer, need: str, to: Noun
) -> tuple[int, Mapping[str, int]]:
    """How many are found for a need now, and how many each rule removes before that.

    For admins. Raises NotAllowed, NotFound, NoModel.
    """
    require_some_admin(viewer)
    answer = suggest(platform, viewer, Noun.NEED, need, to, Wish(k=1))
    return answer.found, answer.removed


def why_withheld(
    platform: Platform, viewer: Viewer, need: str, to: Noun, other: str, language: Language
) -> Withheld:
    """What keeps an outcome or a manager from a need. Raises NotAllowed, NotFound, NoModel."""
    require_some_admin(viewer)
    wish = Wish(k=DEEPEST, language=language)
    alone = among(platform, viewer, Noun.NEED, need, to, other, wish)
    rules = [one for one in map(Rule, alone.removed) if one is not Rule.NOT_LISTED]
    if not alone.matches:
        return Withheld(rules[0] if rules else None, None, None)
    [match] = alone.matches
    listed = [
        row.candidate_id for row in suggest(platform, viewer, Noun.NEED, need, to, wish).matches
    ]
    found = match.candidate_id in listed
    return Withheld(None, match, listed.index(match.candidate_id) + 1 if found else None)
