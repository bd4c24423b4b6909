"""Lines of JSON and of CSV."""

import json
from datetime import date

import pytest

from matcher.domain.enums import Noun, TransferMode
from matcher.domain.manager import Deal
from matcher.domain.need import Need
from matcher.files.cells import as_list
from matcher.files.export_lines import csv_line, join_list, json_line


def test_a_line_of_json_is_marked_and_holds_everything() -> None:
    record = Need(id="n", title="轴承\n一", owner="a", valid_until=date(2027, 1, 1))
    line = json_line(record, Noun.NEED)
    assert line.endswith("\n")
    assert "\n" not in line[:-1]
    assert "轴承" in line
    found = json.loads(line)
    assert found.pop("format") == "need/1"
    assert Need.from_mapping(found) == record


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""),
        (True, "true"),
        (5, "5"),
        (2.5, "2.5"),
        (date(2027, 1, 2), "2027-01-02"),
        (TransferMode.LICENSE, "license"),
        ((TransferMode.TRANSFER, TransferMode.LICENSE), "transfer; license"),
        ("=1+1", "'=1+1"),
        ("'=1", "''=1"),
        ("-5", "-5"),
        ('say "x"', '"say ""x"""'),
        (("a", "b"), "a; b"),
        (("=a",), "'=a"),
        (
            (Deal(title="a", value=5),),
            '"[{""title"": ""a"", ""value"": 5, ""currency"": ""CNY""}]"',
        ),
    ],
)
def test_cells_of_csv(value: object, cell: str) -> None:
    assert csv_line([value, 1]) == f"{cell},1\r\n"


@pytest.mark.parametrize(
    "items", [(), ("a",), ("a", "b"), ("a, b", "c"), ("[1]",), ("甲、乙", "丙")]
)
def test_a_joined_list_is_read_back(items: tuple[str, ...]) -> None:
    assert as_list(join_list(items)) == items
