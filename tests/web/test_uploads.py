"""A body with a file may be larger than another, and has an end all the same."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask, g, request
from werkzeug.exceptions import RequestEntityTooLarge

from matcher.actions.signing_in import SignedIn
from matcher.domain.account import Account
from matcher.domain.enums import Role
from matcher.domain.visibility import Viewer, viewer_of
from matcher.errors import NotAllowed
from matcher.web.uploads import MAX_UPLOAD, admit_file, takes_file

BODY = b"x" * 100


def viewer(role: Role) -> Viewer:
    return viewer_of(Account(id="a", login="a", roles=(role,), node="n1"), {"n1": ""})


def sent(view: Callable[[], int], length: int = len(BODY), role: Role = Role.ADMIN) -> int:
    """What a view answers to a body that says to be so long, where others have but ten bytes."""
    app = Flask("test")
    app.config["MAX_CONTENT_LENGTH"] = 10
    with app.test_request_context("/", method="POST", data=BODY):
        request.environ["CONTENT_LENGTH"] = str(length)
        g.signed_in = SignedIn(viewer(role))
        return view()


def read() -> int:
    return len(request.get_data())


def test_a_file_may_be_larger_than_another_body() -> None:
    with pytest.raises(RequestEntityTooLarge):
        sent(read)
    assert sent(takes_file(read)) == len(BODY)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_of_who_is_no_admin_nothing_is_read(role: Role) -> None:
    with pytest.raises(NotAllowed):
        sent(takes_file(lambda: pytest.fail("it was read")), role=role)


def test_a_file_that_is_too_large_is_not_read() -> None:
    with pytest.raises(RequestEntityTooLarge):
        sent(takes_file(read), MAX_UPLOAD + 1)


@pytest.mark.parametrize(
    ("view", "role", "most"),
    [
        (takes_file(read), Role.ADMIN, MAX_UPLOAD),
        (takes_file(read), Role.ENTERPRISE, 10),
        (read, Role.ADMIN, 10),
    ],
)
def test_what_looks_into_a_body_before_its_view_may_read_as_much(
    view: Callable[[], int], role: Role, most: int
) -> None:
    app = Flask("test")
    app.config["MAX_CONTENT_LENGTH"] = 10
    app.add_url_rule("/", "read", view, methods=["POST"])
    with app.test_request_context("/", method="POST", data=BODY):
        g.signed_in = SignedIn(viewer(role))
        admit_file()
        assert request.max_content_length == most
