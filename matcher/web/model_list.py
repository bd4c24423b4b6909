"""The versions of the model as a page lists them, each beside the one that is current."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from matcher.actions.ruling import Ruling, comparison_in
from matcher.bundle.catalogue import Entry, State
from matcher.bundle.manifest import Manifest, Measured
from matcher.web.gate_words import GateWords, gate_words
from matcher.web.say import Say
from matcher.web.whisker import Axis, Whisker, axis_of

PRIMARY = "need>outcome.nDCG@10"
"""The figure that models are told apart by: how good the first ten outcomes of a need are."""
_STATES = {
    State.CURRENT: ("使用中", "in use"),
    State.PREVIOUS: ("上一个", "the one before"),
    State.KEPT: ("保留", "kept"),
    State.BROKEN: ("已损坏", "damaged"),
}


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version. metric: the primary figure, None where it wasn't measured; records: by noun, in
    words; problem: why it can't be used, "" where it can."""

    version: str
    state: State
    state_name: str
    made_at: datetime | None
    records: int
    counts: str
    megabytes: float
    metric: Whisker | None
    gate: GateWords | None
    problem: str

    @property
    def can_publish(self) -> bool:
        """Whether it is another one than that in use, and whole."""
        return self.state in (State.KEPT, State.PREVIOUS)


@dataclass(frozen=True, slots=True)
class ModelList:
    """The newest first. now: where the figure of the current one stands, None without one."""

    rows: tuple[VersionRow, ...]
    axis: Axis | None
    now: float | None

    @property
    def current(self) -> VersionRow | None:
        """The one in use."""
        return next((row for row in self.rows if row.state is State.CURRENT), None)

    @property
    def previous(self) -> VersionRow | None:
        """Where one goes back to."""
        return next((row for row in self.rows if row.state is State.PREVIOUS), None)


def model_list(entries: Sequence[Entry], say: Say) -> ModelList:
    """What `list_models` found, for a page."""
    measured = [found for entry in entries if (found := primary(entry.manifest)) is not None]
    axis = axis_of(measured)
    rows = tuple(version_row(entry, axis, say) for entry in entries)
    now = next((row.metric.at for row in rows if row.state is State.CURRENT and row.metric), None)
    return ModelList(rows, axis, now)


def version_row(entry: Entry, axis: Axis | None, say: Say) -> VersionRow:
    """One of them."""
    manifest, found = entry.manifest, primary(entry.manifest)
    return VersionRow(
        version=entry.version,
        state=entry.state,
        state_name=say(*_STATES[entry.state]),
        made_at=manifest.created_at if manifest else None,
        records=sum(manifest.counts.values()) if manifest else 0,
        counts=_counts(manifest, say) if manifest else "",
        megabytes=entry.bytes / 1e6,
        metric=axis.whisker(found) if axis and found else None,
        gate=gate_of(manifest, say) if manifest else None,
        problem=entry.problem,
    )


def primary(manifest: Manifest | None) -> Measured | None:
    """The figure by which models are told apart."""
    return manifest.metrics.get(PRIMARY) if manifest else None


def gate_of(manifest: Manifest, say: Say) -> GateWords:
    """What the gate said when it was made."""
    found = comparison_in(manifest)
    return gate_words(Ruling(against=manifest.parent, why="", comparison=found), say)


def _counts(manifest: Manifest, say: Say) -> str:
    names = {
        "outcome": ("成果 {n}", "{n} outcomes"),
        "need": ("需求 {n}", "{n} needs"),
        "manager": ("经理人 {n}", "{n} managers"),
    }
    told = (
        say(*name, n=say.number(manifest.counts[noun]))
        for noun, name in names.items()
        if noun in manifest.counts
    )
    return " · ".join(told)
