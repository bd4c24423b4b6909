"""Passwords that are made, not chosen: to be read out, typed once and changed."""

from __future__ import annotations

import secrets

LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
"""Without what can be taken for another: 0 and o, 1, i and l."""
_GROUPS, _SIZE = 4, 4


def made_password() -> str:
    """Four groups of four of LETTERS between hyphens: some 79 random bits."""
    groups = ("".join(secrets.choice(LETTERS) for _ in range(_SIZE)) for _ in range(_GROUPS))
    return "-".join(groups)
