"""How often one may try to sign in: guessing passwords is slowed down, whoever guesses.

An attempt is written down before the password is looked at, so that many at once don't get more
tries than one after the other; signing in clears those of the login from there. Somebody's five
failures lock a login for their own network alone, so that they don't keep its owner out.
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
"""Failures in one name from one network within WINDOW; then nobody there signs in by that name
for as long."""
ANYWHERE = 50
"""Failures in one name within WINDOW, from all networks together."""
FROM_ADDRESS = 50
"""Failures from one network within WINDOW."""
OF_OWN = 5
"""Wrong old passwords of one account within WINDOW."""
WINDOW = timedelta(minutes=15)
_KEPT = 2 * WINDOW
# Who has an IPv6 address has the other 2**64 of its network, too.
_NETWORK = 64


def admit(session: Session, platform: Platform, login: str, address: str) -> bool:
    """Whether this attempt counts; one in a name or from a network that is locked doesn't."""
    now = platform.now()
    attempts.forget(session, now - _KEPT)
    origin = _origin(platform, address)
    if is_login_locked(session, platform, login, address) or is_locked(
        attempts.newest_from(session, origin, FROM_ADDRESS), FROM_ADDRESS, now
    ):
        return False
    attempts.add(session, _who(platform, login), origin, now)
    return True


def is_login_locked(session: Session, platform: Platform, login: str, address: str) -> bool:
    """Whether nobody signs in by this name at present, there or anywhere."""
    who, now = _who(platform, login), platform.now()
    here = attempts.newest_of_from(session, who, _origin(platform, address), OF_LOGIN)
    return is_locked(here, OF_LOGIN, now) or is_locked(
        attempts.newest_of(session, who, ANYWHERE), ANYWHERE, now
    )


def clear(session: Session, platform: Platform, login: str, address: str | None = None) -> None:
    """Forget the failures in this name, from that address alone where one is given."""
    origin = None if address is None else _origin(platform, address)
    attempts.clear(session, _who(platform, login), origin)


def admit_own(session: Session, platform: Platform, account: str) -> bool:
    """Whether it counts that this account gives its old password; it does unless that is locked.

    account: its id. Nobody else can lock it, and it keeps nobody from signing in.
    """
    if is_own_locked(session, platform, account):
        return False
    who = _own(platform, account)
    attempts.forget(session, platform.now() - _KEPT)
    attempts.add(session, who, who, platform.now())
    return True


def is_own_locked(session: Session, platform: Platform, account: str) -> bool:
    """Whether the account can't give its old password at present."""
    newest = attempts.newest_of(session, _own(platform, account), OF_OWN)
    return is_locked(newest, OF_OWN, platform.now())


def clear_own(session: Session, platform: Platform, account: str) -> None:
    """Forget the wrong old passwords of this account."""
    attempts.clear(session, _own(platform, account))


def is_locked(newest: Sequence[datetime], limit: int, now: datetime) -> bool:
    """Whether `limit` failures, the newest first, came within WINDOW and the last one that lately.

    What is refused isn't counted, so that nobody keeps another out by going on.
    """
    if len(newest) < limit:
        return False
    return newest[0] - newest[limit - 1] <= WINDOW and now - newest[0] < WINDOW


def _who(platform: Platform, login: str) -> str:
    return _digest(platform, f"who {login_key(login[: LONGEST_LOGIN + 1])}")


def _origin(platform: Platform, address: str) -> str:
    return _digest(platform, f"from {network_of(address)}")


def _own(platform: Platform, account: str) -> str:
    return _digest(platform, f"own {account}")


def _digest(platform: Platform, text: str) -> str:
    """Keyed: a short text can be found from a bare digest by trying."""
    key = secret(platform.settings, "session")
    return hmac.digest(key, text.encode("utf-8", "surrogatepass"), "sha256").hex()


def network_of(address: str) -> str:
    """What counts as one place: an address of IPv4, a /64 network of IPv6; else the text itself."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address) and found.ipv4_mapped is None:
        return str(int(found) >> _NETWORK)
    return str(getattr(found, "ipv4_mapped", None) or found)
