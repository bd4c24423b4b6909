"""Answering on a socket until the process is told to end, without breaking off what is under way.

Waitress reads requests and sends answers in one thread and leaves the work to others, so a client
that is slow holds up nobody.
"""

from __future__ import annotations

import json
import signal
import time
from collections.abc import Callable
from socket import socket
from typing import Any

from flask import Flask
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import create_server
from waitress.utilities import RequestEntityTooLarge

GRACE = 30.0
"""Seconds that what is under way may take when the process is told to end."""
# A client that takes longer for a request than so many seconds without a byte is hung up on.
_PATIENCE = 60
# Of a body with a file, and of one without. The application refuses smaller ones and says why.
_LARGEST, _LARGE = 201 * 1024 * 1024, 2 * 1024 * 1024
_API = "/api/"
_FILES = frozenset({f"{_API}v1/imports", "/import"})
"""Where files are sent: by programs, and on the page."""
_SAID = (
    ("zh-Hans", "文件或内容太大", "什么也没有保存。请拆分后再传。"),
    ("en", "What was sent is too large", "Nothing was saved. Split it and send the parts."),
)
# Far more than work at once: who is slow or idle holds one each.
_CONNECTIONS = 1000
_TICK = 0.2
_SIGNALS = (signal.SIGTERM, signal.SIGINT)


class TooLarge(RequestEntityTooLarge):  # type: ignore[misc]
    """The answer to a body that isn't read: to programs a problem, to people a page in both
    languages, for nobody knows yet who asks."""

    def __init__(self, path: str) -> None:
        super().__init__("The body is too large.")
        self._path = path

    def to_response(self, ident: str | None = None) -> tuple[str, list[tuple[str, str]], bytes]:
        """Status, headers and body."""
        api = self._path.startswith(_API)
        kind = "application/problem+json" if api else "text/html; charset=utf-8"
        text = _problem() if api else _page()
        return f"{self.code} {self.reason}", [("Content-Type", kind)], text.encode()


def _problem() -> str:
    _, title, detail = _SAID[-1]
    return json.dumps({"title": title, "status": TooLarge.code, "detail": detail})


def _page() -> str:
    told = (
        f'<section lang="{tongue}"><h1>{title}</h1><p>{what}</p></section>'
        for tongue, title, what in _SAID
    )
    title = " · ".join(title for _, title, _ in _SAID)
    head = f'<!doctype html><html lang="zh-Hans"><head><title>{title}</title></head>'
    return f"{head}<body><main>{''.join(told)}</main></body></html>"


class Parser(HTTPRequestParser):  # type: ignore[misc]
    """Reads a request; a large body is refused before it is kept, but where files are sent."""

    error: Any

    def received(self, data: bytes) -> int:
        """The bytes of `data` that were of this request."""
        consumed: int = super().received(data)
        read = max(self.content_length, self.body_bytes_received)
        large = read >= _LARGE and self.error is None and not self._takes_file()
        if large or isinstance(self.error, RequestEntityTooLarge):
            self.error = TooLarge(self.path)
            self.completed = True
        return consumed

    def _takes_file(self) -> bool:
        return bool(self.path in _FILES and self.command == "POST")


class Channel(HTTPChannel):  # type: ignore[misc]
    """A connection whose requests are read by `Parser`."""

    parser_class = Parser


class Listener:
    """A server of WSGI on a socket that is bound; begins with `answer`."""

    def __init__(self, application: Flask, bound: socket, threads: int) -> None:
        self._map: dict[int, Any] = {}
        self._told = False
        self._server = create_server(
            application,
            map=self._map,
            sockets=[bound],
            threads=threads,
            ident=None,
            channel_timeout=_PATIENCE,
            max_request_body_size=_LARGEST,
            connection_limit=_CONNECTIONS,
            # The application looks whether a proxy has passed a request on.
            clear_untrusted_proxy_headers=False,
        )
        self._server.channel_class = Channel

    def answer(self, begun: Callable[[], None]) -> None:
        """Answer until SIGTERM or Ctrl-C, then finish what is under way.

        begun: called once these signals are heeded. Call it in the main thread. A second Ctrl-C
        ends at once.
        """
        before = {number: signal.signal(number, self._end) for number in _SIGNALS}
        try:
            begun()
            while not self._told:
                self._turn()
            signal.signal(signal.SIGINT, signal.default_int_handler)
            self._finish()
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _end(self, *_: object) -> None:
        self._told = True

    def _turn(self) -> None:
        # `select` fails for the whole process once a file has a number over 1023.
        self._server.asyncore.loop(timeout=_TICK, map=self._map, count=1, use_poll=True)

    def _finish(self) -> None:
        until = time.monotonic() + GRACE
        listening = self._server
        listening.asyncore.dispatcher.close(listening)
        while self._is_busy() and time.monotonic() < until:
            self._turn()
        listening.task_dispatcher.shutdown(timeout=_TICK)
        listening.asyncore.close_all(self._map)

    def _is_busy(self) -> bool:
        """Hang up on who waits for nothing; whether anybody is left.

        Somebody is where a request is being read or worked on, or an answer isn't sent whole yet.
        """
        for channel in list(self._server.active_channels.values()):
            if not (channel.requests or channel.request or channel.total_outbufs_len):
                channel.handle_close()
        return bool(self._server.active_channels)
