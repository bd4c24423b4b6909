"""Accounts, tokens, nodes, imports, duplicates and jobs as the models of the API have them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from matcher import __version__
from matcher.actions.answer import title_of
from matcher.actions.import_runs import Shown, node_of, noun_of, problems_of
from matcher.actions.merging import Merged, Seen
from matcher.actions.nodes import Placed
from matcher.actions.tokens import Held
from matcher.domain.account import Account
from matcher.domain.enums import Language
from matcher.domain.job import Job
from matcher.domain.node import Node
from matcher.domain.visibility import Viewer
from matcher.store.imports import ImportRow, ImportRun
from matcher.store.stored import Stored

T = TypeVar("T")
_OF_ACCOUNT = (
    *("id", "login", "name", "roles", "node", "organisation", "manager", "language", "active"),
    "email",
)
_OF_TOKEN = ("id", "name", "created_at", "expires_at", "last_used_at", "revoked_at")
_OF_NODE = ("id", "name", "name_en", "kind", "parent")
_OF_IMPORT = ("id", "file", "state", "started_at", "finished_at")
_OF_PROBLEM = ("code", "message", "column", "field", "hint")
_OF_MERGE = ("id", "noun", "state", "score", "created_at", "decided_at", "decided_by")
_OF_JOB = (
    *("id", "kind", "state", "account", "role", "node", "arguments", "made_at", "run_at"),
    *("started_at", "ended_at", "attempts", "doing", "done", "total", "cancelling"),
    *("can_cancel", "can_retry", "result", "error"),
)


def listed(
    rows: Iterable[T], shown: Callable[[T], dict[str, Any]], next_cursor: str | None
) -> dict[str, Any]:
    """A page of a list."""
    return {"items": [shown(one) for one in rows], "next_cursor": next_cursor}


def account_shown(account: Account) -> dict[str, Any]:
    """The account as AccountShown takes it."""
    return _named(account, _OF_ACCOUNT)


def me_shown(account: Account, viewer: Viewer) -> dict[str, Any]:
    """The viewer's account as MeShown takes it."""
    acting = viewer.account.roles if viewer.account else ()
    return {**account_shown(account), "acting_as": acting, "product_version": __version__}


def token_shown(held: Held) -> dict[str, Any]:
    """The token as TokenShown takes it, without its secret."""
    return {"login": held.login, "role": held.token.scope, **_named(held.token, _OF_TOKEN)}


def node_shown(node: Node) -> dict[str, Any]:
    """The node as NodeShown takes it."""
    return _named(node, _OF_NODE)


def placed_shown(placed: Placed) -> dict[str, Any]:
    """The node as PlacedNode takes it."""
    return {**node_shown(placed.node), "depth": placed.depth}


def import_shown(run: ImportRun) -> dict[str, Any]:
    """The import as ImportListed takes it."""
    return {
        **_named(run, _OF_IMPORT),
        "noun": noun_of(run),
        "source": run.namespace,
        "node": node_of(run),
        "by": run.actor,
        "counts": dict(run.counts),
    }


def whole_import_shown(found: Shown, next_cursor: str | None) -> dict[str, Any]:
    """The import as ImportWhole takes it."""
    run = found.run
    columns: Mapping[str, Any] = run.mapping.get("columns", {})
    return {
        **import_shown(run),
        "sha256": run.sha256,
        "columns": dict(columns),
        "rows": [_row(row) for row in found.rows],
        "next_cursor": next_cursor,
    }


def _row(row: ImportRow) -> dict[str, Any]:
    return {
        "row": row.row,
        "id": row.record_id,
        "action": row.action,
        "problems": [{name: one.get(name) for name in _OF_PROBLEM} for one in problems_of(row)],
        "original": dict(row.original),
    }


def duplicate_shown(seen: Seen, language: Language) -> dict[str, Any]:
    """The pair as DuplicateShown takes it."""
    return {
        **_named(seen.merge, _OF_MERGE),
        "why": dict(seen.merge.why),
        "kept": _end(seen.kept, language),
        "dropped": _end(seen.dropped, language),
    }


def merged_shown(merged: Merged, language: Language) -> dict[str, Any]:
    """The merge as MergedShown takes it."""
    return {
        "duplicate": duplicate_shown(merged.seen, language),
        "clashing": [list(group) for group in merged.clashing],
    }


def _end(stored: Stored[Any], language: Language) -> dict[str, Any]:
    record = stored.record
    title = title_of(record, language)
    return {"id": record.id, "title": title, "node": record.node, "version": stored.version}


def job_shown(job: Job) -> dict[str, Any]:
    """The job as JobShown takes it."""
    return _named(job, _OF_JOB)


def _named(thing: object, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(thing, name) for name in names}
