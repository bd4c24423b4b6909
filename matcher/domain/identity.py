"""Who is the same organisation: names, codes, merged records and trees, as one question.

Conflicts of interest hang on this, so two errors are told apart. To say that two names are one
organisation needs certainty: a name that several organisations go by is nobody's. To say that
somebody must be kept away needs a mere possibility: `reach` takes in everyone who may be meant.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, pairwise

from matcher.domain.checks import shown
from matcher.domain.groups import groups
from matcher.domain.name_key import name_key
from matcher.domain.organisation import Organisation
from matcher.errors import InvalidValue

__all__ = ["Identities", "name_key"]

_UNRESOLVED = "?"
_CODE_LENGTH = 18


class Identities:
    """The organisations there are, and which of them are one or belong together.

    A root string stands for a tree of organisations: the id of the one at its top, the first of
    several; for a text that can't be resolved, "?" and its key; "" for an empty one. To one tree
    belong an organisation, all above and all below it, and all that share a credit code with one
    of them, as the departments of a university do. A circle of parents is one tree, too.
    """

    __slots__ = ("_by_code", "_by_name", "_ids", "_keys_of_root", "_roots")

    def __init__(
        self, organisations: Iterable[Organisation], merged: Mapping[str, str] | None = None
    ) -> None:
        """`merged` maps the id of each record that was merged into another to that one's id.

        Raises InvalidValue where merged ids go round in a circle.
        """
        records, merged = tuple(organisations), merged or {}
        known = (*(record.id for record in records), *merged, *merged.values())
        self._ids = {one: _kept(one, merged) for one in known}
        self._by_code = _index((one.credit_code, self._ids[one.id]) for one in records)
        self._by_name = _index(
            (name_key(name), self._ids[one.id]) for one in records for name in one.names
        )
        self._roots = self._find_roots(records)
        self._keys_of_root = self._find_keys()

    def resolve(self, text: str) -> str | None:
        """Return the id of the organisation meant, by its id, credit code, name or alias.

        The id is that of the record it was merged into. None where nothing is found, and where
        several organisations may be meant.
        """
        hits = self._hits(text)
        return next(iter(hits)) if len(hits) == 1 else None

    def same(self, one: str, other: str) -> bool:
        """Whether two texts or ids mean one organisation; of unresolved ones, by their keys."""
        first, second = self.resolve(one), self.resolve(other)
        if first is None and second is None:
            return name_key(one) == name_key(other) != ""
        return first == second

    def root(self, text: str) -> str:
        """Return the root string of the organisation, or of the one tree, that `text` means."""
        roots = self._roots_of(text)
        return next(iter(roots)) if len(roots) == 1 else self._root_of(_unresolved(text))

    def tree(self, text: str) -> frozenset[str]:
        """Return the ids in the tree of the organisation meant; none where it isn't resolved.

        Of merged records it holds those that they were merged into.
        """
        found = self.resolve(text)
        if found is None:
            return frozenset()
        root = self._root_of(found)
        return frozenset(one for one in self._ids.values() if self._root_of(one) == root)

    def reach(self, texts: Iterable[str]) -> frozenset[str]:
        """Return every root string under which what `texts` may mean can appear.

        Beside the trees of the organisations meant, it holds those of all that share a name with
        one in them, for they may be the same, imported twice. Empty texts reach nothing.
        """
        reached: set[str] = set()
        for text in filter(str.strip, texts):
            roots = self._roots_of(text)
            reached |= roots.union(*map(self._namesakes, roots))
        return frozenset(reached)

    def _namesakes(self, root: str) -> Iterator[str]:
        """The root strings under which a name in this tree can appear."""
        for key in self._keys_of_root.get(root, ()):
            hits = self._by_name.get(key, frozenset())
            yield from map(self._root_of, hits)
            if len(hits) != 1:
                yield self._root_of(_UNRESOLVED + key)

    def _hits(self, text: str) -> frozenset[str]:
        """Every organisation that `text` may mean; an id before a code before a name."""
        text = text.strip()
        if text in self._ids:
            return frozenset({self._ids[text]})
        by_code = self._by_code.get(_code(text), frozenset())
        return by_code or self._by_name.get(name_key(text), frozenset())

    def _roots_of(self, text: str) -> frozenset[str]:
        """The root strings of all that `text` may mean, its own where that is nobody."""
        return frozenset(map(self._root_of, self._hits(text) or {_unresolved(text)}))

    def _root_of(self, one: str) -> str:
        return self._roots.get(one, one)

    def _find_roots(self, records: Iterable[Organisation]) -> dict[str, str]:
        """Every member of a tree of two or more to the first of those that stand at its top."""
        above = [
            (self._ids[one.id], self.resolve(one.parent) or _unresolved(one.parent))
            for one in records
            if one.parent.strip()
        ]
        shared_codes = chain.from_iterable(pairwise(sorted(ids)) for ids in self._by_code.values())
        below = {child for child, parent in above if child != parent}
        trees = groups(chain(above, shared_codes))
        tops = {tree: min(tree - below or tree) for tree in set(trees.values())}
        return {member: tops[tree] for member, tree in trees.items()}

    def _find_keys(self) -> dict[str, frozenset[str]]:
        """The keys of all names in each tree, also of a parent that is known by name alone."""
        named = ((self._root_of(hit), key) for key, hits in self._by_name.items() for hit in hits)
        parents = (
            (root, one.removeprefix(_UNRESOLVED))
            for one, root in self._roots.items()
            if one.startswith(_UNRESOLVED)
        )
        return _index(chain(named, parents))


def _index(pairs: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    """All second members by the first; an empty first member is left out."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for first, second in pairs:
        found[first].add(second)
    return {first: frozenset(seconds) for first, seconds in found.items() if first}


def _kept(one: str, merged: Mapping[str, str]) -> str:
    """The id of the record that `one` was merged into in the end; itself if it wasn't."""
    passed = {one}
    while into := merged.get(one, ""):
        if into in passed:
            raise InvalidValue(
                f"{shown(into)} was merged into itself, by way of others.",
                field="merged_into",
                hint="Undo one of these merges.",
            )
        passed.add(into)
        one = into
    return one


def _code(text: str) -> str:
    """`text` as a credit code is written, "" for what is too short or too long for one."""
    code = "".join(unicodedata.normalize("NFKC", text).split()).upper()
    return code if len(code) == _CODE_LENGTH else ""


def _unresolved(text: str) -> str:
    key = name_key(text)
    return key and _UNRESOLVED + key
