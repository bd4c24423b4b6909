"""The steps of the tour: on, back, no more, and from the beginning."""

from __future__ import annotations

from flask import Response, request, url_for

from matcher.actions.touring import begin_tour, end_tour, move_on
from matcher.domain.tour import Tour
from matcher.errors import InvalidValue
from matcher.web.addresses import own_path
from matcher.web.context import platform, viewer
from matcher.web.page import account, gone, page_part
from matcher.web.tour import stops_for

touring = page_part("touring")


@touring.post("/tour")
def step() -> Response:
    """Do what the button says, and go to the page of the next stop, or stay after the last."""
    stops = stops_for(account().roles)
    tour = _stepped(request.form.get("way", ""), len(stops))
    if tour.over:
        return gone(own_path(request.form.get("next", "")))
    return gone(url_for(f"page.{stops[tour.step].endpoint}"))


def _stepped(way: str, stops: int) -> Tour:
    if way == "end":
        return end_tour(platform(), viewer())
    if way == "begin":
        return begin_tour(platform(), viewer())
    if way in ("on", "back"):
        return move_on(platform(), viewer(), 1 if way == "on" else -1, stops)
    raise InvalidValue("A tour goes on, back, ends or begins.", field="way")
