"""Records entered, changed and removed by hand."""

from __future__ import annotations

import pytest

from matcher.actions.answer import Wish
from matcher.actions.editing import change, create, remove
from matcher.actions.platform import OPERATOR, Platform
from matcher.actions.reading import get
from matcher.actions.search import search
from matcher.domain.enums import Noun, Role, Visibility
from matcher.domain.visibility import SYSTEM, Viewer
from matcher.errors import (
    DuplicateId,
    EditConflict,
    InvalidValue,
    MatcherError,
    NotAllowed,
    NotFound,
)
from matcher.store import events, feed, records
from tests.actions.pursuits import sign_up
from tests.platforms import NOW, manager, need, outcome, put
from tests.platforms import remove as erase


@pytest.fixture
def firm(platform: Platform) -> Viewer:
    return sign_up(platform, "firm", Role.ENTERPRISE, node="n2")


@pytest.fixture
def admin(platform: Platform) -> Viewer:
    return sign_up(platform, "adm", Role.ADMIN, node="n2")


def written(platform: Platform) -> tuple[list[tuple[str, str]], int]:
    """Actors and verbs of the events, and how far the change feed has come."""
    with platform.database.reading() as session:
        told = [(event.actor, event.verb) for _, event in events.read(session)]
        return told, feed.latest(session)


def test_a_need_goes_its_way(platform: Platform, firm: Viewer) -> None:
    told, seq = written(platform)
    new = create(platform, firm, Noun.NEED, {"title": "Zirbolite wanted", "node": "n2"})
    id_ = new.record.id
    assert (new.version, new.changed_by, new.created_at) == (1, "firm", NOW)
    assert (new.record.node, new.record.owner) == ("n2", "firm")
    assert new.record.updated_at == NOW.date()
    found = search(platform, firm, Noun.NEED, "zirbolite", Wish(k=1)).matches
    assert [row.candidate_id for row in found] == [id_]
    newer = change(platform, firm, Noun.NEED, id_, {"budget_max": 5}, 1)
    assert (newer.version, newer.record.budget_max, newer.record.title) == (2, 5, new.record.title)
    with pytest.raises(EditConflict) as refused:
        change(platform, firm, Noun.NEED, id_, {"budget_max": 9}, 1)
    assert refused.value.values["version"] == 2
    assert get(platform, firm, Noun.NEED, id_) == newer
    remove(platform, firm, Noun.NEED, id_, 2)
    with pytest.raises(NotFound):
        get(platform, firm, Noun.NEED, id_)
    after, last = written(platform)
    verbs = ("record_created", "record_changed", "record_removed")
    assert after[len(told) :] == [("firm", verb) for verb in verbs]
    assert last == seq + 3


def test_saying_that_it_still_holds_makes_it_of_today_and_twice_is_once(
    platform: Platform, firm: Viewer
) -> None:
    put(platform, Noun.NEED, need("mine", owner="firm", node="n2"))
    kept = change(platform, firm, Noun.NEED, "mine", {}, 1)
    assert (kept.version, kept.record.updated_at) == (2, NOW.date())
    before = written(platform)
    assert change(platform, firm, Noun.NEED, "mine", {}, 2).version == 2
    assert written(platform) == before


def test_an_admin_enters_every_noun_for_the_nodes_below(platform: Platform, admin: Viewer) -> None:
    for noun in (Noun.OUTCOME, Noun.NEED, Noun.MANAGER, Noun.ORGANISATION):
        own = create(platform, admin, noun, {})
        below = create(platform, admin, noun, {"id": "新 1", "node": "n4"})
        assert (own.record.node, below.record.node, below.record.id) == ("n2", "n4", "新 1")
        assert getattr(own.record, "owner", "adm") == "adm"
        moved = change(platform, admin, noun, "新 1", {"node": "n2"}, 1)
        assert moved.record.node == "n2"
        for node, error in (("n1", NotAllowed), ("nowhere", InvalidValue)):
            with pytest.raises(error):
                create(platform, admin, noun, {"node": node})
            with pytest.raises(error):
                change(platform, admin, noun, "新 1", {"node": node}, 2)
        remove(platform, admin, noun, "新 1", 2)


