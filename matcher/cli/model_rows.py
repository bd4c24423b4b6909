"""Models as rows and facts to be printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from matcher.actions.model_comparison import Compared, HeldOut, Part
from matcher.bundle.catalogue import Entry
from matcher.bundle.manifest import Manifest
from matcher.bundle.remarks import Remark
from matcher.cli.tables import shown
from matcher.evaluate.comparison import Verdict, in_words

_MARK = "*"


def entry_row(entry: Entry) -> dict[str, Any]:
    """A version in a list; one that is broken says why instead of what is in it."""
    row: dict[str, Any] = {"version": entry.version, "state": entry.state.value}
    if (manifest := entry.manifest) is not None:
        row["created_at"] = manifest.created_at.isoformat(timespec="seconds")
        row["records"] = sum(manifest.counts.values())
        row["seq"] = manifest.seq
    row |= {"bytes": entry.bytes, "size": f"{entry.bytes / 1e6:.1f} MB"}
    return {**row, "problem": entry.problem or None}


def facts_of(manifest: Manifest) -> dict[str, Any]:
    """What a model says of itself, as plain values; files and golden queries are counted."""
    return {
        "version": manifest.version,
        "created_at": manifest.created_at.isoformat(timespec="seconds"),
        "seq": manifest.seq,
        "counts": dict(manifest.counts),
        "metrics": {name: asdict(found) for name, found in manifest.metrics.items()},
        "encoder": manifest.encoder,
        "dictionary": manifest.dictionary,
        "parent": manifest.parent,
        "product": manifest.product,
        "libraries": dict(manifest.libraries),
        "platform": dict(manifest.platform),
        "recipe": manifest.recipe,
        "golden_queries": len(manifest.golden),
        "files": len(manifest.files),
        "bytes": sum(found.bytes for found in manifest.files.values()),
    }


def remarked(remark: Remark | None) -> dict[str, Any]:
    """Why it was published against the gate, where it was."""
    if remark is None:
        return {}
    at = remark.at.isoformat(timespec="seconds")
    return {"forced": {"why": remark.why, "by": remark.by, "at": at}}


def differences_of(found: HeldOut) -> list[dict[str, Any]]:
    """First minus second on the same questions, a row for each metric."""
    return [
        {
            "part": "held_out",
            "name": name,
            "verdict": one.verdict.value,
            **asdict(one),
            "words": f"the first is {in_words(one)}"
            if one.verdict is not Verdict.UNDECIDED
            else in_words(one),
        }
        for name, one in found.differences.items()
    ]


def readable(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The same for people, on a line each; the recipe has a file of its own."""
    told = {name: value for name, value in facts.items() if name != "recipe"}
    told["metrics"] = {name: value_of(found) for name, found in facts["metrics"].items()}
    return {name: _listed(value) for name, value in told.items()}


def side_by_side(line: Compared) -> dict[str, str]:
    """A line of a comparison; the column without a name marks a difference."""
    return {
        "": _MARK if line.differs else "",
        "part": line.part.value,
        "name": line.name,
        "first": _told(line.part, line.first),
        "second": _told(line.part, line.second),
    }


def value_of(measured: Mapping[str, float | None]) -> str:
    """A metric with its interval, where one was measured."""
    low, high = measured["low"], measured["high"]
    interval = "" if low is None or high is None else f" [{low:.4f}, {high:.4f}]"
    return f"{measured['value']:.4f}{interval}"


def _told(part: Part, value: Any) -> str:
    return value_of(value) if part is Part.METRICS and value is not None else shown(value)


def _listed(value: Any) -> Any:
    if isinstance(value, Mapping):
        return [f"{name} {shown(one)}" for name, one in value.items()]
    return value
