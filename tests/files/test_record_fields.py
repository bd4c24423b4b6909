"""The fields of the four nouns from the cells of a row."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from matcher.domain.enums import Grade, Noun, Secrecy, Stage, TransferMode, Visibility
from matcher.domain.manager import Deal, Manager
from matcher.domain.need import Challenge, Need
from matcher.domain.organisation import Organisation
from matcher.domain.outcome import Outcome
from matcher.files.draft import Draft
from matcher.files.mapping import Column, ColumnMap
from matcher.files.record_fields import Kept, own_columns, read_fields
from matcher.files.row_report import RowCode
from matcher.files.vocabulary import PLAIN

Make = Callable[..., Draft]


def made(row: Draft, kind: type[Kept]) -> Kept:
    read_fields(row, kind)
    row.fields["id"] = "1"
    return row.build(kind)


def test_an_outcome_in_a_broker_s_words(draft: Make) -> None:
    row = draft(
        title="石墨烯涂层",
        keywords="石墨烯；防腐",
        field="材料—微电子技术",
        ipc="c09d 5/08",
        trl="TRL 6",
        stage="中试阶段",
        transfer_modes="技术转让/技术许可",
        price="3-5万",
        pay_after_use="是",
        region="浙江省杭州市",
        secrecy="内部",
        visibility="成员",
        valid_until="2027年底",
    )
    assert made(row, Outcome) == Outcome(
        id="1",
        title="石墨烯涂层",
        keywords=("石墨烯", "防腐"),
        field="0102",
        ipc=("C09D 5/08",),
        trl=6,
        stage=Stage.PILOT,
        transfer_modes=(TransferMode.TRANSFER, TransferMode.LICENSE),
        price_min=30_000,
        price_max=50_000,
        pay_after_use=True,
        region="330100",
        secrecy=Secrecy.INTERNAL,
        visibility=Visibility.MEMBERS,
        valid_until=date(2027, 12, 31),
    )
    assert not row.problems
    assert row.original["price"] == "3-5万"
    assert row.original["valid_until"] == "2027年底"
    assert "keywords" not in row.original


def test_a_need_with_an_open_call(draft: Make) -> None:
    row = draft(title="n", budget_max=5, challenge_award=7, coop_modes="合作开发", scenario="否")
    assert made(row, Need) == Need(
        id="1",
        title="n",
        budget_max=5,
        challenge=Challenge(award=7),
        coop_modes=(TransferMode.DEVELOPMENT,),
    )


def test_a_manager_with_lists(draft: Make) -> None:
    row = draft(
        name="某",
        grade="高級",
        fields="0101、微电子技术",
        regions="上海市",
        languages="中文，English、de",
        deals="轴承：换厂",
        conflicts="甲公司；乙公司",
    )
    assert made(row, Manager) == Manager(
        id="1",
        name="某",
        grade=Grade.SENIOR,
        fields=("0101", "0102"),
        regions=("310000",),
        languages=("zh", "en", "de"),
        deals=(Deal(title="轴承", text="换厂"),),
        conflicts=("甲公司", "乙公司"),
    )


def test_an_organisation_without_a_sound_credit_code(draft: Make) -> None:
    row = draft(name="某", credit_code="91990000MA00QWERT0", country="de", industry="C39")
    found = made(row, Organisation)
    assert found == Organisation(id="1", name="某", country="DE", industry="C39")
    assert row.original["credit_code"] == "91990000MA00QWERT0"
    assert [problem.code for problem in row.problems] == [RowCode.UNREAD_VALUE]


@pytest.mark.parametrize(
    ("values", "code", "field", "stored"),
    [
        ({"field": "量子"}, RowCode.UNKNOWN_CODE, "field", "量子"),
        ({"field": "0101；0102"}, RowCode.UNREAD_VALUE, "field", "0101"),
        ({"stage": "early"}, RowCode.UNREAD_VALUE, "stage", None),
        ({"transfer_modes": "barter"}, RowCode.UNREAD_VALUE, "transfer_modes", ()),
        ({"trl": 12}, RowCode.UNREAD_VALUE, "trl", None),
        ({"pay_after_use": "看情况"}, RowCode.UNREAD_VALUE, "pay_after_use", False),
        ({"valid_until": "2027-02-30"}, RowCode.UNREAD_VALUE, "valid_until", None),
        ({"currency": "gold"}, RowCode.UNREAD_VALUE, "currency", "CNY"),
    ],
)
def test_nothing_is_left_out_silently(
    draft: Make, values: dict[str, Any], code: RowCode, field: str, stored: object
) -> None:
    row = draft(title="x", **values)
    assert getattr(made(row, Outcome), field) == stored
    assert [(problem.code, problem.field) for problem in row.problems] == [(code, field)]
    if stored != "量子":
        assert row.original[field] == str(values[field])


def columns(*names: str) -> ColumnMap:
    held = {name: (Column(place, name, PLAIN),) for place, name in enumerate(names)}
    return ColumnMap(Noun.NEED, held, ())


def places(found: ColumnMap) -> dict[str, list[int]]:
    return {name: [column.index for column in held] for name, held in found.fields.items()}


def test_general_names_mean_the_noun_s_own_field() -> None:
    need = own_columns(columns("title", "text", "problem"), Noun.NEED)
    assert places(need) == {"title": [0], "problem": [2, 1]}
    manager = own_columns(columns("title", "text", "portfolio"), Noun.MANAGER)
    assert places(manager) == {"statement": [1], "name": [0], "deals": [2]}
    both = own_columns(columns("title", "name", "text"), Noun.ORGANISATION)
    assert places(both) == {"title": [0], "name": [1], "text": [2]}
