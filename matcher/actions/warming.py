"""Making ready before anybody asks: what would else be read and counted for the first who does."""

from __future__ import annotations

from matcher.actions.moment import moment
from matcher.actions.platform import Platform
from matcher.recommend.standing_columns import stale_counts, tracks_of


def warm(platform: Platform) -> None:
    """Open the model, and count how managers and listings stand.

    For whoever starts a service. Raises NoModel, BrokenBundle, StoreUnavailable.
    """
    with moment(platform) as (serving, session):
        standing = platform.standings.at(session, platform.today())
    for model in serving.models.values():
        tracks_of(model.candidates, standing.tracks)
        stale_counts(model.candidates, standing.stale)
