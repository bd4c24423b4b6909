"""Figures of a node, for its admins."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from matcher.actions.exposure import exposure as who_was_shown
from matcher.actions.quality import quality as how_it_goes
from matcher.web.context import platform, viewer
from matcher.web.model_shown import exposure_shown, quality_shown
from matcher.web.models.exposure import ExposureShown, FiguresParams, QualityShown
from matcher.web.part import part
from matcher.web.seen import problems

exposure = part("exposure", "Figures")

_THERE = problems(HTTPStatus.NOT_FOUND)


@exposure.get("/quality")
@exposure.input(FiguresParams, location="query", arg_name="params")
@exposure.output(QualityShown)
@exposure.doc(operation_id="quality", responses=_THERE)
def quality(params: FiguresParams) -> dict[str, Any]:
    """How far proposals come, how long that takes, and what lies idle"""
    return quality_shown(how_it_goes(platform(), viewer(), params.node, params.days))


@exposure.get("/exposure")
@exposure.input(FiguresParams, location="query", arg_name="params")
@exposure.output(ExposureShown)
@exposure.doc(operation_id="exposure", responses=_THERE)
def shown(params: FiguresParams) -> dict[str, Any]:
    """How evenly managers, outcomes and needs go round in lists"""
    return exposure_shown(who_was_shown(platform(), viewer(), params.node, params.days))
