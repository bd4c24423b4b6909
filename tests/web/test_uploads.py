"""A body with a file may be larger than another, and has an end all the same."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask, request
from werkzeug.exceptions import RequestEntityTooLarge

from matcher.web.uploads import MAX_UPLOAD, takes_file

BODY = b"x" * 100


def sent(view: Callable[[], int], length: int = len(BODY)) -> int:
    """What a view answers to a body that says to be so long, where others have but ten bytes."""
    app = Flask("test")
    app.config["MAX_CONTENT_LENGTH"] = 10
    with app.test_request_context("/", method="POST", data=BODY):
        request.environ["CONTENT_LENGTH"] = str(length)
        return view()


def read() -> int:
    return len(request.get_data())


def test_a_file_may_be_larger_than_another_body() -> None:
    with pytest.raises(RequestEntityTooLarge):
        sent(read)
    assert sent(takes_file(read)) == len(BODY)


def test_a_file_that_is_too_large_is_not_read() -> None:
    with pytest.raises(RequestEntityTooLarge):
        sent(takes_file(read), MAX_UPLOAD + 1)
