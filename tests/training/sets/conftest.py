"""Small sets as files."""

import gzip
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def lines(tmp_path: Path) -> Callable[[str, Iterable[str]], Path]:
    """Writes a file of lines below the set's folder, gzipped if its name says so."""

    def write(name: str, rows: Iterable[str]) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with (gzip.open if name.endswith(".gz") else open)(path, "wt", encoding="utf-8") as stream:
            stream.writelines(f"{row}\n" for row in rows)
        return path

    return write


@pytest.fixture
def objects(lines: Callable[[str, Iterable[str]], Path]) -> Callable[..., Path]:
    """Writes a file of JSON lines, of one object an argument."""

    def write(name: str, *rows: dict[str, Any]) -> Path:
        return lines(name, (json.dumps(row, ensure_ascii=False) for row in rows))

    return write


@pytest.fixture
def qrels(lines: Callable[[str, Iterable[str]], Path]) -> Callable[..., Path]:
    """Writes judgements, each as "query document" or "query document grade"."""

    def write(name: str, *rows: str) -> Path:
        cells = [[*row.split(), "1"][:3] for row in rows]
        return lines(name, ["query_id\tdoc_id\tgrade", *("\t".join(row) for row in cells)])

    return write
