"""Dates as they stand in real files, and garbage that must not become one."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.dates import PartialDate, parse_date, parse_partial_date
from matcher.errors import InvalidValue

days = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@pytest.mark.parametrize(
    "value",
    [
        *(
            "2025-03-01",
            "2025/3/1",
            "2025.3.1",
            "2025年3月1日",
            "2025 年 3 月 1 日",
            "２０２５年３月１日",
        ),
        *("二〇二五年三月一日", "20250301", "2025-03-01T23:30:00Z", "2025-03-01 12:00:00.5+08:00"),
        *("2025年3月1日10:00", "1 March 2025", "March 1, 2025", "1st Mar 2025", "01-Mar-2025"),
        *("1.3.2025", "by 1 March 2025", "截至2025年3月1日", "2025年3月1日前", "45717", "45717.75"),
        *(45717, 45717.75, 20250301, date(2025, 3, 1), datetime(2025, 3, 1, 23, 30, tzinfo=UTC)),
        datetime(2025, 3, 1, 0, 0, tzinfo=timezone(timedelta(hours=8))),
    ],
)
def test_one_day_in_its_many_forms(value):
    assert parse_partial_date(value) == PartialDate(date(2025, 3, 1), date(2025, 3, 1))


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2025-03", "2025-03-01", "2025-03-31"),
        ("2025年2月", "2025-02-01", "2025-02-28"),
        ("2024年2月份", "2024-02-01", "2024-02-29"),
        ("202503", "2025-03-01", "2025-03-31"),
        ("Mar 2025", "2025-03-01", "2025-03-31"),
        ("Sept. 2025", "2025-09-01", "2025-09-30"),
        ("2025年十二月", "2025-12-01", "2025-12-31"),
        ("2025年3月上旬", "2025-03-01", "2025-03-10"),
        ("2025年3月中旬", "2025-03-11", "2025-03-20"),
        ("2024年2月底", "2024-02-21", "2024-02-29"),
        ("end of March 2025", "2025-03-21", "2025-03-31"),
        ("2025", "2025-01-01", "2025-12-31"),
        (2025, "2025-01-01", "2025-12-31"),
        (2025.0, "2025-01-01", "2025-12-31"),
        ("2025年度", "2025-01-01", "2025-12-31"),
        ("2025年内", "2025-01-01", "2025-12-31"),
        ("2025年初", "2025-01-01", "2025-03-31"),
        ("early 2025", "2025-01-01", "2025-03-31"),
        ("2025年中", "2025-04-01", "2025-06-30"),
        ("mid-2025", "2025-04-01", "2025-06-30"),
        ("2025年底", "2025-10-01", "2025-12-31"),
        ("2025年末", "2025-10-01", "2025-12-31"),
        ("2025年底前", "2025-10-01", "2025-12-31"),
        ("二零二五年底", "2025-10-01", "2025-12-31"),
        ("by the end of 2025", "2025-10-01", "2025-12-31"),
        ("2025年上半年", "2025-01-01", "2025-06-30"),
        ("2025年下半年", "2025-07-01", "2025-12-31"),
        ("H1 2025", "2025-01-01", "2025-06-30"),
        ("second half of 2025", "2025-07-01", "2025-12-31"),
        ("2025年第三季度", "2025-07-01", "2025-09-30"),
        ("2025年四季度", "2025-10-01", "2025-12-31"),
        ("2025Q3", "2025-07-01", "2025-09-30"),
        ("Q3 2025", "2025-07-01", "2025-09-30"),
        ("third quarter of 2025", "2025-07-01", "2025-09-30"),
    ],
)
def test_a_longer_time_has_a_first_and_a_last_day(value, first, last):
    expected = PartialDate(date.fromisoformat(first), date.fromisoformat(last))
    assert parse_partial_date(value) == expected
    assert parse_date(value) == expected.last
    assert not expected.exact


@pytest.mark.parametrize(
    "value",
    [
        None,
        "",
        "  ",
        "长期",
        "长期有效",
        "long-term",
        "Long term",
        "永久",
        "无",
        "-",
        "9999-12-31",
        "9999年底",
    ],
)
def test_no_end_is_none(value):
    assert parse_date(value) is None


@pytest.mark.parametrize(
    "value",
    [
        *(
            "2025-13-40",
            "2025-02-29",
            "2025-00-10",
            "202513",
            "0025-03-01",
            "2500-01-01",
            "01/03/2025",
        ),
        *("三个月内", "soon", "March", "2025-", "Q5 2025", "2025年第五季度", "12345", "99999"),
        *(0, -5, 43, 2025.3, 1e300, float("nan"), float("inf"), True, [], date(1, 1, 1)),
    ],
)
def test_garbage_is_refused_with_a_hint(value):
    with pytest.raises(InvalidValue, match="is not a date") as refused:
        parse_date(value)
    assert "2025-03-01" in (refused.value.hint or "")


@given(days)
def test_every_day_is_read_back_from_the_forms_it_is_written_in(day):
    assert parse_date(day.isoformat()) == day
    assert parse_date(f"{day.year}年{day.month}月{day.day}日") == day
    assert parse_date(f"{day.year}/{day.month}/{day.day} 0:00:00") == day
    assert parse_date(f"{day.day} {day:%B} {day.year}") == day


@given(st.dates(date(1954, 10, 3), date(2149, 12, 30)))
def test_a_day_number_of_excel_is_the_day_excel_shows(day):
    assert parse_date((day - date(1899, 12, 30)).days) == day


def _read_or_refused(text):
    try:
        return parse_partial_date(text)
    except InvalidValue as refused:
        return refused


@given(st.text(alphabet="0123456789年月日号底初中末第季度上下半年Qqh-/. 十二月前Mar", max_size=14))
def test_any_text_is_read_or_refused(text):
    stated = _read_or_refused(text)
    assert stated is None or isinstance(stated, InvalidValue) or stated.first <= stated.last


def test_a_time_that_ends_before_it_begins_is_refused():
    with pytest.raises(InvalidValue):
        PartialDate(date(2025, 3, 2), date(2025, 3, 1))


def test_one_day_is_exact():
    assert PartialDate(date(2025, 3, 1), date(2025, 3, 1)).exact
