"""What is told of an interest names all that it is about, and nothing that isn't there."""

import pytest

from matcher.actions.interest_events import EXPRESSED, tell_interest
from matcher.actions.platform import Platform
from matcher.domain.enums import Noun
from matcher.domain.interest import Interest
from matcher.store import events
from tests.platforms import NOW


@pytest.mark.parametrize(
    ("need", "manager", "about"),
    [
        ("", "", [Noun.INTEREST, Noun.OUTCOME]),
        ("w1", "m1", [Noun.INTEREST, Noun.OUTCOME, Noun.NEED, Noun.MANAGER]),
    ],
)
def test_it_names_what_there_is(
    platform: Platform, need: str, manager: str, about: list[Noun]
) -> None:
    interest = Interest(id="X1", outcome="o1", need=need, account="a1", made_at=NOW)
    with platform.database.writing() as session:
        tell_interest(session, "a1", EXPRESSED, interest, NOW, manager=manager, model="7")
        [(_, event)] = events.read(session)
    assert [one.noun for one in event.subjects] == about
    assert (event.actor, event.verb, event.model_version) == ("a1", EXPRESSED, "7")
