"""The id of the follow-up that a manager begins on a pair, whoever begins it for them."""

from __future__ import annotations

import hashlib
import json

PREFIX = "F-"
_BYTES = 10


def followup_id(need: str, outcome: str, manager: str) -> str:
    """`F-` and 20 hexadecimal digits, which the three ids decide."""
    told = json.dumps([need, outcome, manager]).encode()
    return PREFIX + hashlib.blake2b(told, digest_size=_BYTES).hexdigest()
