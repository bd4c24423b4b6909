"""How each kind of record is as it was before an import."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from sqlalchemy.orm import Session

from matcher.actions.earlier_versions import Earlier, before_import
from matcher.actions.import_rows import before, wrote
from matcher.actions.shelf import Present
from matcher.domain.enums import FollowUpState, Noun
from matcher.domain.followup import FollowUp, legal_transitions, transition
from matcher.domain.interaction import Interaction
from matcher.files.followup_rows import BY_IMPORT
from matcher.files.sheet_columns import INTERACTION
from matcher.store import followups, interactions, records
from matcher.store.imports import ImportRow, RowAction
from matcher.store.stored import Author


class Fate(StrEnum):
    """What becomes of a record when its import is undone."""

    DELETED = "deleted"
    RESTORED = "restored"
    WITHDRAWN = "withdrawn"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Step:
    """A record, its fate, and what it is to be; `import_id`: the import that content is from."""

    id: str
    fate: Fate
    record: Any = None
    import_id: str = ""


class Fates(Protocol):
    """Taking back records of one kind."""

    def steps(
        self,
        session: Session,
        import_id: str,
        rows: Sequence[ImportRow],
        present: Mapping[str, Present],
    ) -> Iterator[Step]:
        """What is to be done about each row that was written."""

    def apply(self, session: Session, steps: Sequence[Step], author: Author) -> None:
        """Do it."""


@dataclass(frozen=True, slots=True)
class RecordFates:
    """Records with versions: the one before the import's first is written again."""

    noun: Noun

    def steps(
        self,
        session: Session,
        import_id: str,
        rows: Sequence[ImportRow],
        present: Mapping[str, Present],
    ) -> Iterator[Step]:
        """Left is what has another version than the import's."""
        own = {id_ for id_, there in present.items() if there.import_id == import_id}
        updated = [id_ for id_ in sorted(own) if present[id_].version > 1]
        earlier = before_import(session, self.noun, import_id, updated)
        for row in rows:
            id_ = row.record_id
            yield _step(id_, earlier.get(id_)) if id_ in own else Step(id_, Fate.LEFT)

    def apply(self, session: Session, steps: Sequence[Step], author: Author) -> None:
        """Write the old contents; delete what was deleted, or not there, before."""
        by_import: dict[str, list[Any]] = defaultdict(list)
        for step in steps:
            if step.record is not None:
                by_import[step.import_id].append(step.record)
        told: dict[str, Any] = {"actor": author.actor, "at": author.at}
        for import_id, found in by_import.items():
            records.put(session, self.noun, found, **told, import_id=import_id)
        gone = [step.id for step in steps if step.fate is Fate.DELETED]
        records.delete(session, self.noun, gone, **told)


def _step(id_: str, earlier: Earlier | None) -> Step:
    if earlier is None:
        return Step(id_, Fate.DELETED)
    fate = Fate.DELETED if earlier.deleted else Fate.RESTORED
    return Step(id_, fate, earlier.record, earlier.import_id)


@dataclass(frozen=True, slots=True)
class FollowUpFates:
    """Follow-ups: withdrawn by a step of their own. Steps added to one can't be taken back."""

    def steps(
        self,
        session: Session,
        import_id: str,
        rows: Sequence[ImportRow],
        present: Mapping[str, Present],
    ) -> Iterator[Step]:
        """Left is what the import only added to, and what people went on with."""
        for row in rows:
            there = present.get(row.record_id)
            untouched = there is not None and there.version == 1
            if there is not None and untouched and row.action is RowAction.CREATED:
                yield Step(row.record_id, Fate.WITHDRAWN, there.record)
            else:
                yield Step(row.record_id, Fate.LEFT)

    def apply(self, session: Session, steps: Sequence[Step], author: Author) -> None:
        """Withdraw them."""
        for step in steps:
            if step.fate is Fate.WITHDRAWN:
                followups.save(session, _withdrawn(step.record, author), 1)


def _withdrawn(followup: FollowUp, author: Author) -> FollowUp:
    """The follow-up withdrawn; one that had ended is reopened first, as the states demand."""
    if followup.state is FollowUpState.WITHDRAWN:
        return followup
    at = max([author.at, *(step.at for step in followup.history)])
    said: dict[str, Any] = {"by": BY_IMPORT, "at": at, "why": "its import was undone"}
    if FollowUpState.WITHDRAWN not in legal_transitions(followup):
        followup = transition(followup, followup.left, **said)
    return transition(followup, FollowUpState.WITHDRAWN, **said)


@dataclass(frozen=True, slots=True)
class InteractionFates:
    """Interactions: removed, or as they were when the import was written over them."""

    def steps(
        self,
        session: Session,
        import_id: str,
        rows: Sequence[ImportRow],
        present: Mapping[str, Present],
    ) -> Iterator[Step]:
        """Left is what isn't there any more, or says something else."""
        for row in rows:
            there = present.get(row.record_id)
            if there is None or not wrote(row, there.record):
                yield Step(row.record_id, Fate.LEFT)
            elif (earlier := before(row)) is not None:
                yield Step(row.record_id, Fate.RESTORED, earlier)
            else:
                yield Step(row.record_id, Fate.DELETED)

    def apply(self, session: Session, steps: Sequence[Step], author: Author) -> None:
        """Remove or rewrite them."""
        interactions.remove(session, [step.id for step in steps if step.fate is Fate.DELETED])
        earlier: list[Interaction] = [step.record for step in steps if step.record is not None]
        interactions.put(session, earlier)


def fates(noun: str) -> Fates:
    """How records of a noun are taken back."""
    if noun == INTERACTION:
        return InteractionFates()
    return FollowUpFates() if noun == Noun.FOLLOW_UP else RecordFates(Noun(noun))
