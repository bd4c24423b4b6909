"""The id of a suggestion: which need and outcome were put to which manager.

It says no more than the row it stands in and gives no right: whoever decides on it must be allowed
to act for the manager and to know both records. So it is written plainly, and nothing is kept.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import NamedTuple

from matcher.errors import NotFound

PREFIX = "S-"


class Suggestion(NamedTuple):
    """The ids of a manager, and of the need and the outcome that were put to them."""

    manager: str
    need: str
    outcome: str


def suggestion_id(manager: str, need: str, outcome: str) -> str:
    """`S-` and characters that may stand in an address, which the three ids decide."""
    told = json.dumps([manager, need, outcome], separators=(",", ":"))
    return PREFIX + urlsafe_b64encode(told.encode()).decode().rstrip("=")


def read_suggestion_id(id: str) -> Suggestion:
    """What an id names. Raises NotFound for one that `suggestion_id` doesn't make."""
    coded = id.removeprefix(PREFIX)
    try:
        told = json.loads(urlsafe_b64decode(coded + "=" * (-len(coded) % 4)))
    except (ValueError, RecursionError) as error:
        raise _missing(id) from error
    if not _is_triple(told) or suggestion_id(*told) != id:
        raise _missing(id)
    return Suggestion(*told)


def _is_triple(told: object) -> bool:
    texts = isinstance(told, list) and all(isinstance(one, str) for one in told)
    return texts and len(told) == len(Suggestion._fields)  # type: ignore[arg-type]


def _missing(id: str) -> NotFound:
    return NotFound(f"There is no suggestion {id!r}.", hint="Take its id from the worklist.")
