"""What is searched at one moment: models with the latest changes, organisations, nodes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from matcher.actions.items import Named
from matcher.domain.enums import Noun
from matcher.domain.identity import Identities
from matcher.domain.organisation import Organisation
from matcher.errors import UsageError
from matcher.recommend.model import Model
from matcher.store.stored import Stored

Brokers = dict[Named, set[str]]
"""By noun and id of a record, the managers whose deals name it."""
Telling = tuple[object, ...] | None
"""What an organisation says of who it is; None for one that isn't there."""


def _names(record: Organisation) -> tuple[object, ...]:
    return (record.names, record.credit_code, record.parent)


def _tells(stored: Stored[Organisation]) -> Telling:
    gone = stored.deleted_at is not None
    return None if gone else (*_names(stored.record), stored.merged_into)


class Organisations:
    """Who is who, and by which words the records name them."""

    def __init__(
        self, there: Mapping[str, Organisation], merged: Mapping[str, str], words: Iterable[str]
    ) -> None:
        """there: by id; merged: which took whose place; words: as records name them."""
        self.identities = Identities(there.values(), merged)
        self._there, self._merged = there, merged
        self._by_root: dict[str, set[str]] = defaultdict(set)
        self._known: set[str] = set()
        self.add(words)

    def add(self, words: Iterable[str]) -> None:
        """Learn more words; threads may read meanwhile."""
        for word in set(words) - self._known:
            self._by_root[self.identities.root(word)].add(word)
            self._known.add(word)

    def concerned(self, changed: Iterable[Stored[Organisation]]) -> bool:
        """Whether these newest versions say otherwise than before who is who."""
        return any(self._told(one.record.id) != _tells(one) for one in changed)

    def updated(self, changed: Sequence[Stored[Organisation]]) -> Organisations:
        """The same after these changes; itself where they don't concern it."""
        if not self.concerned(changed):
            return self
        gone = {one.record.id for one in changed if one.deleted_at is not None}
        there = {**self._there, **{one.record.id: one.record for one in changed}}
        merged = {**self._merged, **{one.record.id: one.merged_into for one in changed}}
        return Organisations(
            {id_: record for id_, record in there.items() if id_ not in gone},
            {id_: into for id_, into in merged.items() if into},
            self._known,
        )

    def _told(self, id_: str) -> Telling:
        record = self._there.get(id_)
        return None if record is None else (*_names(record), self._merged.get(id_, ""))

    def words(self, roots: Iterable[str]) -> frozenset[str]:
        """The words by which records name organisations of these roots."""
        found = (self._by_root.get(root, set()) for root in roots)
        return frozenset().union(*found)


class Judged:
    """Up to which change it was looked whether it hides anything of what is searched.

    What was found of one state says nothing of another, which may search what this one doesn't.
    """

    def __init__(self) -> None:
        self._found = (0, 0)

    def after(self, seq: int) -> int:
        """The last change that was looked at, of what is searched up to `seq`."""
        of, last = self._found
        return last if of == seq else seq

    def note(self, seq: int, last: int) -> None:
        """Nothing up to the change `last` hides anything of what is searched up to `seq`."""
        self._found = (seq, last)


@dataclass(frozen=True, slots=True)
class Serving:
    """One state of what is searched; nothing in it changes but the words of `organisations`, who
    `brokers` what, which only who catches up looks at, and how far later changes were `judged`.

    `version`: of the model; `seq`: the last change in it. `parents`: of every node. `degraded`:
    what couldn't be used, by name.
    """

    version: str
    seq: int
    models: Mapping[Noun, Model]
    organisations: Organisations
    parents: Mapping[str, str]
    degraded: tuple[str, ...] = ()
    brokers: Brokers = field(default_factory=dict, compare=False)
    judged: Judged = field(default_factory=Judged, compare=False)

    def model(self, noun: Noun) -> Model:
        """The model of a noun. Raises UsageError for one that isn't searched."""
        found = self.models.get(noun)
        if found is None:
            there = ", ".join(self.models)
            raise UsageError(f"{noun}s aren't searched.", hint=f"There are: {there}.")
        return found
