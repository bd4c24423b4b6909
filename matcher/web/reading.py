"""Requests read strictly into models, and every fault named."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, NoReturn

from apiflask.schema_adapters.pydantic import PydanticAdapter
from flask import Request
from pydantic import BaseModel, ValidationError

from matcher.web.models.base import Listed
from matcher.web.problem import FieldError, Problem

JSON = "application/json"
FORM = "multipart/form-data"
_EXACT = 2**53
"""Below it every whole number is a float of its own."""
_DEEPEST = 20
"""How far objects and lists may be nested; no body needs more than a few."""


class StrictAdapter(PydanticAdapter):
    """Reads bodies and queries for APIFlask; its own reads any content type and drops values."""

    def validate_input(self, request: Request, location: str, **kwargs: Any) -> BaseModel:
        """Raises Problem: 415 for another content type, 400 for no JSON, 422 for bad fields; and
        RequestEntityTooLarge."""
        if location == "json":
            return self._model(read_json(request), "body", strict=True)
        if location == "form_and_files":
            return self._model(_form(request), "body", strict=False)
        return self._model(_query(request, self._several()), "query", strict=False)

    def _several(self) -> frozenset[str]:
        """The parameters that take several values."""
        fields = self.model_class.model_fields
        return frozenset(name for name, each in fields.items() if Listed in each.metadata)

    def _model(self, given: Any, place: str, *, strict: bool) -> BaseModel:
        try:
            # As JSON, so that a strict model takes a date or an enum for its text.
            if strict:
                return self.model_class.model_validate_json(json.dumps(given))
            return self.model_class.model_validate(given)
        except ValidationError as error:
            raise invalid(error, place) from error


def invalid(error: ValidationError, place: str) -> Problem:
    """Every bad field with what is wrong with it."""
    faults = [
        FieldError((place, *map(str, one["loc"])), one["msg"])
        for one in error.errors(include_url=False, include_context=False, include_input=False)
    ]
    detail = "Some fields can't be used; see errors."
    return Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid-fields", detail, faults)


def read_json(request: Request) -> Any:
    """The body. Raises Problem for another content type, what is no JSON, or is nested too deep."""
    if request.mimetype != JSON:
        hint = f"Send it as {JSON}."
        raise Problem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "not-json", hint)
    try:
        found = json.loads(
            request.get_data(cache=False), parse_constant=_refuse_constant, parse_float=_number
        )
    except (ValueError, RecursionError) as error:
        raise _no_json("The body is not valid JSON.") from error
    _require_flat(found)
    _require_characters(found)
    return found


def _query(request: Request, several: frozenset[str]) -> dict[str, str]:
    """Each parameter once, of those of `several` values all of them, between commas.

    Raises Problem for another one that is repeated: which one was meant?
    """
    values = request.args.to_dict(flat=False)
    _require_once("query", {name: one for name, one in values.items() if name not in several})
    return {name: ",".join(given) for name, given in values.items()}


def _form(request: Request) -> dict[str, Any]:
    """The fields and files of a form, each once. Raises Problem."""
    if request.mimetype != FORM:
        hint = f"Send it as {FORM}."
        raise Problem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "not-a-form", hint)
    values: dict[str, list[Any]] = request.form.to_dict(flat=False)
    for name, files in request.files.to_dict(flat=False).items():
        values.setdefault(name, []).extend(files)
    _require_once("body", values)
    return {name: one for name, [one] in values.items()}


def _require_once(place: str, values: Mapping[str, Sequence[Any]]) -> None:
    repeated = [name for name, given in values.items() if len(given) > 1]
    if repeated:
        faults = [FieldError((place, name), "is given more than once") for name in repeated]
        detail = "Some fields take one value; see errors."
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid-fields", detail, faults)


def _require_flat(found: Any) -> None:
    level = [found]
    for _ in range(_DEEPEST):
        level = [inner for one in level for inner in _inside(one)]
    if level:
        raise _no_json(f"The body is nested more than {_DEEPEST} levels deep.")


def _require_characters(found: Any) -> None:
    """A lone half of a surrogate pair can be written in JSON, and stored nowhere."""
    try:
        json.dumps(found, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise _no_json("The body holds what is no character.") from error


def _inside(one: Any) -> list[Any]:
    if isinstance(one, dict):
        return list(one.values())
    return one if isinstance(one, list) else []


def _no_json(detail: str) -> Problem:
    return Problem(HTTPStatus.BAD_REQUEST, "not-json", detail)


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _number(text: str) -> float:
    """In JSON 3.0 is a whole number, too."""
    found = float(text)
    return int(found) if found.is_integer() and abs(found) < _EXACT else found
