"""Files that are sent: larger than any other body, and read as strictly, from admins alone."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import current_app, request

from matcher.actions.authority import is_some_admin, require_some_admin
from matcher.web.context import viewer

MAX_UPLOAD = 200 * 1024 * 1024
"""Bytes of a body with a file."""

_TAKES = "takes_file"

View = Callable[..., Any]


def takes_file(view: View) -> View:
    """A view whose body may have `MAX_UPLOAD` bytes. It stands above `input`.

    It raises NotAllowed before any of the body is read, unless the viewer is an admin.
    """

    @wraps(view)
    def larger(*args: Any, **kwargs: Any) -> Any:
        require_some_admin(viewer())
        request.max_content_length = MAX_UPLOAD
        return view(*args, **kwargs)

    setattr(larger, _TAKES, True)
    return larger


def admit_file() -> None:
    """Let the body be as large as the view takes it, for what has to look into it before the view.

    To anybody but an admin nothing is allowed here that isn't elsewhere.
    """
    view = current_app.view_functions.get(request.endpoint or "")
    if hasattr(view, _TAKES) and is_some_admin(viewer()):
        request.max_content_length = MAX_UPLOAD
