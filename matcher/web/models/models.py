"""Models: versions, what one says of itself, and two side by side."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from pydantic import Field

from matcher.actions.model_comparison import Part
from matcher.actions.ruling import Verdict
from matcher.bundle.catalogue import State
from matcher.bundle.remarks import LONGEST
from matcher.web.models.base import Body, Shown
from matcher.web.models.worklist import LONGEST_ID

Reason = Annotated[
    str, Field(max_length=LONGEST, description="Why, where the gate speaks against it.")
]


class TrainingBody(Body):
    """A training. publish: make the model current, unless it is worse than what is; `why` says
    that it is to be, all the same. fresh: don't go on with what was interrupted."""

    publish: bool = True
    fresh: bool = False
    seed: Annotated[int, Field(ge=0, le=2**31 - 1)] = 0
    why: Reason = ""


class PublishBody(Body):
    """Make it current; one that is worse than what is current needs a reason."""

    why: Reason = ""


class RollbackBody(Body):
    """To which version; without one to what was current before."""

    version: Annotated[str, Field(max_length=LONGEST_ID)] = ""


class VersionShown(Shown):
    """A version in the list. What a broken one holds is null."""

    version: str
    state: State
    bytes: int
    created_at: dt.datetime | None
    parent: str | None
    records: int | None
    seq: Annotated[int | None, Field(description="The last change of the data that is in it.")]


class ModelsShown(Shown):
    """All versions, the newest first."""

    items: list[VersionShown]


class MeasuredShown(Shown):
    """A metric with its 95 % interval, null where none was measured."""

    value: float
    low: float | None
    high: float | None


class GateShown(Shown):
    """What the gate said: how it compares with the model that was current then.

    difference: nDCG@10, this one minus that one, on the same queries; null where it couldn't be
    compared.
    """

    verdict: Verdict
    against: str | None
    why: str
    difference: MeasuredShown | None
    p: float | None
    queries: int | None


class ForcedShown(Shown):
    """Why it was published against the gate, by which account and when."""

    why: str
    by: str
    at: dt.datetime


class ModelShown(Shown):
    """What a model says of itself. counts: records of each noun."""

    version: str
    state: State
    bytes: int
    created_at: dt.datetime
    parent: str | None
    seq: int
    counts: dict[str, int]
    metrics: dict[str, MeasuredShown]
    gate: GateShown
    forced: ForcedShown | None
    encoder: str
    dictionary: str
    product: str
    libraries: dict[str, str]
    recipe: dict[str, Any]
    golden_queries: int
    files: int


class LineShown(Shown):
    """A line of a comparison; what a model doesn't have is null."""

    part: Part
    name: str
    first: Any
    second: Any
    differs: bool


class ComparisonShown(Shown):
    """Two models side by side. Their metrics were measured on different days."""

    first: str
    second: str
    lines: list[LineShown]
