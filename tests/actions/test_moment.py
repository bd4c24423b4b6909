"""What was hidden since is in no answer, however seldom the models look; the rest may wait."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from matcher.actions.live import Live
from matcher.actions.moment import _MOST, moment, narrowed
from matcher.actions.platform import Platform
from matcher.domain.enums import Noun, Visibility
from matcher.domain.organisation import Organisation
from matcher.store import feed
from tests.platforms import outcome, put, remove

HOUR = 3600.0


@pytest.fixture
def slow(platform: Platform) -> Platform:
    """A platform that has looked and won't look for an hour."""
    platform = replace(platform, live=Live(platform.database, platform.library, HOUR))
    put(platform, Noun.OUTCOME, outcome("members", visibility=Visibility.MEMBERS))
    platform.live.serving()
    return platform


def is_taken_in(platform: Platform) -> bool:
    before = platform.live.serving()
    with moment(platform) as (serving, session):
        assert not narrowed(session, serving)
    return serving is not before


def prune(platform: Platform) -> None:
    put(platform, Noun.OUTCOME, outcome("o1", "Wear resistant"), outcome("o2", "Rice"))
    with platform.database.writing() as session:
        feed.prune(session, below=feed.latest(session))


def write_much(platform: Platform) -> None:
    put(platform, Noun.OUTCOME, *(outcome(f"n{number}") for number in range(_MOST)))


NARROWING: dict[str, Callable[[Platform], None]] = {
    "narrower": lambda platform: put(
        platform, Noun.OUTCOME, outcome("o1", visibility=Visibility.BROKERS)
    ),
    "another node's": lambda platform: put(
        platform, Noun.OUTCOME, outcome("members", visibility=Visibility.MEMBERS, node="n2")
    ),
    "deleted": lambda platform: remove(platform, Noun.MANAGER, ["m1"]),
    "an organisation": lambda platform: put(platform, Noun.ORGANISATION, Organisation(id="u")),
    "pruned": prune,
    "very much": write_much,
}
OTHERS: dict[str, Callable[[Platform], None]] = {
    "nothing": lambda platform: None,
    "new": lambda platform: put(
        platform, Noun.OUTCOME, outcome("x", visibility=Visibility.NAMED, owner="a")
    ),
    "edited": lambda platform: put(platform, Noun.OUTCOME, outcome("o1", "Edited")),
    "wider": lambda platform: put(platform, Noun.OUTCOME, outcome("members")),
}


@pytest.mark.parametrize("change", NARROWING.values(), ids=NARROWING)
def test_what_hides_something_is_taken_in_at_once(
    slow: Platform, change: Callable[[Platform], None]
) -> None:
    change(slow)
    assert is_taken_in(slow)
    assert not is_taken_in(slow)


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_what_was_looked_at_is_not_looked_at_again(
    slow: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    OTHERS["edited"](slow)
    assert not is_taken_in(slow)
    with monkeypatch.context() as patched:
        patched.setattr(feed, "since", None)
        assert not is_taken_in(slow)
    NARROWING["narrower"](slow)
    assert is_taken_in(slow)


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_what_one_state_allows_is_judged_anew_for_the_next(slow: Platform) -> None:
    """Hidden, then shown, then hidden: the first state knew it hidden, the second one shown."""
    put(slow, Noun.OUTCOME, outcome("o1", visibility=Visibility.BROKERS))
    slow.live.look_now()
    put(slow, Noun.OUTCOME, outcome("o1"))
    assert not is_taken_in(slow)
    between = slow.live.look_now()
    put(slow, Noun.OUTCOME, outcome("o1", visibility=Visibility.BROKERS))
    with slow.database.reading() as session:
        assert narrowed(session, between)


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize("change", OTHERS.values(), ids=OTHERS)
def test_what_hides_nothing_waits(slow: Platform, change: Callable[[Platform], None]) -> None:
    change(slow)
    assert not is_taken_in(slow)
