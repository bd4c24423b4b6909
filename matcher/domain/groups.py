"""Things that belong together, found from the pairs that do."""

from __future__ import annotations

from collections.abc import Iterable


def groups(pairs: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    """Return for each member of `pairs` all that it is joined with, itself among them.

    Joined are the two of a pair, and what is joined with either; the order of pairs doesn't
    matter. Members of one group share one set. Linear in the pairs but for a logarithm.
    """
    found: dict[str, set[str]] = {}
    for one, other in pairs:
        first, second = found.setdefault(one, {one}), found.setdefault(other, {other})
        if first is not second:
            small, large = sorted((first, second), key=len)
            large |= small
            found.update(dict.fromkeys(small, large))
    distinct = {id(group): group for group in found.values()}
    frozen = {key: frozenset(group) for key, group in distinct.items()}
    return {member: frozen[id(group)] for member, group in found.items()}
