"""Small files as people really hand them in, made where a test can read how."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from openpyxl import Workbook

from matcher.domain.enums import Noun
from matcher.files.draft import Draft
from matcher.files.mapping import Column, ColumnMap
from matcher.files.vocabulary import PLAIN, Unit, Vocabulary
from matcher.files.vocabulary_file import load_vocabulary
from matcher.resources import data_path

settings.register_profile("files", settings(), deadline=None, max_examples=60)
settings.load_profile("files")

Sheets = Mapping[str, Sequence[Sequence[Any]]]


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return load_vocabulary(data_path("mappings", "default.toml"))


@pytest.fixture
def draft() -> Callable[..., Draft]:
    """A row with these cells, each in a column of its field's name; `units` by field."""

    def make(units: Mapping[str, Unit] | None = None, **values: Any) -> Draft:
        fields = {
            name: (Column(place, f"col {name}", (units or {}).get(name, PLAIN)),)
            for place, name in enumerate(values)
        }
        return Draft(2, values, ColumnMap(Noun.NEED, fields, ()))

    return make


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write text (UTF-8 unless told otherwise) or bytes under a name; .gz is compressed."""

    def make(name: str, content: str | bytes, encoding: str = "utf-8") -> Path:
        data = content.encode(encoding) if isinstance(content, str) else content
        path = tmp_path / name
        path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
        return path

    return make


@pytest.fixture
def jsonl(write: Callable[..., Path]) -> Callable[..., Path]:
    """Write objects as lines of JSON."""

    def make(*records: Any, name: str = "records.jsonl") -> Path:
        return write(name, "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records))

    return make


@pytest.fixture
def workbook(tmp_path: Path) -> Callable[..., Path]:
    """Write sheets of rows as an .xlsx; `merged` cells and `hidden` sheets by name."""

    def make(
        sheets: Sheets, name: str = "book.xlsx", merged: Sequence[str] = (), hidden: str = ""
    ) -> Path:
        book = Workbook()
        book.remove(book.active)
        for title, rows in sheets.items():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(list(row))
            for cells in merged:
                sheet.merge_cells(cells)
            sheet.sheet_state = "hidden" if title == hidden else "visible"
        book.save(tmp_path / name)
        return tmp_path / name

    return make
