"""The values that settings may have: what is written, read strictly."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BeforeValidator, SecretStr

from matcher.domain.message import require_address
from matcher.errors import InvalidValue

_LAST_PORT = 65535
_SHORTEST_KEY = 32
NEVER = "never"
_CRON_PIECE = r"(\*(/[0-9]+)?|[0-9]+(-[0-9]+(/[0-9]+)?)?)"
_CRON = re.compile(rf"({_CRON_PIECE}(,{_CRON_PIECE})*)( {_CRON_PIECE}(,{_CRON_PIECE})*){{4}}")
NO_LIMIT = "off"
_HOST = r"[A-Za-z0-9._-]{1,253}|[0-9A-Fa-f:.]{2,45}"
_PUBLIC_URL = r"https?://[A-Za-z0-9.:\[\]-]+(/[A-Za-z0-9._~/-]*)?"
_RATE = r"[1-9][0-9]{0,8}/(second|minute|hour|day)"


def _not_a_truth(value: object) -> object:
    """Python counts true as 1; a person doesn't."""
    if isinstance(value, bool):
        raise ValueError("should be a number")
    return value


def _absolute(value: object) -> object:
    """As seen from where the program started, whatever the working folder becomes later."""
    if isinstance(value, str | Path) and str(value).strip():
        return Path(value).expanduser().absolute()
    raise ValueError("should be a folder")


def _url(value: object) -> object:
    secret = value.get_secret_value() if isinstance(value, SecretStr) else value
    if isinstance(secret, str) and re.match(r"[a-z][a-z0-9+]*://", secret):
        return value
    raise ValueError(
        "should be a URL such as sqlite:////srv/matcher.db or postgresql://user@host/name"
    )


def _address(value: object) -> object:
    found = re.fullmatch(r"(.+):([0-9]{1,5})", value) if isinstance(value, str) else None
    if found and int(found[2]) <= _LAST_PORT:
        return value
    raise ValueError("should be HOST:PORT, such as 127.0.0.1:8000")


def _key(value: object) -> object:
    secret = value.get_secret_value() if isinstance(value, SecretStr) else value
    if value is None or (isinstance(secret, str) and len(secret.strip()) >= _SHORTEST_KEY):
        return value
    raise ValueError(f"should be {_SHORTEST_KEY} random characters or more")


def _rate(value: object) -> object:
    if isinstance(value, str) and re.fullmatch(rf"{NO_LIMIT}|{_RATE}(; ?{_RATE})*", value):
        return value
    raise ValueError(f"should be {NO_LIMIT} or such as 600/minute or 20/second;600/minute")


def _rate_store(value: object) -> object:
    secret = value.get_secret_value() if isinstance(value, SecretStr) else value
    if isinstance(secret, str) and re.match(r"[a-z][a-z0-9+]*://", secret):
        return value
    raise ValueError("should be memory:// or a URL such as redis://host:6379")


def _hosts(value: object) -> object:
    names = value.split(",") if isinstance(value, str) else [""]
    if value == "" or all(re.fullmatch(r"\s*\.?[A-Za-z0-9_.:\[\]-]+\s*", name) for name in names):
        return value
    raise ValueError("should be names of hosts between commas, such as tech.example,.tech.example")


def _cron(value: object) -> object:
    fields = " ".join(value.split()) if isinstance(value, str) else None
    if fields in ("", NEVER):
        return ""
    if fields and _CRON.fullmatch(fields):
        return fields
    raise ValueError(f"should be {NEVER} or as cron writes it, such as 0 3 * * 1")


def _zone(value: object) -> object:
    if isinstance(value, str):
        try:
            return ZoneInfo(value).key if value else value
        # A folder of the database of zones, or what would lead out of it, is another error.
        except (ZoneInfoNotFoundError, ValueError, OSError):
            pass
    raise ValueError("should be a zone of the IANA database, such as Asia/Shanghai")


def _host(value: object) -> object:
    if value == "" or (isinstance(value, str) and re.fullmatch(_HOST, value)):
        return value
    raise ValueError("should be the name or address of a host, such as mail.example.org")


def _mailbox(value: object) -> object:
    if isinstance(value, str):
        try:
            if value:
                require_address(value, "")
            return value
        except InvalidValue:
            pass
    raise ValueError("should be a mail address, such as matcher@example.org")


def _ascii(value: object) -> object:
    """The name and the password at a mail server; other letters can't be sent there."""
    secret = value.get_secret_value() if isinstance(value, SecretStr) else value
    if isinstance(secret, str) and secret.isascii() and secret.isprintable():
        return value
    raise ValueError("should have letters, digits and signs of ASCII only")


def _public_url(value: object) -> object:
    if value == "" or (isinstance(value, str) and re.fullmatch(_PUBLIC_URL, value)):
        return str(value).rstrip("/")
    raise ValueError("should be the address that people type, such as https://matcher.example.org")


Folder = Annotated[Path, BeforeValidator(_absolute)]
Address = Annotated[str, BeforeValidator(_address)]
Whole = Annotated[int, BeforeValidator(_not_a_truth)]
Seconds = Annotated[float, BeforeValidator(_not_a_truth)]
Url = Annotated[SecretStr, BeforeValidator(_url)]
Cron = Annotated[str, BeforeValidator(_cron)]
Zone = Annotated[str, BeforeValidator(_zone)]
Key = Annotated[SecretStr | None, BeforeValidator(_key)]
Rate = Annotated[str, BeforeValidator(_rate)]
RateStore = Annotated[SecretStr, BeforeValidator(_rate_store)]
Hosts = Annotated[str, BeforeValidator(_hosts)]
Host = Annotated[str, BeforeValidator(_host)]
Mailbox = Annotated[str, BeforeValidator(_mailbox)]
MailUser = Annotated[str, BeforeValidator(_ascii)]
MailPassword = Annotated[SecretStr, BeforeValidator(_ascii)]
PublicUrl = Annotated[str, BeforeValidator(_public_url)]
MailSecurity = Literal["starttls", "tls", "none"]
