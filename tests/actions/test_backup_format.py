"""What may be in a backup, and what is said of anything else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from matcher.actions.backup_format import (
    CONTENTS,
    DATABASE,
    LEDGER,
    SETTINGS,
    Contents,
    model_name,
    model_part,
    read_contents,
    require_safe_names,
)
from matcher.bundle.document import render
from matcher.bundle.manifest import FileFacts
from matcher.errors import UnreadableFile, WrongSchema

FILE = Path("b.zip")
VERSION = "0003-1f2e3d4c"
FACTS = FileFacts(3, "ab" * 32)
OF_MODEL = model_name(VERSION, "text/space.json")
CONTENT = Contents(
    product="0.1.0",
    created_at=datetime(2026, 3, 1, tzinfo=UTC),
    schema="0001",
    rows={"need": 3},
    current=VERSION,
    history=(),
    files={DATABASE: FACTS, OF_MODEL: FACTS},
)
NAMES = (DATABASE, OF_MODEL, CONTENTS)


def test_contents_come_back(tmp_path: Path) -> None:
    assert read_contents(FILE, render(CONTENT), NAMES) == CONTENT
    assert CONTENT.models() == (VERSION,)
    assert model_part(OF_MODEL) == (VERSION, "text/space.json")
    assert model_part(DATABASE) is None


def test_the_names_of_a_backup_are_safe() -> None:
    require_safe_names(FILE, (*NAMES, SETTINGS, LEDGER, model_name(VERSION, "manifest.json")))


@pytest.mark.parametrize(
    "name",
    [
        "../matcher.db",
        "/etc/passwd",
        f"models/{VERSION}/../../matcher.db",
        f"models/{VERSION}/",
        f"models/{VERSION}//x",
        "models/../x",
        "models\\0003-1f2e3d4c\\x",
        "models/current.json",
        "matcher.db",
        "",
        DATABASE,
    ],
)
def test_other_names_are_refused(name: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        require_safe_names(FILE, (DATABASE, name))
    assert refused.value.where == {"file": "b.zip"}


def test_a_newer_format_is_refused() -> None:
    with pytest.raises(WrongSchema, match="newer version: format 2") as refused:
        read_contents(FILE, render(replace(CONTENT, format=2)), NAMES)
    assert "train" not in str(refused.value).lower()


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b"\xff", render(CONTENT)[:-20]])
def test_contents_that_are_none(content: bytes) -> None:
    with pytest.raises(UnreadableFile):
        read_contents(FILE, content, NAMES)


def test_what_is_listed_is_there_and_nothing_else() -> None:
    with pytest.raises(UnreadableFile, match=f"lacks {OF_MODEL}"):
        read_contents(FILE, render(CONTENT), (DATABASE, CONTENTS))
    with pytest.raises(UnreadableFile, match=f"holds {SETTINGS}, which it doesn't list"):
        read_contents(FILE, render(CONTENT), (*NAMES, SETTINGS))


def test_a_backup_has_a_database_and_the_model_it_calls_current() -> None:
    without = replace(CONTENT, files={OF_MODEL: FACTS})
    with pytest.raises(UnreadableFile, match=f"lacks {DATABASE}"):
        read_contents(FILE, render(without), (OF_MODEL, CONTENTS))
    other = replace(CONTENT, current="0004-1f2e3d4c")
    with pytest.raises(UnreadableFile, match="lacks the model"):
        read_contents(FILE, render(other), NAMES)
