"""What is said of a record, laid over what is there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from matcher.actions.editing_fields import changed_record, entered_record
from matcher.actions.editing_rights import Right
from matcher.actions.masked import masked
from matcher.actions.platform import Platform
from matcher.domain.enums import Noun, Role, Visibility
from matcher.domain.manager import Deal, Manager
from matcher.domain.visibility import SYSTEM
from matcher.errors import InvalidValue, NotAllowed
from tests.actions.pursuits import sign_up
from tests.platforms import manager, need, outcome, put

TODAY = date(2026, 11, 1)
DEALS = (Deal(title="one", outcome="hidden"), Deal(title="two", outcome="o1"))
BROKER = replace(
    manager("m9", "all", conflicts=("u",), same_person=("x",), active=False), deals=DEALS
)


@pytest.fixture
def kind() -> str:
    """What is tested here reads a database, and writes none."""
    return "sqlite"


def test_a_new_record_is_of_today() -> None:
    fields = {"id": "w9", "title": " x ", "budget_max": None}
    record = entered_record(Noun.NEED, fields, TODAY)
    assert record == replace(need("w9", "x", node=""), updated_at=TODAY)
    with pytest.raises(InvalidValue, match="updated_at"):
        entered_record(Noun.NEED, {"id": "w9", "updated_at": "2020-01-01"}, TODAY)


def changed_by_admin(platform: Platform, before: object, **fields: object) -> object:
    with platform.database.reading() as session:
        return changed_record(session, SYSTEM, Right.ADMIN, before, fields, TODAY)


def test_what_is_named_is_set_or_taken_away_and_the_rest_stays(platform: Platform) -> None:
    before = need("w9", "A", " as it was ", budget_max=5, keywords=("a",))
    after = changed_by_admin(platform, before, title="B", budget_max=None, keywords=[])
    assert after == replace(need("w9", "B", " as it was "), updated_at=TODAY)


def test_a_record_keeps_its_node_where_none_is_given(platform: Platform) -> None:
    before = need("w9", node="n4")
    assert changed_by_admin(platform, before, node="").node == "n4"  # type: ignore[attr-defined]
    assert changed_by_admin(platform, before, node="n2").node == "n2"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"nonsense": 1}, "nonsense"),
        ({"id": "w1"}, "id"),
        ({"budget_min": 9}, "budget_min"),
        ({"challenge": {"award": -1}}, "challenge.award"),
        ({"updated_at": "2020-01-01"}, "updated_at"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(
    platform: Platform, fields: dict[str, object], field: str
) -> None:
    with pytest.raises(InvalidValue) as refused:
        changed_by_admin(platform, need("w9", budget_max=5), **fields)
    assert refused.value.where == {"field": field}


class TestAManagerOfThemself:
    def changed(self, platform: Platform, **fields: object) -> Manager:
        own = sign_up(platform, "a9", Role.MANAGER, "m9", "n2")
        hidden = outcome("hidden", visibility=Visibility.NAMED)
        put(platform, Noun.OUTCOME, hidden)
        with platform.database.reading() as session:
            shown = masked(session, own, BROKER)
            assert (shown.conflicts, len(shown.deals)) == ((), 1)
            given = {**shown.to_mapping(), **fields}
            given.pop("updated_at", None)
            return changed_record(session, own, Right.SELF, BROKER, given, TODAY)

    def test_writing_back_what_was_shown_wipes_nothing(self, platform: Platform) -> None:
        cleared: dict[str, object] = dict.fromkeys(("conflicts", "same_person", "node", "grade"))
        after = self.changed(platform, statement="new", **cleared)
        assert after == replace(BROKER, statement="new", updated_at=TODAY)

    def test_a_deal_may_be_added_and_removed_but_for_hidden_ones(self, platform: Platform) -> None:
        after = self.changed(platform, deals=[{"title": "three", "need": "w1"}])
        assert after.deals == (Deal(title="three", need="w1"), DEALS[0])

    def test_naming_what_is_hidden_is_like_naming_what_never_was(self, platform: Platform) -> None:
        own = sign_up(platform, "a8", Role.MANAGER, "m9", "n2")
        put(platform, Noun.OUTCOME, outcome("hidden", visibility=Visibility.NAMED))
        said = set()
        for id_ in ("hidden", "never"):
            fields = {"deals": [{"outcome": id_}]}
            with platform.database.reading() as session, pytest.raises(InvalidValue) as refused:
                changed_record(session, own, Right.SELF, manager("m9"), fields, TODAY)
            assert refused.value.where == {"field": "deals[0].outcome"}
            said.add(str(refused.value).replace(id_, "ID"))
        assert len(said) == 1

    @pytest.mark.parametrize(
        "fields", [{"grade": "senior"}, {"active": True}, {"node": "n2"}, {"conflicts": ["v"]}]
    )
    def test_what_an_admin_vouches_for_is_refused(
        self, platform: Platform, fields: dict[str, object]
    ) -> None:
        with pytest.raises(NotAllowed):
            self.changed(platform, **fields)
