"""The needs or outcomes that are an account's own, whole."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from matcher.actions.live import organisations_of
from matcher.actions.masked import masked
from matcher.actions.platform import Platform
from matcher.domain.enums import Noun
from matcher.domain.visibility import Viewer
from matcher.errors import BrokenBundle, EncoderUnavailable, NoModel
from matcher.store.own_listings import own_listings, party_words
from matcher.store.stored import Stored


def own_records(
    platform: Platform, viewer: Viewer, noun: Noun, most: int
) -> tuple[Stored[Any], ...]:
    """Those that the viewer wrote, or that are of their organisation, which may go by many names.

    The last changed first; none for somebody without an account. They are there without
    a model, too. Raises StoreUnavailable.
    """
    account = viewer.account
    if account is None:
        return ()
    own = account.organisation
    parties = {own, *_words(platform, noun, own)} if own else set()
    with platform.database.reading() as session:
        found = own_listings(session, noun, account.id, parties, most)
        return tuple(
            replace(one, record=masked(session, viewer, one.record))
            for one in found
            if viewer.sees(one.record)
        )


def _words(platform: Platform, noun: Noun, organisation: str) -> frozenset[str]:
    """By which words records name the organisation."""
    try:
        known = platform.live.serving().organisations
    except (NoModel, BrokenBundle, EncoderUnavailable):
        # Whose a record is doesn't hang on a model, which only has the words at hand.
        with platform.database.reading() as session:
            known = organisations_of(session, party_words(session, noun))
    return known.words([known.identities.root(organisation)])
