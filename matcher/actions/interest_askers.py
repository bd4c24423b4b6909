"""Whose interests they are: the organisations of the accounts, by name."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from matcher.actions.answer import title_of
from matcher.actions.interest_reading import SeenInterest
from matcher.actions.platform import Platform
from matcher.domain.enums import Language, Noun
from matcher.domain.visibility import Viewer
from matcher.store import accounts, records


def asker_names(
    platform: Platform, viewer: Viewer, found: Collection[SeenInterest], language: Language
) -> Mapping[str, str]:
    """By account the name of its organisation, where it has one that the viewer may know of."""
    ids = sorted({one.kept.interest.account for one in found})
    with platform.database.reading() as session:
        of = {id_: one.organisation for id_ in ids if (one := accounts.get(session, id_))}
        there = records.get_many(session, Noun.ORGANISATION, sorted(filter(None, of.values())))
    names = {
        id_: title_of(one.record, language)
        for id_, one in there.items()
        if one.live and viewer.sees(one.record)
    }
    return {id_: names[own] for id_, own in of.items() if names.get(own)}
