"""The lines of a dump: the same bytes for the same values, and back without loss."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.store.dump_format import Header, Trailer, line_of, parse_line, row_reader
from matcher.store.schema.tables import tables

TABLES = {table.name: table for table in tables()}
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@given(st.dictionaries(st.text(), values))
def test_a_line_comes_back_as_it_was_written(value):
    line = line_of(value)
    assert line.endswith(b"\n")
    assert line.count(b"\n") == 1
    assert parse_line(line) == value


def test_the_order_of_columns_does_not_matter():
    assert line_of({"b": 1, "a": {"d": 2, "c": 3}}) == b'{"a": {"c": 3, "d": 2}, "b": 1}\n'


def test_chinese_is_written_as_it_is():
    assert "石墨烯".encode() in line_of({"title": "石墨烯"})


def test_header_and_trailer_are_lines_too():
    header = Header(1, None, "0.1.0", "2026-11-01T12:00:00+00:00")
    trailer = Trailer({"event": 3}, "ab")
    assert Header(**parse_line(line_of(header))) == header
    assert Trailer(**parse_line(line_of(trailer))) == trailer


@pytest.mark.parametrize("line", [b"", b"{", b"[1]\n", b'"a"\n', b"\xff\n", b"1\n"])
def test_what_is_no_object_is_refused(line):
    with pytest.raises(ValueError):  # noqa: PT011 whichever of its kinds
        parse_line(line)


@pytest.mark.parametrize("value", [{"a": object()}, {"a": b"x"}])
def test_what_has_no_form_is_not_written(value):
    with pytest.raises(TypeError):
        line_of(value)


def test_nan_is_not_written():
    with pytest.raises(ValueError, match="JSON"):
        line_of({"a": float("nan")})


def test_times_and_days_come_back():
    row = {
        "seq": 1,
        "follow_up": "F1",
        "from_state": "accepted",
        "to_state": "on_hold",
        "by": "A1",
        "at": datetime(2026, 11, 1, 12, 0, 0, 123456, tzinfo=UTC),
        "why": "",
        "reason": None,
        "until": date(2027, 3, 1),
        "of": "",
    }
    read = row_reader(TABLES["transition"])
    assert read(parse_line(line_of(row))) == row


def test_a_time_of_another_zone_is_the_same_moment():
    noon = datetime(2026, 11, 1, 12, tzinfo=timezone(timedelta(hours=8)))
    read = row_reader(TABLES["change"])
    row = read(parse_line(line_of({"seq": 1, "noun": "need", "id": "N1", "at": noon})))
    assert row["at"] == noon


CHANGE = {"seq": 1, "noun": "need", "id": "N1", "at": "2026-11-01T12:00:00+00:00"}


@pytest.mark.parametrize(
    "row",
    [
        CHANGE | {"more": 1},
        {"seq": 1},
        CHANGE | {"at": "yesterday"},
        CHANGE | {"at": "2026-11-01T12:00:00"},
        CHANGE | {"at": 5},
    ],
)
def test_a_row_that_is_none_of_the_table_is_refused(row):
    with pytest.raises((ValueError, TypeError, KeyError)):
        row_reader(TABLES["change"])(row)
