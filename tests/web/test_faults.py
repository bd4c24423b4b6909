"""Errors as pages tell them."""

import pytest
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import BadRequest, InternalServerError, RequestEntityTooLarge

from matcher.domain.enums import Language
from matcher.errors import (
    EditConflict,
    InvalidValue,
    MatcherError,
    NoModel,
    NotFound,
    StoreUnavailable,
)
from matcher.web.faults import fault_of
from matcher.web.problem import Problem


@pytest.mark.parametrize(
    ("error", "status", "zh", "en"),
    [
        (EditConflict("x"), 409, "别人刚刚改过", "Somebody has changed this in the meantime"),
        (NoModel("x"), 503, "还没有发布模型", "No model has been published yet"),
        (CSRFError(), 400, "页面已过期", "The page was too old"),
        (RequestEntityTooLarge(), 413, "文件或内容太大", "What was sent is too large"),
        (InternalServerError(), 500, "出了点问题", "Something went wrong on our side"),
        (BadRequest(), 400, "这个请求无法处理", "This can't be done as asked"),
        (
            Problem(404, "x", "y"),
            404,
            "没有这个页面，或您不能查看",
            "There is nothing here, or not for you to see",
        ),
    ],
)
def test_an_error_is_told_in_both_languages(
    error: Exception, status: int, zh: str, en: str
) -> None:
    told, english = fault_of(error, Language.ZH), fault_of(error, Language.EN)
    assert (told.status, told.title, english.title) == (status, zh, en)
    assert told.advice
    assert english.advice


def test_what_was_sent_wrong_is_told_exactly_with_its_field() -> None:
    fault = fault_of(
        InvalidValue("-1 is no price.", field="price", hint="Write 0 or more."), Language.EN
    )
    assert "-1 is no price." in fault.detail
    assert fault.field == "price"


@pytest.mark.parametrize(
    "error", [StoreUnavailable("postgresql://secret@db"), MatcherError("/srv/a")]
)
def test_what_is_on_our_side_is_told_without_its_details(error: MatcherError) -> None:
    assert fault_of(error, Language.EN).detail == ""


def test_what_isnt_there_doesnt_say_what_was_looked_for() -> None:
    assert fault_of(NotFound("There is no need 'N1'."), Language.EN).detail == ""
