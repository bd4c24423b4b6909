"""The values of settings; tests/test_settings.py shows what is told of wrong ones."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr, TypeAdapter, ValidationError

from matcher.setting_values import (
    NO_LIMIT,
    Address,
    Cron,
    Folder,
    Hosts,
    Key,
    MailPassword,
    MailUser,
    Rate,
    RateStore,
    Url,
    Whole,
    Zone,
)


@pytest.mark.parametrize(
    ("kind", "given", "kept"),
    [
        (Cron, "0 3 * * 1", "0 3 * * 1"),
        (Cron, " */10  8-18/2 1,15 * * ", "*/10 8-18/2 1,15 * *"),
        (Cron, "never", ""),
        (Cron, "", ""),
        (Zone, "Asia/Shanghai", "Asia/Shanghai"),
        (Zone, "", ""),
        (Address, "127.0.0.1:8000", "127.0.0.1:8000"),
        (Rate, NO_LIMIT, NO_LIMIT),
        (Rate, "20/second; 600/minute", "20/second; 600/minute"),
        (Hosts, "tech.example, .tech.example,[::1]:8000", "tech.example, .tech.example,[::1]:8000"),
        (Hosts, "", ""),
        (Whole, "3", 3),
        (Key, None, None),
        (RateStore, "memory://", SecretStr("memory://")),
        (MailUser, "", ""),
        (MailPassword, "a b:c~", SecretStr("a b:c~")),
        (MailPassword, SecretStr(""), SecretStr("")),
        (Url, "sqlite:////srv/matcher.db", SecretStr("sqlite:////srv/matcher.db")),
    ],
)
def test_a_value_is_read(kind: Any, given: object, kept: object) -> None:
    assert TypeAdapter(kind).validate_python(given) == kept


def test_a_folder_is_absolute_whatever_the_working_folder_becomes() -> None:
    assert TypeAdapter(Folder).validate_python("home") == Path.cwd() / "home"


@pytest.mark.parametrize(
    ("kind", "given", "told"),
    [
        (Cron, "3:00", "as cron writes it"),
        (Cron, "* * * *", "as cron writes it"),
        (Cron, "* * * * * *", "as cron writes it"),
        (Cron, "0 3 * * mon", "as cron writes it"),
        (Cron, "1-*/2 * * * *", "as cron writes it"),
        (Cron, 3, "as cron writes it"),
        (Zone, "Shanghai", "Asia/Shanghai"),
        (Zone, "Asia", "Asia/Shanghai"),
        (Zone, "../zone", "Asia/Shanghai"),
        (Zone, "a\0b", "Asia/Shanghai"),
        (Zone, 8, "Asia/Shanghai"),
        (Address, "127.0.0.1:65536", "HOST:PORT"),
        (MailUser, "邮件", "ASCII only"),
        (MailPassword, "pässword", "ASCII only"),
        (MailPassword, "two\nlines", "ASCII only"),
        (Address, 8000, "HOST:PORT"),
        (Rate, "600", "600/minute"),
        (Hosts, "tech.example/path", "names of hosts"),
        (Whole, True, "a number"),
        (Key, "short", "32 random characters"),
        (Folder, " ", "a folder"),
        (Url, "matcher.db", "a URL"),
        (RateStore, "cache", "memory://"),
    ],
)
def test_another_is_refused_with_what_it_should_be(kind: Any, given: object, told: str) -> None:
    with pytest.raises(ValidationError, match=told):
        TypeAdapter(kind).validate_python(given)
