"""Files that are sent: larger than any other body, and read as strictly."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import request

MAX_UPLOAD = 200 * 1024 * 1024
"""Bytes of a body with a file."""

View = Callable[..., Any]


def takes_file(view: View) -> View:
    """A view whose body may have `MAX_UPLOAD` bytes. It stands above `input`."""

    @wraps(view)
    def larger(*args: Any, **kwargs: Any) -> Any:
        request.max_content_length = MAX_UPLOAD
        return view(*args, **kwargs)

    return larger
