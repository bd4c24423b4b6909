"""What the service says of itself: a JSON object a line, on standard error, about nobody.

A line never holds what somebody typed or signs in with, nor where they are: no text, login,
address, token, path or query. What other packages say is cut where it would.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import MutableMapping
from traceback import extract_tb
from types import TracebackType
from typing import Any, TextIO

import structlog
from flask import g, has_request_context
from structlog.stdlib import ProcessorFormatter

OURS = ("matcher", "matcher.web", "waitress")
"""The loggers whose lines are written so; the others are left to whoever starts the process."""
_CUT = (
    "Exception on",
    "Exception while serving",
    "Exception when servicing",
    "Client disconnected while serving",
    "Error handling request",
    "Invalid request",
)
"""Beginnings of messages that go on with a path or an address."""
_FRAMES = 8

Line = MutableMapping[str, Any]


class Formatter(ProcessorFormatter):
    """Writes a record of `logging` as a line."""

    def __init__(self) -> None:
        super().__init__(
            foreign_pre_chain=[structlog.stdlib.add_log_level, _add_error],
            processors=[
                ProcessorFormatter.remove_processors_meta,
                _cut,
                _add_request,
                structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
                structlog.processors.JSONRenderer(ensure_ascii=False, default=str),
            ],
        )


class StandardError(logging.StreamHandler[TextIO]):
    """Standard error as it is at the time, with lines."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)
        self.setFormatter(Formatter())

    @property
    def stream(self) -> TextIO:  # type: ignore[override]
        """What is standard error now, whoever has replaced it."""
        return sys.stderr


def write_lines() -> None:
    """Have the loggers of the service write lines; a second time changes nothing."""
    for name in OURS:
        logger = logging.getLogger(name)
        logger.handlers = [StandardError()]
        # Else the root would write the same again, without cutting anything.
        logger.propagate = False
        logger.setLevel(logging.INFO)


def line_logger(name: str) -> Any:
    """A logger whose `info(event, **facts)` becomes a line with these facts."""
    return structlog.wrap_logger(
        logging.getLogger(name),
        wrapper_class=structlog.stdlib.BoundLogger,
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.stdlib.add_log_level,
            ProcessorFormatter.wrap_for_formatter,
        ],
    )


def _add_error(_: Any, __: str, line: Line) -> Line:
    """The kind of an exception and where it came about. Its message may quote a record."""
    info = line.pop("exc_info", None)
    line.pop("stack_info", None)
    if info and info[0] is not None:
        line["error"] = info[0].__name__
        line["where"] = _frames(info[2])
    return line


def _frames(trace: TracebackType | None) -> list[str]:
    frames = extract_tb(trace)[-_FRAMES:]
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]


def _cut(_: Any, __: str, line: Line) -> Line:
    event = str(line.get("event", ""))
    line["event"] = next((start for start in _CUT if event.startswith(start)), event)
    return line


def _add_request(_: Any, __: str, line: Line) -> Line:
    if has_request_context() and "request_id" in g:
        line["request_id"] = g.request_id
    return line
