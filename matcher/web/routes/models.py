"""Models: for admins of a root node, since everybody searches with them."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from flask.blueprints import BlueprintSetupState
from werkzeug.routing import BaseConverter

from matcher.actions.model_reading import compare, get_model, list_models
from matcher.domain.job import JobKind
from matcher.web.asking import asked
from matcher.web.context import platform, viewer
from matcher.web.idempotency import idempotent
from matcher.web.model_shown import line_shown, model_shown, version_shown
from matcher.web.models.jobs import JobShown
from matcher.web.models.models import (
    ComparisonShown,
    ModelShown,
    ModelsShown,
    PublishBody,
    RollbackBody,
    TrainingBody,
)
from matcher.web.openapi import IDEMPOTENT
from matcher.web.part import part
from matcher.web.seen import Answered, problems

models = part("models", "Models")

_ASKING = problems(HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT)
_MARKED = {IDEMPOTENT: True}


class Version(BaseConverter):
    """A version in a path; what else stands in its place has a path of its own."""

    regex = "(?!rollback$)[^/]+"
    part_isolating = True


@models.record_once
def _add_converter(state: BlueprintSetupState) -> None:
    state.app.url_map.converters["version"] = Version


@models.get("/models")
@models.output(ModelsShown)
@models.doc(operation_id="models")
def every() -> dict[str, Any]:
    """All models, the newest first"""
    return {"items": [version_shown(entry) for entry in list_models(platform(), viewer())]}


@models.get("/models/<version:version>")
@models.output(ModelShown)
@models.doc(operation_id="model")
def one(version: str) -> dict[str, Any]:
    """What a model says of itself

    With its metrics and their intervals, and what the gate said. `current` stands for the version
    that is current.
    """
    return model_shown(get_model(platform(), viewer(), version))


@models.get("/models/<version:version>/compare/<version:other>")
@models.output(ComparisonShown)
@models.doc(operation_id="compareModels")
def compared(version: str, other: str) -> dict[str, Any]:
    """Two models side by side"""
    lines = compare(platform(), viewer(), version, other)
    return {"first": version, "second": other, "lines": [line_shown(line) for line in lines]}


@models.post("/trainings")
@idempotent
@models.input(TrainingBody, arg_name="body")
@models.output(JobShown, status_code=202)
@models.doc(operation_id="train", responses=_ASKING, extensions=_MARKED)
def train(body: TrainingBody) -> Answered:
    """Train a model of what is in the store

    A worker does it; the answer is its job.
    """
    return asked(JobKind.TRAINING, body.model_dump())


@models.post("/models/<version:version>/publish")
@idempotent
@models.input(PublishBody, arg_name="body")
@models.output(JobShown, status_code=202)
@models.doc(operation_id="publishModel", responses=_ASKING, extensions=_MARKED)
def publish(version: str, body: PublishBody) -> Answered:
    """Make a model current, once it has proved itself"""
    there = get_model(platform(), viewer(), version).manifest.version
    return asked(JobKind.PUBLISH, {"version": there, "why": body.why})


@models.post("/models/rollback")
@idempotent
@models.input(RollbackBody, arg_name="body")
@models.output(JobShown, status_code=202)
@models.doc(operation_id="rollbackModel", responses=_ASKING, extensions=_MARKED)
def rollback(body: RollbackBody) -> Answered:
    """Go back to what was current before, or to a version"""
    if body.version:
        get_model(platform(), viewer(), body.version)
    return asked(JobKind.ROLLBACK, {"version": body.version})
