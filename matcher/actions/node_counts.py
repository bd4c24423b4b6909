"""What belongs to the nodes of an admin, counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from matcher.actions.authority import is_admin, require_some_admin
from matcher.actions.platform import Platform
from matcher.domain.enums import Noun
from matcher.domain.visibility import Viewer
from matcher.store import node_counts, nodes


@dataclass(frozen=True, slots=True)
class NodeCounts:
    """accounts: those that can be used; the others: records that are there."""

    accounts: int
    outcomes: int
    needs: int
    managers: int


def count_nodes(platform: Platform, viewer: Viewer) -> Mapping[str, NodeCounts]:
    """By node, of those that the viewer is an admin of, each without what is below it.

    Raises NotAllowed for who is no admin.
    """
    require_some_admin(viewer)
    with platform.database.reading() as session:
        theirs = [node for node in nodes.parents(session) if is_admin(viewer, node)]
        accounts = node_counts.accounts_by_node(session)
        found = {
            noun: node_counts.records_by_node(session, noun)
            for noun in (Noun.OUTCOME, Noun.NEED, Noun.MANAGER)
        }
    return {
        node: NodeCounts(
            accounts=accounts.get(node, 0),
            outcomes=found[Noun.OUTCOME].get(node, 0),
            needs=found[Noun.NEED].get(node, 0),
            managers=found[Noun.MANAGER].get(node, 0),
        )
        for node in theirs
    }
