"""Models and figures as the models of the API have them."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from matcher.actions.exposure import Exposure
from matcher.actions.model_comparison import Compared
from matcher.actions.model_reading import Known
from matcher.actions.quality import Quality
from matcher.actions.ruling import Ruling
from matcher.bundle.catalogue import Entry
from matcher.evaluate.fairness import Spread

_OF_MANIFEST = (*("version", "created_at", "parent", "seq", "encoder", "dictionary", "product"),)
_OF_LISTED = ("created_at", "parent", "seq")


def version_shown(entry: Entry) -> dict[str, Any]:
    """The version as VersionShown takes it; what a broken one holds isn't known."""
    manifest = entry.manifest
    records = None if manifest is None else sum(manifest.counts.values())
    facts = {name: getattr(manifest, name, None) for name in _OF_LISTED}
    told = {"version": entry.version, "state": entry.state, "bytes": entry.bytes}
    return {**told, **facts, "records": records}


def model_shown(known: Known) -> dict[str, Any]:
    """The model as ModelShown takes it; files and golden queries are counted."""
    manifest = known.manifest
    return {
        **{name: getattr(manifest, name) for name in _OF_MANIFEST},
        "state": known.state,
        "bytes": known.bytes,
        "counts": dict(manifest.counts),
        "metrics": {name: asdict(found) for name, found in manifest.metrics.items()},
        "gate": gate_shown(known.ruling),
        "forced": asdict(known.remark) if known.remark else None,
        "libraries": dict(manifest.libraries),
        "recipe": dict(manifest.recipe),
        "golden_queries": len(manifest.golden),
        "files": len(manifest.files),
    }


def gate_shown(ruling: Ruling) -> dict[str, Any]:
    """What the gate said, as GateShown takes it."""
    found = ruling.comparison
    difference = found and {"value": found.difference, "low": found.low, "high": found.high}
    return {
        "verdict": ruling.verdict,
        "against": ruling.against,
        "why": ruling.why,
        "difference": difference,
        "p": found.p if found else None,
        "queries": found.queries if found else None,
    }


def line_shown(line: Compared) -> dict[str, Any]:
    """A line of a comparison as LineShown takes it."""
    return {**line._asdict(), "differs": line.differs}


def quality_shown(found: Quality) -> dict[str, Any]:
    """The figures as QualityShown takes them."""
    return {**asdict(found), "nodes": list(found.nodes)}


def exposure_shown(found: Exposure) -> dict[str, Any]:
    """The figures as ExposureShown takes them."""
    return {
        "nodes": list(found.nodes),
        "since": found.since,
        "parties": [
            {
                "noun": one.noun,
                "parties": one.parties,
                "shown": one.shown,
                "coverage": _measured(one.coverage),
                "gini": _measured(one.gini),
            }
            for one in found.parties
        ],
    }


def _measured(spread: Spread | None) -> dict[str, Any] | None:
    if spread is None:
        return None
    return {"value": spread.value, "low": spread.low, "high": spread.high}