def test_the_operator_enters_at_the_root(platform: Platform) -> None:
    new = create(platform, SYSTEM, Noun.NEED, {})
    assert (new.record.node, new.record.owner, new.changed_by) == ("n1", "", OPERATOR)


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
class TestWhatIsRefused:
    """And nothing of it is written."""

    @pytest.fixture(autouse=True)
    def nothing_is_written(self, platform: Platform, firm: Viewer, admin: Viewer):  # type: ignore[no-untyped-def]
        put(platform, Noun.NEED, need("mine", owner="firm", node="n2", visible_to=("b",)))
        hidden = need("hidden", visibility=Visibility.NAMED, node="n2")
        put(platform, Noun.NEED, hidden, need("gone", node="n2"))
        erase(platform, Noun.NEED, ["gone"])
        before = written(platform)
        yield
        assert written(platform) == before

    @pytest.mark.parametrize("id_", ["w1", "hidden", "gone"])
    def test_an_id_is_never_used_twice(self, platform: Platform, admin: Viewer, id_: str) -> None:
        with pytest.raises(DuplicateId) as refused:
            create(platform, admin, Noun.NEED, {"id": id_})
        assert str(refused.value) == f"field id: The id {id_!r} is taken. Choose another one."

    def test_who_is_no_admin_learns_nothing_of_ids(self, platform: Platform, firm: Viewer) -> None:
        said = set()
        for id_ in ("hidden", "never"):
            with pytest.raises(NotAllowed) as refused:
                create(platform, firm, Noun.NEED, {"id": id_})
            said.add(str(refused.value))
        assert len(said) == 1

    @pytest.mark.parametrize("fields", [{"node": "n1"}, {"owner": "adm"}])
    def test_nobody_enters_in_another_name(
        self, platform: Platform, firm: Viewer, fields: dict[str, object]
    ) -> None:
        with pytest.raises(NotAllowed):
            create(platform, firm, Noun.NEED, fields)
        with pytest.raises(NotAllowed):
            change(platform, firm, Noun.NEED, "mine", fields, 1)

    def test_nor_what_their_role_does_not_enter(self, platform: Platform, firm: Viewer) -> None:
        for noun in (Noun.OUTCOME, Noun.MANAGER, Noun.ORGANISATION):
            with pytest.raises(NotAllowed):
                create(platform, firm, noun, {})

    @pytest.mark.parametrize(
        ("id_", "version", "error"),
        [
            ("hidden", 1, NotFound),
            ("never", 1, NotFound),
            ("gone", 2, NotFound),
            ("w1", 1, NotAllowed),
            ("w1", 7, NotAllowed),
            ("mine", 7, EditConflict),
        ],
    )
    def test_what_may_not_be_known_comes_before_what_may_not_be_done(
        self, platform: Platform, firm: Viewer, id_: str, version: int, error: type[MatcherError]
    ) -> None:
        with pytest.raises(error):
            change(platform, firm, Noun.NEED, id_, {"title": "x"}, version)
        with pytest.raises(error):
            remove(platform, firm, Noun.NEED, id_, version)

    def test_a_state_secret_is_not_repeated(self, platform: Platform, admin: Viewer) -> None:
        with pytest.raises(InvalidValue) as refused:
            create(platform, admin, Noun.OUTCOME, {"title": "zorbex", "secrecy": "top_secret"})
        assert refused.value.where == {"field": "secrecy"}
        assert "zorbex" not in str(refused.value)

    @pytest.mark.parametrize("title", ["a\0b", "\ud800"])
    def test_what_no_database_holds(self, platform: Platform, firm: Viewer, title: str) -> None:
        with pytest.raises(InvalidValue, match="title"):
            create(platform, firm, Noun.NEED, {"title": title})

    def test_a_manager_does_not_remove_themself(self, platform: Platform) -> None:
        own = sign_up(platform, "a1", manager="m1", node="n2")
        with pytest.raises(NotAllowed):
            remove(platform, own, Noun.MANAGER, "m1", 1)


def test_a_manager_says_what_they_can_do(platform: Platform) -> None:
    put(platform, Noun.MANAGER, manager("m9", "old", conflicts=("u",), node="n1"))
    own = sign_up(platform, "a9", manager="m9", node="n2")
    kept = change(platform, own, Noun.MANAGER, "m9", {"statement": "new", "capacity": 3}, 1)
    assert (kept.record.statement, kept.record.conflicts) == ("new", ())
    there = get(platform, SYSTEM, Noun.MANAGER, "m9").record
    assert (there.statement, there.conflicts) == ("new", ("u",))


def test_what_was_merged_is_changed_under_the_id_that_is_left(
    platform: Platform, admin: Viewer
) -> None:
    put(platform, Noun.OUTCOME, *(outcome(id_, node="n2") for id_ in ("x1", "x2")))
    with platform.database.writing() as session:
        records.set_merged(session, Noun.OUTCOME, "x1", "x2", actor=OPERATOR, at=NOW)
    with pytest.raises(EditConflict):
        change(platform, admin, Noun.OUTCOME, "x1", {"title": "b"}, 1)
    with pytest.raises(EditConflict):
        remove(platform, admin, Noun.OUTCOME, "x1", 1)
    assert change(platform, admin, Noun.OUTCOME, "x2", {"title": "b"}, 1).version == 2
