"""A manager's record as a form."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.enums import Grade, Language
from matcher.domain.manager import Deal, Manager
from matcher.errors import InvalidValue
from matcher.taxonomy import taxonomy
from matcher.web.manager_form import (
    fields_for,
    manager_values,
    told_manager,
    typed_manager,
)
from matcher.web.say import Say

SAYS = {one: Say(one, datetime(2026, 11, 1, tzinfo=UTC)) for one in Language}
EN = SAYS[Language.EN]
ONE = Manager(
    id="m1",
    name="覃工",
    statement="Coatings",
    fields=("0108", "0104"),
    regions=("330000",),
    languages=("zh", "en"),
    capacity=4,
    grade=Grade.SENIOR,
    deals=(Deal(title="First"), Deal(title="Second")),
)


def told(changes: dict[str, str], *, vouching: bool = True) -> dict[str, object]:
    shown = manager_values(ONE, EN)
    return told_manager(typed_manager({**shown, **changes}), shown, ONE.deals, vouching=vouching)


def test_what_is_sent_back_as_it_was_shown_changes_nothing() -> None:
    assert told({}) == {}
    assert "Zhejiang" in manager_values(ONE, EN)["regions"]


def test_what_was_typed_is_read_by_its_kind() -> None:
    found = told({"fields": "Electronic Information；0104", "capacity": "", "active": ""})
    assert found["capacity"] is None
    assert found["active"] is False
    assert "0104" in found["fields"]  # type: ignore[operator]
    assert told({"regions": "浙江、江苏"})["regions"] == ["330000", "320000"]
    assert told({"languages": "zh, de"})["languages"] == ["zh", "de"]
    assert told({"grade": ""})["grade"] is None


def test_deals_are_dropped_and_added() -> None:
    found = told({"drop_0": "1", "deal_title_0": "Third", "deal_date_0": "2026-01-02"})
    titles = [deal["title"] for deal in found["deals"]]  # type: ignore[attr-defined]
    assert titles == ["Second", "Third"]
    assert Deal.from_mapping(found["deals"][1]).date == date(2026, 1, 2)  # type: ignore[index]


def test_what_an_admin_vouches_for_isnt_read_of_a_manager() -> None:
    assert told({"name": "Other", "active": "", "node": "n9"}, vouching=False) == {}
    assert {one.name for one in fields_for(vouching=False)} == {
        *("statement", "statement_en", "fields", "regions", "languages", "capacity"),
        "industries",
    }


def test_a_day_alone_is_no_deal() -> None:
    with pytest.raises(InvalidValue) as caught:
        told({"deal_date_1": "2026-01-02"})
    assert caught.value.where["field"] == "deal_title_1"


def test_who_keeps_away_from_whom_has_a_line_each() -> None:
    one = Manager(id="m", conflicts=("Foo, Inc.", "U1"), industries=("C35", "A"))
    shown = manager_values(one, EN)
    assert shown["conflicts"] == "Foo, Inc.\nU1"
    assert told_manager(shown, shown, (), vouching=True) == {}
    assert told_manager(shown, {}, (), vouching=True)["conflicts"] == ["Foo, Inc.", "U1"]
    assert told_manager(shown, {}, (), vouching=True)["industries"] == ["C35", "A"]
    assert "conflicts" not in told_manager(shown, {}, (), vouching=False)
    assert told({"conflicts": " U2 \n\nU2"})["conflicts"] == ["U2"]
    assert told({"industries": "汽车制造业"})["industries"] == ["C36"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("capacity", "many"),
        ("capacity", "99999"),
        ("fields", "Wizardry"),
        ("regions", "Atlantis"),
        ("deal_date_0", "soon"),
        ("statement", "x" * 8_001),
    ],
)
def test_what_cant_be_read_names_its_field(name: str, text: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        told({"deal_title_0": "New", name: text})
    assert caught.value.where["field"] == name


@given(
    st.sampled_from(Language),
    st.lists(st.sampled_from(sorted(taxonomy("fields"))), unique=True, max_size=4),
    st.lists(st.sampled_from(sorted(taxonomy("regions"))), unique=True, max_size=4),
)
def test_codes_come_back_from_their_names(
    language: Language, fields: list[str], regions: list[str]
) -> None:
    one = Manager(id="m", fields=tuple(fields), regions=tuple(regions))
    shown = manager_values(one, SAYS[language])
    found = told_manager(shown, {}, (), vouching=False)
    assert found.get("fields", []) == fields
    assert found.get("regions", []) == regions
