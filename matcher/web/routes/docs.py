"""The documentation of the API for people: a page made of its description, for anybody."""

from __future__ import annotations

from typing import Any, cast

from apiflask import APIBlueprint, APIFlask
from flask import Response, current_app, make_response, render_template, request

from matcher.web.example import load_examples
from matcher.web.reference import MEANINGS, groups_of, shapes_of, worked

EXTENSION = "matcher-docs"
docs = APIBlueprint("docs", __name__, enable_openapi=False)


@docs.get("/docs")
def show() -> Response:
    """Every operation with its fields, its answers and an example. It works without scripts."""
    kept = current_app.extensions
    # Nothing of it depends on who asks, and making it takes a while.
    if EXTENSION not in kept:
        kept[EXTENSION] = _page(cast(APIFlask, current_app))
    return _conditional(kept[EXTENSION], "text/html")


@docs.get("/docs.css")
def style() -> Response:
    """How the page looks."""
    return _conditional(render_template("docs.css"), "text/css")


def _page(app: APIFlask) -> str:
    spec, examples = cast(dict[str, Any], app.spec), load_examples()
    return render_template(
        "docs.html",
        info=spec["info"],
        groups=groups_of(spec, examples),
        shapes=shapes_of(spec),
        meanings=MEANINGS,
        shown={name: worked(one) for name, one in examples.items()},
    )


def _conditional(text: str, mimetype: str) -> Response:
    """The text, unless the browser has it already."""
    response = make_response(text)
    response.mimetype = mimetype
    response.cache_control.no_cache = True
    response.add_etag()
    response.make_conditional(request)
    return response
