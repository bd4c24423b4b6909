"""Service and worker begin and end together."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Iterator

import pytest
import requests

from matcher.cli.together import run_together
from matcher.errors import MatcherError
from matcher.settings import Settings

pytestmark = pytest.mark.slow


@pytest.fixture
def kind() -> str:
    return "sqlite"


@pytest.fixture
def taken() -> Iterator[str]:
    """An address where somebody else listens."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield f"127.0.0.1:{other.getsockname()[1]}"


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGHUP], ids=lambda end: end.name)
def test_both_run_until_one_is_told_to_end(
    standard_settings: Settings, monkeypatch: pytest.MonkeyPatch, end: signal.Signals
) -> None:
    monkeypatch.setenv("MATCHER_LISTEN", "127.0.0.1:0")
    before = signal.getsignal(signal.SIGINT)
    told: list[str] = []

    def begun(address: str) -> None:
        told.append(address)
        assert requests.get(f"{address}/healthz", timeout=60).status_code == 200
        os.kill(os.getpid(), end)

    run_together(standard_settings.home, begun)
    [address] = told
    with pytest.raises(requests.ConnectionError):
        requests.get(f"{address}/healthz", timeout=60)
    assert signal.getsignal(signal.SIGINT) is before


def test_an_address_that_is_taken_is_told(
    standard_settings: Settings, monkeypatch: pytest.MonkeyPatch, taken: str
) -> None:
    monkeypatch.setenv("MATCHER_LISTEN", taken)
    with pytest.raises(MatcherError, match=taken):
        run_together(standard_settings.home, pytest.fail)
