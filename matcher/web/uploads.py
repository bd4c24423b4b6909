"""Files that are sent: larger than any other body, and read as strictly, from admins alone."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import request

from matcher.actions.authority import require_some_admin
from matcher.web.context import viewer

MAX_UPLOAD = 200 * 1024 * 1024
"""Bytes of a body with a file."""

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

    return larger
