"""What was measured, when and with what: as a table for readers and as JSON for programs."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from matcher.evaluate.comparison import in_words
from training.baseline import BM25
from training.evaluate import FUSION, Figure
from training.targets import NO_TARGET, Standing, Target, Targets, standing

LIBRARIES = (
    "tech-matcher",
    "numpy",
    "scipy",
    "scikit-learn",
    "faiss-cpu",
    "lightfm-next",
    "ir-measures",
    "pytrec-eval-terrier",
    "bm25s",
)
NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of one evaluation, and what a reader must know of them.

    `date`: ISO. `notes`: case → remark. `skipped`: a line for each set that wasn't there.
    """

    date: str
    versions: Mapping[str, str]
    figures: tuple[Figure, ...]
    targets: Targets
    notes: Mapping[str, str]
    skipped: tuple[str, ...] = ()

    def target(self, figure: Figure) -> Target:
        """What the figure is held against; a slice is held against nothing."""
        return NO_TARGET if figure.slice else self._targets(figure)

    def standing(self, figure: Figure) -> Standing:
        """How the fusion stands."""
        return standing(figure.fusion.mean, self.target(figure), figure.against)

    def _targets(self, figure: Figure) -> Target:
        return self.targets.get((figure.case, figure.metric), NO_TARGET)


def library_versions() -> dict[str, str]:
    """Python and the libraries that the figures depend on, those that are installed."""
    found = {name: _version(name) for name in LIBRARIES}
    return {"python": platform.python_version(), **{n: v for n, v in found.items() if v}}


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def as_json(report: Report) -> dict[str, Any]:
    """The report as plain values: every system of every figure with its interval."""
    return {
        "date": report.date,
        "versions": dict(report.versions),
        "figures": [_figure_as_json(report, figure) for figure in report.figures],
        "notes": dict(report.notes),
        "skipped": list(report.skipped),
    }


def _figure_as_json(report: Report, figure: Figure) -> dict[str, Any]:
    return {
        "case": figure.case,
        "slice": figure.slice or None,
        "metric": figure.metric,
        "systems": {system: asdict(found) for system, found in figure.systems.items()},
        "against_bm25": asdict(figure.against) if figure.against else None,
        **asdict(report.target(figure)),
        "met": report.standing(figure).name.lower(),
    }


def as_markdown(report: Report) -> str:
    """The table with date and versions above, comparisons, notes and what is missing below."""
    parts = (_heading(report), _table(report), _comparisons(report), _notes(report))
    return "\n\n".join(filter(None, parts))


def _heading(report: Report) -> str:
    versions = ", ".join(f"{name} {version}" for name, version in report.versions.items())
    return (
        f"Measured on {report.date} with {versions}. Means over queries; 95 % interval of the "
        "fusion by bootstrap over queries."
    )


def _table(report: Report) -> str:
    systems = _columns(report.figures)
    header = ["set", "metric", "queries", *systems, "95 %", "floor", "target", "met?"]
    rows = [_row(report, figure, systems) for figure in report.figures]
    rule = ["---" if place < 2 else "--:" for place in range(len(header))]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (header, rule, *rows))


def _columns(figures: tuple[Figure, ...]) -> list[str]:
    """The legs in the order in which they first appear, then the baseline and the fusion."""
    found = dict.fromkeys(system for figure in figures for system in figure.systems)
    legs = [system for system in found if system not in (BM25, FUSION)]
    return [*legs, *(last for last in (BM25, FUSION) if last in found)]


def _row(report: Report, figure: Figure, systems: list[str]) -> list[str]:
    target, fusion = report.target(figure), figure.fusion
    means = {system: found.mean for system, found in figure.systems.items()}
    return [
        figure.name,
        figure.metric,
        str(fusion.queries),
        *(_number(means.get(system)) for system in systems),
        f"[{fusion.low:.3f}, {fusion.high:.3f}]",
        target.as_good_as if target.as_good_as and target.floor is None else _number(target.floor),
        _number(target.target),
        report.standing(figure).value,
    ]


def _number(value: float | None) -> str:
    return NOTHING if value is None else f"{value:.3f}"


def _comparisons(report: Report) -> str:
    lines = [
        f"- {figure.name}, {figure.metric}: {in_words(figure.against)}"
        for figure in report.figures
        if figure.against
    ]
    return "\n".join([f"Fusion against {BM25}, paired:", "", *lines]) if lines else ""


def _notes(report: Report) -> str:
    lines = [f"- {case}: {note}" for case, note in report.notes.items() if note]
    missing = [f"- {line}" for line in report.skipped]
    return "\n".join(["Notes:", "", *lines, *missing]) if lines or missing else ""
