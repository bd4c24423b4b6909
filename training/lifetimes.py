"""From when to when records are there, as far as store, texts and feedback tell.

The store knows when a record was written, which is no first day for what it was filled with: that
was there before. So a record is there from the earliest day of which anything is known of it: the
day it was written, the day its source says it was last updated, or the day it was first shown or
judged. What was written on the first day of the store has no first day.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC

import numpy as np
import numpy.typing as npt
from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.domain.enums import Noun
from matcher.evaluate.splits import NO_END, Lifetimes
from matcher.recommend.candidates import Candidates
from matcher.recommend.feedback import NOBODY, Feedback
from matcher.store.tables import kind_of

Days = npt.NDArray[np.int32]
ALWAYS = 0
"""The first day of what was there from the beginning."""


def read_created(session: Session, noun: Noun) -> dict[str, int]:
    """Id of each live record → the ordinal of the day (UTC) on which it was first written."""
    table = kind_of(noun).table
    live = table.c.deleted_at.is_(None) & (table.c.merged_into == "")
    rows = session.execute(select(table.c.id, table.c.created_at).where(live))
    return {id_: at.astimezone(UTC).toordinal() for id_, at in rows}


def lifetimes_of(
    noun: Noun, candidates: Candidates, created: Mapping[str, int], feedback: Feedback
) -> Lifetimes:
    """The lifetimes of the candidates of one noun.

    created: what `read_created` gave; a record that isn't in it was always there.
    """
    ids = tuple(map(str, candidates.ids_at(np.arange(len(candidates)))))
    written = _since_the_beginning(np.array([created.get(id_, ALWAYS) for id_ in ids], np.int32))
    updated = candidates.columns.numbers["updated_at"].astype(np.int32)
    dated = np.where(updated > 0, updated, NO_END)
    first = np.minimum.reduce([written, dated, first_named(noun, candidates, feedback)])
    until = candidates.columns.numbers["valid_until"].astype(np.int32)
    return Lifetimes(ids, first.astype(np.int32), until)


def first_named(noun: Noun, candidates: Candidates, feedback: Feedback) -> Days:
    """int32[candidates]: the first day of which feedback names each, NO_END without one."""
    places = np.append(candidates.ids.find(feedback.ids[noun]), NOBODY)
    found = np.full(len(candidates), NO_END, np.int32)
    judged, shown = feedback.judgements, feedback.impressions
    for rows, days in ((judged, judged.first_days), (shown, shown.days)):
        # The last place is for nobody, whose code is -1.
        named = places[rows.party(noun)]
        there = named >= 0
        np.minimum.at(found, named[there], days[there])
    return found


def _since_the_beginning(written: Days) -> Days:
    if not len(written):
        return written
    known = written[written > ALWAYS]
    return np.where(written == known.min(initial=NO_END), ALWAYS, written).astype(np.int32)
