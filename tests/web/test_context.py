"""The platform of an application is opened once, and who asks is found out."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from flask import Flask

from matcher.actions.platform import Platform
from matcher.domain.enums import Language, Role
from matcher.errors import NotSignedIn, StoreUnavailable
from matcher.settings import Settings
from matcher.web import context
from matcher.web.context import Opened, language, platform, settings_of, sign_in, viewer
from tests.web.conftest import token_of


def test_a_platform_is_opened_once_for_all_threads(standard_settings: Settings) -> None:
    opened = Opened(standard_settings)
    with ThreadPoolExecutor(8) as pool:
        platforms: set[int] = set(pool.map(lambda _: id(opened.platform()), range(16)))
    assert len(platforms) == 1
    found: Platform = opened.platform()
    found.database.dispose()


def test_an_opening_that_failed_is_not_tried_again_at_once(
    standard_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = []

    def fail(_: Settings, **__: object) -> Platform:
        tried.append(1)
        raise StoreUnavailable("away")

    monkeypatch.setattr(context, "make_platform", fail)
    opened = Opened(standard_settings)
    for _ in range(3):
        with pytest.raises(StoreUnavailable, match="away"):
            opened.platform()
    assert len(tried) == 1
    monkeypatch.setattr(context, "PAUSE", 0.0)
    with pytest.raises(StoreUnavailable, match="away"):
        opened.platform()
    assert len(tried) == 2


def test_nobody_waits_long_for_an_opening(
    standard_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, gate = Event(), Event()

    def slow(_: Settings, **__: object) -> Platform:
        begun.set()
        gate.wait(60)
        raise StoreUnavailable("away")

    monkeypatch.setattr(context, "make_platform", slow)
    monkeypatch.setattr(context, "PAUSE", 0.01)
    opened = Opened(standard_settings)
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(opened.platform)
        assert begun.wait(60)
        with pytest.raises(StoreUnavailable, match="being opened"):
            opened.platform()
        gate.set()
        with pytest.raises(StoreUnavailable, match="away"):
            first.result()


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
def test_who_asks_is_the_account_of_the_token(app: Flask, scheme: str) -> None:
    with app.test_request_context():
        secret = token_of(platform(), Role.HOLDER, "n2")
    with app.test_request_context(headers={"Authorization": f"{scheme} {secret}"}):
        sign_in()
        account = viewer().account
        assert account is not None
        assert (account.roles, account.node) == ((Role.HOLDER,), "n2")


def test_the_language_is_that_of_the_account(app: Flask) -> None:
    with app.test_request_context():
        secret = token_of(platform(), Role.HOLDER, language=Language.EN)
    with app.test_request_context(headers={"Authorization": f"Bearer {secret}"}):
        sign_in()
        assert language() is Language.EN


def test_without_a_token_or_a_session_nobody_is_known(app: Flask) -> None:
    with app.test_request_context(), pytest.raises(NotSignedIn):
        sign_in()


def test_settings_are_read_once(app: Flask, standard_settings: Settings) -> None:
    assert settings_of(app).home == standard_settings.home
    assert settings_of(app) is settings_of(app)
