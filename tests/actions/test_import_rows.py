from __future__ import annotations

from dataclasses import replace

from matcher.actions.import_plan import Planned
from matcher.actions.import_report import Action, RowResult
from matcher.actions.import_rows import before, digest, kept_rows, wrote
from matcher.domain import Interaction, Outcome
from matcher.store.imports import RowAction

OLD = Interaction(id="i", need="n", outcome="o", weight=0.1)
NEW = replace(OLD, weight=0.2)


def test_the_store_knows_fewer_actions() -> None:
    planned = [Planned(RowResult(n, "x", action)) for n, action in enumerate(Action)]
    assert [row.action for row in kept_rows(planned)] == [
        *(RowAction.CREATED, RowAction.UPDATED, RowAction.UPDATED),
        *(RowAction.UNCHANGED, RowAction.UNCHANGED, RowAction.REFUSED),
    ]


def test_of_an_interaction_what_was_written_over_is_kept() -> None:
    updated, created = kept_rows(
        [
            Planned(RowResult(1, "i", Action.UPDATED), NEW, OLD),
            Planned(RowResult(2, "i", Action.CREATED), NEW),
        ]
    )
    assert (before(updated), before(created)) == (OLD, None)
    assert wrote(updated, NEW)
    assert not wrote(updated, OLD)


def test_records_with_versions_need_no_trace() -> None:
    (row,) = kept_rows([Planned(RowResult(1, "o", Action.CREATED), Outcome(id="o"))])
    assert row.problems == ()
    assert not wrote(row, Outcome(id="o"))


def test_a_digest_tells_contents_apart() -> None:
    assert digest(OLD) == digest(replace(OLD))
    assert digest(OLD) != digest(NEW)
