"""Forms that ask for something new: sent twice, they do it once.

A form holds a key that was made with it, as `Idempotency-Key` of the API. If the server dies in
the middle, nobody knows whether it was done: the key stays taken for its day, and who sends the
form again is told to look.
"""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Callable
from http import HTTPStatus

from flask import request

from matcher.actions import repeated
from matcher.errors import InvalidValue
from matcher.store.idempotency import Answer
from matcher.web.context import platform, viewer

FIELD = "key"
_KEY = re.compile(r"[A-Za-z0-9_-]{16,60}")
PATIENCE = 3.0
"""Seconds for which a form that was sent twice waits for the first to be done."""
_STEP = 0.05


def new_key() -> str:
    """For a form that is about to be shown."""
    return secrets.token_urlsafe(16)


def once(act: Callable[[], object]) -> str:
    """Do it, unless the form that was sent did it before; what `act` gave the first time, if that
    was a text, else "".

    What is refused, or breaks, may be sent again: else the second would be taken for done. Raises
    InvalidValue for a form without a key, for one whose first sending has no end and for one whose
    key was used at another address, and what `act` raises.
    """
    key = request.form.get(FIELD, "")
    if not _KEY.fullmatch(key):
        hint = "Load the page anew and send it again."
        raise InvalidValue("The form doesn't say which one it is.", field=FIELD, hint=hint)
    before = _done_before(key)
    if before is not None:
        return before.body
    try:
        made = act()
    except Exception:
        repeated.forget(platform(), viewer(), key)
        raise
    answer = Answer(HTTPStatus.SEE_OTHER, made if isinstance(made, str) else "")
    repeated.finish(platform(), viewer(), key, answer)
    return answer.body


def _done_before(key: str) -> Answer | None:
    """What came of the form when it was sent before; None where it is begun now."""
    until = time.monotonic() + PATIENCE
    while True:
        before = repeated.begin(platform(), viewer(), key, request.path)
        if before is None:
            return None
        if before.request != request.path:
            hint = "Load the page anew and send it again."
            raise InvalidValue("Another form was sent with this key.", field=FIELD, hint=hint)
        if before.answer is not None:
            return before.answer
        if time.monotonic() >= until:
            hint = "Look whether it is there. If it isn't, load the page anew and send it again."
            message = "It was sent before, and nobody knows yet what became of that."
            raise InvalidValue(message, field=FIELD, hint=hint)
        time.sleep(_STEP)
