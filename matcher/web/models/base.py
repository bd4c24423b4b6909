"""What all models have in common."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Body(BaseModel):
    """The JSON body of a request: no field but those named, no value of another type."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, str_max_length=100_000)


class Params(BaseModel):
    """The query of a URL, whose values are texts: no parameter but those named."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_max_length=2_000)


class Shown(BaseModel):
    """The JSON of an answer."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _listed(value: Any) -> Any:
    return [one for one in value.split(",") if one] if isinstance(value, str) else value


Listed = BeforeValidator(_listed)
"""For a parameter with several values, written with commas."""


def _written_as_day(value: Any) -> Any:
    """A number would be taken for seconds since 1970."""
    if isinstance(value, str) and not _DAY.fullmatch(value):
        raise ValueError("should be a day such as 2026-11-22")
    return value


Day = Annotated[dt.date, BeforeValidator(_written_as_day)]
"""For a parameter that is a day."""

Limit = Annotated[int, Field(ge=1, le=50, description="How many at most.")]
