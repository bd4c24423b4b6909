"""Secrets that the platform signs with: derived from the setting, or made by the machine.

No secret has a default. Where `secret_key` is set, every host that has it comes to the same
secrets; where it isn't, each platform makes its own in home, for the account it runs as alone.
"""

from __future__ import annotations

import hmac
import os
import secrets
from pathlib import Path

from matcher.errors import UnwritableOutput, UsageError
from matcher.settings import Settings

FOLDER = "secrets"
_BYTES = 32
_SHORTEST = 32
_OWNER_ALONE = 0o700
_OTHERS = 0o007
"""What everybody on the machine may do; the group is left out: volumes of a cluster set it."""


def secret(settings: Settings, name: str) -> bytes:
    """The secret that is used for `name` ("session", "queue"), the same at every call.

    Two processes that ask for the first time at once get the same one. Raises UnwritableOutput
    where it can't be kept, as where there is no home yet, and UsageError for a file that is
    damaged or open to everybody.
    """
    if settings.secret_key is not None:
        key = settings.secret_key.get_secret_value().encode()
        return hmac.digest(key, f"matcher {name}".encode(), "sha256").hex().encode()
    path = settings.home / FOLDER / f"{name}.key"
    try:
        if not path.exists():
            _make(path)
        return _checked(path, path.read_bytes())
    except OSError as error:
        hint = "Check the permissions of the folder, or set MATCHER_SECRET_KEY."
        message = f"can't be kept or read ({error.strerror})."
        raise UnwritableOutput(message, file=str(path), hint=hint) from error


def _make(path: Path) -> None:
    """Write beside and link: whoever sees the file sees all of it, and the first one wins."""
    path.parent.mkdir(mode=_OWNER_ALONE, exist_ok=True)
    beside = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(secrets.token_urlsafe(_BYTES).encode())
            file.flush()
            os.fsync(file.fileno())
        os.link(beside, path)
    except FileExistsError:
        return
    finally:
        beside.unlink(missing_ok=True)


def _checked(path: Path, found: bytes) -> bytes:
    if path.stat().st_mode & _OTHERS:
        hint = "Delete it, as others may have read it; another is made, and people sign in again."
        raise UsageError("can be read by everybody on this machine.", file=str(path), hint=hint)
    if len(found) < _SHORTEST:
        hint = "Delete it; another is made, and people sign in again."
        raise UsageError("is no secret: it is too short.", file=str(path), hint=hint)
    return found
