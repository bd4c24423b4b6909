"""What tells one state of an account from another: nobody overwrites what they haven't seen.

Accounts have no versions of their own: who edits one says which state they saw.
"""

from __future__ import annotations

import hashlib

from matcher.domain.account import Account
from matcher.errors import EditConflict

_BYTES = 8


def state_of(account: Account) -> str:
    """A digest of all that the account says; equal accounts have equal ones."""
    text = repr(account).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(text, digest_size=_BYTES).hexdigest()


def require_state(account: Account, seen: str) -> None:
    """Raise EditConflict where the account isn't as it was seen; "" is for who hasn't looked."""
    if seen and seen != state_of(account):
        raise EditConflict(
            f"The account {account.login} has been changed since you looked.",
            hint="Load it again, then repeat your change.",
            version=state_of(account),
        )
