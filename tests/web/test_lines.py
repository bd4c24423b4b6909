"""A line is JSON, says what happened, and quotes nobody."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest

from matcher.web.lines import OURS, Formatter, line_logger, write_lines

SECRET = "mt_verysecret"  # noqa: S105


def line_of(message: str, *args: object, **more: Any) -> dict[str, Any]:
    record = logging.LogRecord("x", logging.ERROR, __file__, 1, message, args, more.get("error"))
    text = Formatter().format(record)
    assert "\n" not in text
    return json.loads(text)


def test_a_line_has_time_level_and_event() -> None:
    line = line_of("Listening at: %s", "http://127.0.0.1:8000")
    assert line["event"] == "Listening at: http://127.0.0.1:8000"
    assert line["level"] == "error"
    assert line["time"].endswith("Z")


@pytest.mark.parametrize(
    "message",
    [
        f"Exception on /api/v1/outcomes?q={SECRET} [GET]",
        f"Exception while serving /api/v1/outcomes/{SECRET}",
        f"Error handling request GET /x?q={SECRET}",
        f"Invalid request from ip=192.0.2.7: {SECRET}",
    ],
)
def test_what_a_server_says_of_a_request_is_cut(message: str) -> None:
    text = json.dumps(line_of(message))
    assert SECRET not in text
    assert "192.0.2.7" not in text


def test_an_exception_is_told_by_kind_and_place_only() -> None:
    try:
        raise ValueError(SECRET)
    except ValueError as error:
        line = line_of("it failed", error=(ValueError, error, error.__traceback__))
    assert line["error"] == "ValueError"
    assert line["where"][-1].endswith("test_an_exception_is_told_by_kind_and_place_only")
    assert SECRET not in json.dumps(line)


def test_our_loggers_write_each_line_once(capsys: pytest.CaptureFixture[str]) -> None:
    write_lines()
    write_lines()
    for name in OURS:
        logging.getLogger(name).warning("hello %s", name)
    line_logger("matcher.web.requests").info("request", status=200)
    said = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [line["event"] for line in said] == [*(f"hello {name}" for name in OURS), "request"]
    assert said[-1]["status"] == 200
    assert said[-1]["level"] == "info"
