"""How often one may try to sign in: guessing passwords is slowed down, whoever guesses.

An attempt is written down before the password is looked at, so that many at once don't get more
tries than one after the other; signing in clears those of the login.
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address

from sqlalchemy.orm import Session

from matcher.actions.platform import Platform
from matcher.actions.secret_file import secret
from matcher.domain.account import LONGEST_LOGIN
from matcher.store import attempts
from matcher.store.accounts import login_key

OF_LOGIN = 5
"""Failures in one name within WINDOW; then nobody signs in by that name for as long."""
FROM_ADDRESS = 50
"""Failures from one address within WINDOW."""
WINDOW = timedelta(minutes=15)
_KEPT = 2 * WINDOW
# Who has an IPv6 address has the other 2**64 of its network, too.
_NETWORK = 64


def admit(session: Session, platform: Platform, login: str, address: str) -> bool:
    """Whether this attempt counts; one in a name or from an address that is locked doesn't."""
    now = platform.now()
    who, origin = _who(platform, login), _digest(platform, f"from {_network(address)}")
    attempts.forget(session, now - _KEPT)
    if is_locked(attempts.newest_of(session, who, OF_LOGIN), OF_LOGIN, now) or is_locked(
        attempts.newest_from(session, origin, FROM_ADDRESS), FROM_ADDRESS, now
    ):
        return False
    attempts.add(session, who, origin, now)
    return True


def is_login_locked(session: Session, platform: Platform, login: str) -> bool:
    """Whether nobody signs in by this name at present."""
    newest = attempts.newest_of(session, _who(platform, login), OF_LOGIN)
    return is_locked(newest, OF_LOGIN, platform.now())


def clear(session: Session, platform: Platform, login: str) -> None:
    """Forget the failures in this name."""
    attempts.clear(session, _who(platform, login))


def is_locked(newest: Sequence[datetime], limit: int, now: datetime) -> bool:
    """Whether `limit` failures, the newest first, came within WINDOW and the last one that lately.

    What is refused isn't counted, so that nobody keeps another out by going on.
    """
    if len(newest) < limit:
        return False
    return newest[0] - newest[limit - 1] <= WINDOW and now - newest[0] < WINDOW


def _who(platform: Platform, login: str) -> str:
    return _digest(platform, f"who {login_key(login[: LONGEST_LOGIN + 1])}")


def _digest(platform: Platform, text: str) -> str:
    """Keyed: a short text can be found from a bare digest by trying."""
    key = secret(platform.settings, "session")
    return hmac.digest(key, text.encode("utf-8", "surrogatepass"), "sha256").hex()


def _network(address: str) -> str:
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address) and found.ipv4_mapped is None:
        return str(int(found) >> _NETWORK)
    return str(getattr(found, "ipv4_mapped", None) or found)
