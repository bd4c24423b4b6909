"""Errors as problem+json."""

from __future__ import annotations

import pytest
from werkzeug.exceptions import HTTPException, InternalServerError, MethodNotAllowed, NotFound

from matcher import errors
from matcher.errors import InputError, MatcherError, MissingData, UsageError
from matcher.web.problem import FieldError, Problem, from_http, from_matcher, respond


def test_an_answer_has_every_member_of_a_problem() -> None:
    fault = FieldError(("body", "k"), "太大")
    answer = respond(Problem(422, "invalid-fields", "No.", [fault]), "r1")
    assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")
    assert answer.get_json(force=True) == {
        "type": "urn:tech-matcher:problem:invalid-fields",
        "title": "Unprocessable Entity",
        "status": 422,
        "detail": "No.",
        "errors": [{"loc": ["body", "k"], "message": "太大"}],
        "request_id": "r1",
    }


def test_a_lone_surrogate_in_a_name_is_no_accident() -> None:
    fault = FieldError(("body", "\ud800"), "is not a known field")
    assert respond(Problem(422, "invalid-fields", "No.", [fault]), "r1").status_code == 422


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (UsageError("x"), 400),
        (errors.NotSignedIn("x"), 401),
        (errors.NotAllowed("x"), 403),
        (errors.NotFound("x"), 404),
        (errors.EditConflict("x"), 409),
        (errors.IllegalTransition("x"), 409),
        (InputError("x"), 422),
        (errors.InvalidValue("x"), 422),
        (MissingData("x"), 500),
        (errors.NoModel("x"), 503),
        (errors.BrokenBundle("x"), 503),
        (errors.EncoderUnavailable("x"), 503),
        (errors.StoreUnavailable("x"), 503),
        (errors.WrongSchema("x"), 503),
    ],
)
def test_an_error_of_the_product(error: MatcherError, status: int) -> None:
    problem = from_matcher(error)
    assert (problem.status, problem.code) == (status, error.code)


def test_what_the_caller_can_mend_is_told_in_full_and_the_rest_without_our_names() -> None:
    told = from_matcher(errors.NotFound("There is no need 'w'.", field="id", hint="Check the id."))
    assert told.detail == "field id: There is no need 'w'. Check the id."
    assert told.errors == (FieldError(("body", "id"), "There is no need 'w'."),)
    assert from_matcher(errors.UsageError("No.", field="k"), "query").errors[0].loc == (
        "query",
        "k",
    )
    lost = from_matcher(errors.EditConflict("Changed.", version=3))
    assert lost.errors == (FieldError(("body", "version"), "is 3 now"),)
    ours = from_matcher(errors.NoModel("None in /srv/models.", hint="Train one."))
    assert ours.detail == "No model has been published yet."


@pytest.mark.parametrize("error", [NotFound(), InternalServerError(), MethodNotAllowed(["PUT"])])
def test_an_error_of_the_framework(error: HTTPException) -> None:
    answer = from_http(error, "r1")
    body = answer.get_json(force=True)
    assert answer.status_code == body["status"] == error.code
    assert body["detail"]


def test_what_leads_on_is_kept() -> None:
    assert from_http(MethodNotAllowed(["PUT"]), "r1").headers["Allow"] == "PUT"


def test_who_may_come_back_soon_is_told_when() -> None:
    away = respond(from_matcher(errors.StoreUnavailable("x")), "r1")
    assert int(away.headers["Retry-After"]) > 0
    assert "Retry-After" not in respond(from_matcher(errors.NotFound("x")), "r1").headers
