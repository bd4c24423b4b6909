"""Records as a sheet that a broker opens."""

import io
from datetime import UTC, date, datetime

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from matcher.domain.enums import Language, Noun, TransferMode
from matcher.domain.interaction import Interaction
from matcher.domain.manager import Deal, Manager
from matcher.domain.outcome import Outcome
from matcher.domain.record import Record
from matcher.files.export_workbook import write_record_sheet
from matcher.files.sheet_columns import INTERACTION
from matcher.files.sheets import MAX_TEXT

OUTCOME = Outcome(
    id="o1",
    title="=涂层",
    field="0102",
    region="999999",
    transfer_modes=(TransferMode.TRANSFER, TransferMode.LICENSE),
    price_min=300_000,
    pay_after_use=True,
    valid_until=date(2027, 1, 2),
)


def sheet(noun: str, record: Record, language: Language) -> Worksheet:
    stream = io.BytesIO()
    assert write_record_sheet(stream, noun, [record], language, name="o.xlsx") == 1
    stream.seek(0)
    return openpyxl.load_workbook(stream).active


def cells(found: Worksheet) -> dict[str, object]:
    names, values = ([cell.value for cell in row] for row in found.iter_rows())
    return {str(name): value for name, value in zip(names, values, strict=True) if value}


def test_headings_choices_and_codes_in_chinese() -> None:
    assert cells(sheet(Noun.OUTCOME, OUTCOME, Language.ZH)) == {
        "编号": "o1",
        "成果名称": "=涂层",
        "高新技术领域": "0102 微电子技术",
        "行政区划": "999999",
        "转化方式": "技术转让; 技术许可",
        "最低价格": 300_000,
        "币种": "CNY",
        "先使用后付费": "是",
        "密级": "公开",
        "可见范围": "登录可见",
        "挂牌状态": "未挂牌",
        "有效期": datetime(2027, 1, 2),
    }


def test_headings_and_choices_in_english() -> None:
    found = cells(sheet(Noun.OUTCOME, OUTCOME, Language.EN))
    assert found["Transfer modes"] == "technology transfer; technology licence"
    assert found["Pay after use"] == "yes"
    assert found["Title"] == "=涂层"


def test_layout() -> None:
    found = sheet(Noun.OUTCOME, OUTCOME, Language.ZH)
    place = {str(cell.value): cell.column_letter for cell in found[1]}
    price, valid, summary = (found[f"{place[n]}2"] for n in ("最低价格", "有效期", "简介"))
    assert found.freeze_panes == "A2"
    assert found.auto_filter.ref.startswith("A1:")
    assert (price.number_format, valid.number_format) == ("#,##0", "yyyy-mm-dd")
    assert summary.alignment.wrap_text
    assert found.column_dimensions[place["简介"]].width == 60
    title = found[f"{place['成果名称']}2"]
    assert (title.data_type, title.quotePrefix) == ("s", True)


def test_deals_are_told_in_words() -> None:
    deals = (Deal(title="轴承", text="换厂\n两年"), Deal(outcome="O7"), Deal(text="泵"))
    found = cells(sheet(Noun.MANAGER, Manager(id="m", deals=deals), Language.ZH))
    assert found["成交案例"] == "轴承：换厂 两年\nO7\n泵"


@pytest.mark.parametrize(
    ("at", "shown"),
    [
        (datetime(2026, 3, 1, 9, 30, 5, tzinfo=UTC), datetime(2026, 3, 1, 9, 30, 5)),
        (datetime(2026, 3, 1, 9, 30, 5, 7, tzinfo=UTC), "2026-03-01T09:30:05.000007+00:00"),
    ],
)
def test_times_are_times_unless_excel_would_round_them(at: datetime, shown: object) -> None:
    record = Interaction(id="i", need="n", outcome="o", at=at)
    assert cells(sheet(INTERACTION, record, Language.ZH))["时间"] == shown


def test_a_text_beyond_excel_s_limit_is_cut_and_says_so() -> None:
    found = cells(sheet(Noun.OUTCOME, Outcome(id="o", summary="长" * 40_000), Language.ZH))
    assert found["简介"] == "长" * (MAX_TEXT - 1) + "…"
