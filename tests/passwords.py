"""Passwords that are cheap to look at, for every test: a real one costs a tenth of a second."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from argon2 import PasswordHasher

from matcher.store import accounts

REAL = accounts._HASHER
"""How the product hashes."""


@pytest.fixture(scope="session", autouse=True)
def cheap_passwords() -> Iterator[None]:
    """In this process; a service of its own hashes as ever, and reads these."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(accounts, "_HASHER", PasswordHasher(1, 8, 1))
        accounts._decoy.cache_clear()
        yield
    accounts._decoy.cache_clear()
