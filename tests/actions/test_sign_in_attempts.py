"""Who may try to sign in: five failures in a name from one network, fifty in a name or from a
network, then a quarter hour."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.actions.platform import Platform
from matcher.actions.sign_in_attempts import (
    ANYWHERE,
    FROM_ADDRESS,
    OF_OWN,
    WINDOW,
    admit,
    admit_own,
    clear,
    clear_own,
    is_locked,
    network_of,
)
from tests.platforms import NOW

SECOND = timedelta(seconds=1)


@pytest.fixture
def kind() -> str:
    return "sqlite"


def admitted(
    platform: Platform, login: str, address: str = "10.0.0.1", after: timedelta = timedelta(0)
) -> bool:
    later = replace(platform, now=lambda: NOW + after)
    with later.database.writing() as session:
        return admit(session, later, login, address)


def test_the_sixth_in_a_name_is_refused_for_a_quarter_of_an_hour(platform: Platform) -> None:
    assert all(admitted(platform, "lin", after=n * SECOND) for n in range(5))
    fifth = 4 * SECOND
    assert admitted(platform, "lin", "10.9.9.9", fifth + SECOND)
    assert not admitted(platform, "lin", after=fifth + WINDOW - SECOND)
    assert admitted(platform, "wang", after=fifth)
    assert admitted(platform, "lin", after=fifth + WINDOW)
    assert admitted(platform, "lin", after=fifth + WINDOW + SECOND)


def test_a_name_has_fifty_tries_from_all_networks_together(platform: Platform) -> None:
    places = [f"10.0.{n // 5}.1" for n in range(ANYWHERE)]
    assert all(admitted(platform, "lin", place) for place in places)
    assert not admitted(platform, "lin", "10.9.9.9")
    assert admitted(platform, "wang", "10.9.9.9")


def test_slow_failures_lock_nobody_out(platform: Platform) -> None:
    every = WINDOW / 4 + SECOND
    assert all(admitted(platform, "lin", after=n * every) for n in range(20))


@pytest.mark.parametrize("twin", ["LIN", " lin ", "lin", "ＬＩＮ"])
def test_one_login_written_in_several_ways_has_five_tries_in_all(
    platform: Platform, twin: str
) -> None:
    assert all(admitted(platform, "lin") for _ in range(5))
    assert not admitted(platform, twin)


def test_an_address_that_tries_many_names_is_refused(platform: Platform) -> None:
    assert all(admitted(platform, f"n{n}", "10.0.0.7") for n in range(FROM_ADDRESS))
    assert not admitted(platform, "another", "10.0.0.7")
    assert admitted(platform, "another", "10.0.0.8")


def test_of_an_ipv6_network_all_addresses_are_one(platform: Platform) -> None:
    assert all(admitted(platform, f"n{n}", f"2001:db8::{n:x}") for n in range(FROM_ADDRESS))
    assert not admitted(platform, "another", "2001:db8::ffff")
    assert admitted(platform, "another", "2001:db8:0:1::1")


def test_cleared_attempts_are_forgotten(platform: Platform) -> None:
    assert all(admitted(platform, "lin") for _ in range(5))
    with platform.database.writing() as session:
        clear(session, platform, "Lin")
    assert admitted(platform, "lin")


def test_signing_in_forgets_the_failures_from_there_alone(platform: Platform) -> None:
    for place in ("10.0.0.1", "10.0.0.2"):
        assert all(admitted(platform, "lin", place) for _ in range(5))
    with platform.database.writing() as session:
        clear(session, platform, "lin", "10.0.0.1")
    assert admitted(platform, "lin", "10.0.0.1")
    assert not admitted(platform, "lin", "10.0.0.2")


def test_old_passwords_are_counted_by_account_and_by_themselves(platform: Platform) -> None:
    with platform.database.writing() as session:
        assert all(admit_own(session, platform, "a-1") for _ in range(OF_OWN))
        assert not admit_own(session, platform, "a-1")
        assert admit_own(session, platform, "a-2")
        clear_own(session, platform, "a-1")
        assert admit_own(session, platform, "a-1")
    assert admitted(platform, "a-1")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8::1", "2001:db8::ffff", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("::ffff:10.0.0.1", "10.0.0.1", True),
        ("10.0.0.1", "10.0.0.2", False),
        ("", "unix:", False),
    ],
)
def test_what_counts_as_one_network(one: str, other: str, same: bool) -> None:
    assert (network_of(one) == network_of(other)) is same


@given(st.lists(st.integers(0, 3600), min_size=1, max_size=12), st.integers(0, 3600))
def test_a_name_is_locked_at_most_a_window_after_its_last_failure(
    seconds: list[int], wait: int
) -> None:
    newest = [NOW - n * SECOND for n in sorted(seconds)]
    if is_locked(newest, 5, NOW + wait * SECOND):
        assert len(newest) >= 5
        assert newest[4] >= newest[0] - WINDOW
        assert NOW + wait * SECOND < newest[0] + WINDOW
