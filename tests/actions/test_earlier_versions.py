"""The version before an import, on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from matcher.actions.earlier_versions import Earlier, before_import
from matcher.actions.platform import Platform
from matcher.domain import Noun, Outcome
from matcher.store import records
from tests.actions.import_cases import NOW, opened


@pytest.fixture
def platform(database_url: str, tmp_path: Path) -> Iterator[Platform]:
    with opened(database_url, tmp_path) as platform:
        yield platform


def test_it_is_the_last_before_the_first_that_the_import_wrote(platform: Platform) -> None:
    versions = (
        {"a": "1", "b": "1", "c": "1"},
        {"a": "2", "b": "2"},
        {"a": "3"},
    )
    with platform.database.writing() as session:
        for number, titles in enumerate(versions):
            found = [Outcome(id=id_, title=title) for id_, title in titles.items()]
            told = {"actor": "x", "at": NOW, "import_id": f"i{number}"}
            records.put(session, Noun.OUTCOME, found, **told)
        records.delete(session, Noun.OUTCOME, ["b"], actor="x", at=NOW)
        records.put(session, Noun.OUTCOME, [Outcome(id="b")], actor="x", at=NOW, import_id="i9")
        records.put(session, Noun.OUTCOME, [Outcome(id="a")], actor="x", at=NOW, import_id="i1")
        found = before_import(session, Noun.OUTCOME, "i1", ["a", "c"])
        assert found == {
            "a": Earlier(Outcome(id="a", title="1"), False, "i0"),
        }
        found = before_import(session, Noun.OUTCOME, "i9", ["b"])
        assert found == {"b": Earlier(Outcome(id="b", title="2"), True, "")}
        assert before_import(session, Noun.OUTCOME, "i0", ["c"]) == {}
        assert before_import(session, Noun.OUTCOME, "i0", []) == {}
