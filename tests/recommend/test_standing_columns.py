"""How candidates stand, as columns by hand, and when they are counted again."""

from __future__ import annotations

from datetime import date

import numpy as np

from matcher.domain.item import Facts, Item
from matcher.domain.track import NO_TRACK, Track
from matcher.recommend.candidates import Candidates
from matcher.recommend.standing_columns import stale_counts, tracks_of

PEOPLE = {
    "busy": Facts(capacity=4),
    "full": Facts(capacity=2),
    "none": Facts(capacity=0),
    "free": Facts(),
}
TRACKS = {
    "busy": Track(carrying=1, reached=5, response_hours=3),
    "full": Track(carrying=3, ended=5),
    "free": Track(carrying=9),
    "gone": Track(carrying=9),
}


def candidates(offered: dict[str, Facts]) -> Candidates:
    return Candidates.of([Item(id_, facts=own) for id_, own in offered.items()])


def test_tracks_by_hand() -> None:
    found = tracks_of(candidates(PEOPLE), TRACKS)
    assert found.success.tolist() == [0.6, 0.1, NO_TRACK.success, NO_TRACK.success]
    assert found.room.tolist() == [0.75, 0, 0, 1]
    assert found.full.tolist() == [False, True, True, False]
    assert found.hours[0] == 3
    assert np.isnan(found.hours[1:]).all()


def test_only_what_was_said_after_the_last_update_counts_as_stale() -> None:
    listed = candidates({"old": Facts(updated_at=date(2026, 1, 1)), "untold": Facts()})
    days = (date(2025, 12, 31), date(2026, 1, 1), date(2026, 1, 2))
    assert stale_counts(listed, {"old": days, "gone": days}).tolist() == [1, 0]
    assert stale_counts(listed, {"untold": days}).tolist() == [0, 3]


def test_nothing_is_counted_again_as_long_as_nothing_changed() -> None:
    people = candidates(PEOPLE)
    assert tracks_of(people, TRACKS) is tracks_of(people, TRACKS)


def test_what_says_the_same_elsewhere_is_counted_for_itself() -> None:
    """Told apart by identity: equal mappings may come to differ."""
    people = candidates(PEOPLE)
    one, other = dict(TRACKS), dict(TRACKS)
    assert tracks_of(people, one) is not tracks_of(people, other)


def test_a_change_of_the_candidates_counts_anew() -> None:
    people = candidates(PEOPLE)
    before = tracks_of(people, TRACKS)
    changed = people.without(["full"]).with_items([Item("full", facts=Facts(capacity=6))])
    after = tracks_of(changed, TRACKS)
    assert before.room.tolist() == [0.75, 0, 0, 1]
    assert after.room[-1] == 0.5
    assert not after.full[-1]
