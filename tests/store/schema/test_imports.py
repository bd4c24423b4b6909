"""The tables of imports."""

from datetime import UTC, datetime

import pytest

from matcher.errors import EditConflict
from matcher.store.imports import ImportRow, ImportRun

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
RUN = {
    "id": "I1",
    "noun": "need",
    "file": "needs.xlsx",
    "sha256": "0",
    "mapping": {},
    "started_at": NOON,
    "actor": "A1",
    "state": "started",
    "counts": {},
}
ROW = {"import_id": "I1", "row": 2, "action": "created", "problems": [], "original": {}}


def test_every_field_has_a_column(columns, fields_of):
    assert columns("import_run") == fields_of(ImportRun) | {"seq"}
    assert columns("import_row") == fields_of(ImportRow) | {"import_id"}


def test_two_imports_do_not_share_an_id(add):
    add("import_run", **RUN)
    with pytest.raises(EditConflict):
        add("import_run", **RUN)


def test_a_row_belongs_to_an_import_that_exists(add):
    with pytest.raises(EditConflict):
        add("import_row", **ROW)


def test_a_row_of_a_file_is_told_of_once(add):
    add("import_run", **RUN)
    add("import_row", **ROW)
    with pytest.raises(EditConflict):
        add("import_row", **ROW)
