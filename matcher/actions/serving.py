"""What is searched at one moment: models with the latest changes, organisations, nodes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from matcher.domain.enums import Noun
from matcher.domain.identity import Identities
from matcher.errors import UsageError
from matcher.recommend.model import Model


class Organisations:
    """Who is who, and by which words the records name them."""

    def __init__(self, identities: Identities, words: Iterable[str]) -> None:
        """words: organisations as records name them."""
        self.identities = identities
        self._by_root: dict[str, set[str]] = defaultdict(set)
        self._known: set[str] = set()
        self.add(words)

    def add(self, words: Iterable[str]) -> None:
        """Learn more words; threads may read meanwhile."""
        for word in set(words) - self._known:
            self._by_root[self.identities.root(word)].add(word)
            self._known.add(word)

    def words(self, roots: Iterable[str]) -> frozenset[str]:
        """The words by which records name organisations of these roots."""
        found = (self._by_root.get(root, set()) for root in roots)
        return frozenset().union(*found)


@dataclass(frozen=True, slots=True)
class Serving:
    """One state of what is searched; nothing in it changes but the words of `organisations`.

    `version`: of the model; `seq`: the last change in it. `parents`: of every node. `degraded`:
    what couldn't be used, by name.
    """

    version: str
    seq: int
    models: Mapping[Noun, Model]
    organisations: Organisations
    parents: Mapping[str, str]
    degraded: tuple[str, ...] = ()

    def model(self, noun: Noun) -> Model:
        """The model of a noun. Raises UsageError for one that isn't searched."""
        found = self.models.get(noun)
        if found is None:
            there = ", ".join(self.models)
            raise UsageError(f"{noun}s aren't searched.", hint=f"There are: {there}.")
        return found
