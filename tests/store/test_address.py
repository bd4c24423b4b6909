"""Addresses of databases: what is understood, and that no password is ever shown."""

import pytest

from matcher.errors import UsageError
from matcher.store.address import POSTGRESQL, SQLITE, parse_address, shown_address


@pytest.mark.parametrize(
    ("url", "driver"),
    [
        ("sqlite:///matcher.db", SQLITE),
        ("sqlite:////var/lib/matcher.db", SQLITE),
        ("postgres://host/name", POSTGRESQL),
        ("postgresql://user:secret@host:5433/name", POSTGRESQL),
        ("postgresql+psycopg:///name?host=/run", POSTGRESQL),
    ],
)
def test_each_kind_gets_its_driver(url: str, driver: str) -> None:
    assert parse_address(url).drivername == driver


@pytest.mark.parametrize(
    "url",
    [
        "",
        "matcher.db",
        "mysql://user:secret@host/name",
        "postgresql+asyncpg://user:secret@host/name",
        "postgresql://user:se@secret@host/name",
        "postgresql://user:secret@host:port/name",
        "postgresql://user:secret@host",
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite:///file:secret.db?uri=true",
        "sqlite:///matcher.db?mode=memory",
    ],
)
def test_what_cannot_work_is_refused_without_being_quoted(url: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_address(url)
    assert "secret" not in str(caught.value)
    assert caught.value.hint
    assert caught.value.__cause__ is None


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("sqlite:///a/b.db", "sqlite:///a/b.db"),
        ("postgresql://user:secret@host/name", "postgresql://user:***@host/name"),
        ("postgresql://host/name?password=secret&user=me", "postgresql://host/name"),
        ("postgresql:///name?host=/run", "postgresql:///name?host=/run"),
    ],
)
def test_an_address_is_shown_without_its_secret(url: str, shown: str) -> None:
    assert shown_address(parse_address(url)).replace("%2F", "/") == shown
