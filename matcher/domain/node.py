"""Node 节点: a platform in the tree of platforms; every record and account belongs to one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from matcher.domain.checks import require_text
from matcher.domain.enums import NodeKind
from matcher.domain.record import Record
from matcher.errors import InvalidValue


@dataclass(frozen=True, slots=True, kw_only=True)
class Node(Record):
    """A node and its `parent` (an id; empty at the root). The core node has none."""

    TEXT_FIELDS: ClassVar[tuple[str, ...]] = ("name",)

    id: str
    name: str = ""
    name_en: str = ""
    kind: NodeKind = NodeKind.CORE
    parent: str = ""

    def __post_init__(self) -> None:
        require_text(self.id, "id")
        if self.parent == self.id:
            raise InvalidValue(
                "A node can't be its own parent.", field="parent", hint="Name the node above it."
            )
        if self.parent and self.kind is NodeKind.CORE:
            raise InvalidValue(
                "The core node stands below no other.",
                field="parent",
                hint="Leave the parent out, or make the node regional or professional.",
            )


def ancestors(start: str, parents: Mapping[str, str]) -> tuple[str, ...]:
    """Return the ids above `start`, nearest first, where `parents` maps an id to its parent's.

    An id that `parents` doesn't know, or maps to "", is a root. For nodes and for organisations.
    Raises InvalidValue where the parents go round in a circle.
    """
    above: list[str] = []
    parent = parents.get(start, "")
    while parent:
        if parent == start or parent in above:
            raise InvalidValue(
                f"{parent} is its own ancestor.", field="parent", hint="Give it another parent."
            )
        above.append(parent)
        parent = parents.get(parent, "")
    return tuple(above)
