"""A tiny pair of files, and the command run on them inside this process."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from matcher.cli.main import run

NEEDS = (
    {"id": "n1", "title": "石墨烯耐磨涂层", "text": "导轨需要石墨烯耐磨涂层"},
    {"id": "n2", "title": "Rice breeding", "text": "salt tolerant rice varieties"},
)
OUTCOMES = (
    {"id": "o1", "title": "Graphene coating", "text": "graphene wear resistant coating for rails"},
    {"id": "o2", "title": "耐盐水稻育种", "text": "耐盐水稻新品种选育"},
    {"id": "o3", "title": '=HYPERLINK("http://x","free")', "text": "graphene rice cooker coating"},
)


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run of the command left behind."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


def jsonl(path: Path, records: Iterable[Mapping[str, Any]]) -> Path:
    text = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def needs(tmp_path: Path) -> Path:
    return jsonl(tmp_path / "needs.jsonl", NEEDS)


@pytest.fixture
def outcomes(tmp_path: Path) -> Path:
    return jsonl(tmp_path / "outcomes.jsonl", OUTCOMES)


@pytest.fixture
def matcher(capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*arguments: object) -> Ran:
        capsys.readouterr()
        code = run([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        assert "Traceback" not in printed.err
        return Ran(code, printed.out, printed.err)

    return call
