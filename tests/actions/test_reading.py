"""Reading one record; what may not be known of isn't there."""

from __future__ import annotations

import pytest

from matcher.actions.platform import OPERATOR, Platform
from matcher.actions.reading import get, get_open
from matcher.domain.enums import Noun, Role, Visibility
from matcher.domain.visibility import ANONYMOUS, PUBLIC, SYSTEM, Viewer
from matcher.errors import NotFound
from matcher.store import events, records
from tests.actions.pursuits import sign_up
from tests.platforms import NOW, manager, outcome, put, remove

ANYONE = Viewer(None, frozenset({PUBLIC}))


def merge(platform: Platform, id_: str, into: str) -> None:
    with platform.database.writing() as session:
        records.set_merged(session, Noun.OUTCOME, id_, into, actor=OPERATOR, at=NOW)


def test_a_record_comes_with_its_version(platform: Platform) -> None:
    put(platform, Noun.OUTCOME, outcome("o1", "Edited"))
    stored = get(platform, ANYONE, Noun.OUTCOME, "o1")
    assert (stored.record.title, stored.version) == ("Edited", 2)


def test_what_was_merged_leads_on_to_what_is_left_however_often_that_was_merged(
    platform: Platform,
) -> None:
    merge(platform, "o1", "o2")
    merge(platform, "o2", "o3")
    for id_ in ("o1", "o2", "o3"):
        assert get(platform, ANYONE, Noun.OUTCOME, id_).record.id == "o3"


def test_a_merged_record_leads_nobody_to_what_they_may_not_see(platform: Platform) -> None:
    put(platform, Noun.OUTCOME, outcome("o2", visibility=Visibility.MEMBERS))
    merge(platform, "o1", "o2")
    said = {refusal(platform, ANYONE, id_) for id_ in ("o1", "o2", "never")}
    assert len(said) == 1
    assert get(platform, SYSTEM, Noun.OUTCOME, "o1").record.id == "o2"


def test_a_hidden_record_that_was_merged_into_a_public_one_is_still_hidden(
    platform: Platform,
) -> None:
    put(platform, Noun.OUTCOME, outcome("o1", visibility=Visibility.MEMBERS))
    merge(platform, "o1", "o2")
    assert refusal(platform, ANYONE, "o1") == refusal(platform, ANYONE, "never")


def test_deleted_and_never_are_the_same_to_everybody(platform: Platform) -> None:
    remove(platform, Noun.OUTCOME, ["o1"])
    for viewer in (ANYONE, ANONYMOUS, SYSTEM):
        assert refusal(platform, viewer, "o1") == refusal(platform, viewer, "never")


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize("id_", ["", "\x00", "\ud800", "o1\n", "O1", "%", "x" * 5000])
def test_an_odd_id_is_no_id(platform: Platform, id_: str) -> None:
    refusal(platform, SYSTEM, id_).encode()


def refusal(platform: Platform, viewer: Viewer, id_: str) -> str:
    with pytest.raises(NotFound) as caught:
        get(platform, viewer, Noun.OUTCOME, id_)
    return str(caught.value).replace(repr(id_), "ID")


def test_a_look_at_what_is_open_to_all_is_no_event(platform: Platform) -> None:
    put(platform, Noun.MANAGER, manager("m1", name="Qin", conflicts=("U1",)))
    admin = sign_up(platform, "a1", Role.ADMIN)
    found = get_open(platform, admin, Noun.MANAGER, "m1").record
    assert (found.name, found.conflicts) == ("Qin", ())
    assert "read_guarded" not in verbs(platform)
    get(platform, admin, Noun.MANAGER, "m1")
    assert "read_guarded" in verbs(platform)
    with pytest.raises(NotFound):
        get_open(platform, admin, Noun.MANAGER, "nobody")


def verbs(platform: Platform) -> set[str]:
    with platform.database.reading() as session:
        return {event.verb for _, event in events.read(session)}
