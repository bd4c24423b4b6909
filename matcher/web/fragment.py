"""Parts of pages with addresses of their own, for the scripts that fetch them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode

from flask import Response, request, url_for

from matcher.web.page import gone, is_partial

View = Callable[[], Response]
_STAMP = "seen"
"""What the page that asks shows already; to a whole page it says nothing."""


def fragment_of(endpoint: str) -> Callable[[View], View]:
    """A view that gives a part of the page at `endpoint`; who opens it bare is led to the page."""

    def decorated(view: View) -> View:
        @wraps(view)
        def part() -> Response:
            if is_partial():
                return view()
            wanted = urlencode([one for one in request.args.items() if one[0] != _STAMP])
            return gone(url_for(endpoint) + (f"?{wanted}" if wanted else ""))

        return part

    return decorated
