"""What the plan of an import, or of taking one back, rests on, and whether that still holds.

Planning may take long, and nobody is to wait for it: it is done beside the others' writing, and
looked over once one's own turn to write has come.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from matcher.actions.shelf import Present, Shelf
from matcher.domain.enums import Noun
from matcher.store import feed
from matcher.store.tables import RECORD_NOUNS

TRIES = 2
"""Plans that are made while others write; one more is made while nobody does."""
Named = tuple[Noun, str]


@dataclass(frozen=True, slots=True)
class Basis:
    """The moment of a plan, by the number of the last change, and what it looked at.

    named: records that there were or weren't, by kind and id. present: those of a kind whose
    changes the feed doesn't tell; ids: all that were looked for of it.
    """

    shelf: Shelf
    seq: int
    named: frozenset[Named]
    ids: tuple[str, ...] = ()
    present: Mapping[str, Present] | None = None

    @classmethod
    def of(
        cls,
        session: Session,
        shelf: Shelf,
        present: Mapping[str, Present],
        ids: Iterable[str],
        named: Iterable[Named] = (),
    ) -> Basis:
        """In the session that the plan was made in: the two saw one moment."""
        seq, wanted = feed.latest(session), tuple(dict.fromkeys(ids))
        if shelf.noun not in RECORD_NOUNS:
            return cls(shelf, seq, frozenset(named), wanted, dict(present))
        own = ((Noun(shelf.noun), id_) for id_ in wanted)
        return cls(shelf, seq, frozenset((*own, *named)))

    def holds(self, session: Session) -> bool:
        """Whether nothing of it has changed since; ask in the session that writes."""
        return self._told(session) and (
            self.present is None or dict(self.shelf.present(session, self.ids)) == self.present
        )

    def _told(self, session: Session) -> bool:
        """What the feed says. Which node is below which says what is whose."""
        seq = self.seq
        if feed.latest(session) == seq:
            return True
        if not feed.covers(session, seq):
            return False
        while changes := feed.since(session, seq):
            if any(one.noun is Noun.NODE or (one.noun, one.id) in self.named for one in changes):
                return False
            seq = changes[-1].seq
        return True
