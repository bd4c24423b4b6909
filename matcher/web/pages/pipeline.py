"""Pipeline: the follow-ups of a manager, or of an admin's nodes, as a board and as a table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from io import BytesIO
from urllib.parse import parse_qsl, urlsplit

from flask import Response, make_response, request, send_file, url_for
from werkzeug.datastructures import MultiDict

from matcher.actions.cards import cards
from matcher.actions.followup_bulk import BulkResult, hold_many, postpone_many
from matcher.actions.pipeline import EVERYTHING, board, pipeline_page
from matcher.actions.pipeline import pipeline as pipeline_lines
from matcher.actions.pipeline_lines import Line
from matcher.actions.pipeline_sheet import exported, write_pipeline
from matcher.actions.pipeline_wish import Attention, Order
from matcher.domain.enums import FollowUpState, Noun, Role
from matcher.domain.phase import STATES
from matcher.errors import InvalidValue, UsageError
from matcher.web.addresses import own_path
from matcher.web.calendar_file import MIMETYPE, calendar_file
from matcher.web.context import platform, viewer
from matcher.web.contract_form import day_of
from matcher.web.page import account, gone, is_partial, page, page_part, say
from matcher.web.pages.followup import followup
from matcher.web.pages.moving import moving
from matcher.web.pipeline_address import address_of, number_of, sorted_by, wish_of
from matcher.web.pipeline_card import PipelineCard, pipeline_card
from matcher.web.shortcut_days import shortcut_days
from matcher.web.typed import NOTHING_TYPED, Typed
from matcher.web.typed_again import typed_again

TABLE = "table"
MANY = "many"
"""The form that changes many."""
SIZE = 50
ON_BOARD = 40
"""Cards of a phase; the others are in the table."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LONGEST_PICK = 300

pipeline = page_part("pipeline", Role.MANAGER, Role.ADMIN)
pipeline.register_blueprint(moving)
pipeline.register_blueprint(followup)


@pipeline.get("/pipeline")
def show() -> Response:
    """The board; with `view=table` the table."""
    return _table(request.args) if request.args.get("view") == TABLE else _board()


@pipeline.post("/pipeline")
def change_many() -> Response:
    """Put those that were ticked on hold, or give them another day."""
    back = own_path(request.form.get("next", ""))
    try:
        found = _changed()
    except (InvalidValue, UsageError) as error:
        # The table again, with what was ticked and chosen.
        typed = typed_again(MANY, request.form, error, say())
        return _table(MultiDict(parse_qsl(urlsplit(back).query)), typed)
    if not found.refused:
        mark = "&" if "?" in back else "?"
        return gone(f"{back}{mark}done={len(found.done)}")
    titles = {line.outline.id: line for line in _all() if line.outline.id in dict(found.refused)}
    return page("pages/pipeline_refused.html", found=found, titles=titles, back=back)


def _changed() -> BulkResult:
    """Raises InvalidValue, UsageError where nothing was changed."""
    picked = [_picked(one) for one in request.form.getlist("pick")]
    if not picked:
        raise UsageError("Nothing is ticked.", field="pick", hint="Tick some rows.")
    day, hold = day_of(request.form.get("day", ""), "day"), request.form.get("do") == "hold"
    if day is None:
        raise InvalidValue("No day was chosen.", field="day", hint="Choose one.")
    if hold and day < platform().today():
        hint = "Name a day that is still to come."
        raise InvalidValue(f"{day} is past.", field="day", hint=hint)
    return (hold_many if hold else postpone_many)(platform(), viewer(), picked, day)


@pipeline.get("/pipeline.xlsx")
def sheet() -> Response:
    """What the table holds, all its pages, as a file for Excel."""
    stream = BytesIO()
    write_pipeline(platform(), viewer(), wish_of(request.args), stream, say().language)
    stream.seek(0)
    name = f"{say()('跟进', 'pipeline')}-{platform().today().isoformat()}.xlsx"
    return send_file(stream, mimetype=XLSX, as_attachment=True, download_name=name, max_age=0)


@pipeline.get("/pipeline.ics")
def calendar() -> Response:
    """The days by which something is to be done, as a file for calendars."""
    found = exported(platform(), viewer(), wish_of(request.args), say().language)
    shown = _cards(line for line in found if line.outline.due is not None)
    told = calendar_file(shown, _address, platform().now(), say())
    response = make_response(told)
    response.headers["Content-Type"] = f"{MIMETYPE}; charset=utf-8"
    response.headers["Content-Disposition"] = 'attachment; filename="pipeline.ics"'
    return response


def _board() -> Response:
    wish = wish_of(request.args)
    columns = board(platform(), viewer(), wish, ON_BOARD, say().language)
    shown = _cards(line for column in columns for line in column.lines)
    return page(
        "pages/pipeline_board.html" if is_partial() else "pages/pipeline.html",
        columns=columns,
        cards={card.id: card for card in shown},
        late=sum(column.late for column in columns),
        wish=wish,
        states=STATES,
        address=address_of(wish),
        attentions=tuple(Attention),
        several=_sees_several(),
    )


def _table(args: MultiDict[str, str], typed: Typed = NOTHING_TYPED) -> Response:
    wish = wish_of(args)
    found = pipeline_page(platform(), viewer(), wish, number_of(args), SIZE, say().language)
    done = request.args.get("done", type=int)
    return page(
        "pages/pipeline_table.html",
        typed.status,
        typed=typed,
        ticked={one.partition(" ")[2] for one in request.form.getlist("pick")},
        found=found,
        cards=_cards(found.lines),
        wish=wish,
        phases=STATES,
        held=FollowUpState.ON_HOLD,
        attentions=tuple(Attention),
        orders={order.value: order for order in Order},
        sorted={order.value: address_of(sorted_by(wish, order)) for order in Order},
        address=address_of(wish),
        several=_sees_several(),
        aside=address_of(replace(wish, aside=not wish.aside)),
        done=done if done and done > 0 else 0,
        shortcuts=shortcut_days(platform().today(), say()),
    )


def _cards(lines: Iterable[Line]) -> tuple[PipelineCard, ...]:
    found = tuple(lines)
    language = say().language
    needs, outcomes = (
        cards(platform(), viewer(), noun, (getattr(x.outline, noun) for x in found), language)
        for noun in (Noun.NEED, Noun.OUTCOME)
    )
    today = platform().today()
    return tuple(pipeline_card(line, needs, outcomes, say(), today) for line in found)


def _all() -> tuple[Line, ...]:
    return pipeline_lines(platform(), viewer(), EVERYTHING, say().language)


def _sees_several() -> bool:
    """Whether there may be follow-ups of more than one manager."""
    return Role.ADMIN in account().roles


def _address(id: str) -> str:
    return url_for("page.pipeline.followup.show", id=id, _external=True)


def _picked(text: str) -> tuple[str, int]:
    """A box that was ticked: version and id. Raises InvalidValue."""
    version, _, id_ = text.partition(" ")
    if not version.isdecimal() or len(version) > 9 or not id_ or len(id_) > _LONGEST_PICK:
        hint = "Load the page anew and choose again."
        raise InvalidValue("This is no follow-up of the list.", field="pick", hint=hint)
    return id_, int(version)
