"""Whole files as records: ids, repetitions, refusals, the dirty files of the sample."""

import json
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from matcher.domain.enums import FollowUpState, Noun
from matcher.domain.interaction import Interaction
from matcher.domain.need import Need
from matcher.errors import InvalidValue, UsageError
from matcher.files.notices import Code
from matcher.files.record_rows import Rows, read_rows
from matcher.files.row_report import ParsedRow, RowCode
from matcher.files.sheet_columns import INTERACTION
from matcher.files.vocabulary import Vocabulary
from matcher.resources import data_path

Write = Callable[..., Path]
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def told(rows: list[ParsedRow[Any]]) -> list[tuple[int, RowCode]]:
    return [(row.row, problem.code) for row in rows for problem in row.problems]


def ids(rows: Rows) -> list[str]:
    return [row.record.id for row in rows if row.record is not None]  # type: ignore[attr-defined]


def test_rows_of_a_csv(write: Write, vocabulary: Vocabulary) -> None:
    path = write(
        "n.csv", "编号,需求名称,预算（万元）,领域\nN1,轴承,3-5,量子\n,,,\nN2,水泵,-1,\n合计,,8,\n"
    )
    rows = list(read_rows(path, Noun.NEED, vocabulary))
    assert rows[0].record == Need(
        id="N1",
        external_id="N1",
        title="轴承",
        budget_min=30_000,
        budget_max=50_000,
        field="量子",
    )
    assert rows[0].original == {"budget": "3-5"}
    assert told(rows) == [
        (2, RowCode.UNKNOWN_CODE),
        (4, RowCode.BELOW_ZERO),
        (5, RowCode.TOTAL_ROW),
    ]
    assert [(row.refused, row.skipped) for row in rows[1:]] == [(True, False), (False, True)]


def test_a_repeated_id_is_the_same_record_or_a_refusal(
    write: Write, vocabulary: Vocabulary
) -> None:
    path = write("n.csv", "id,title\nA,x\nB,y\nA,x\nA,z\n")
    rows = list(read_rows(path, Noun.NEED, vocabulary))
    assert told(rows) == [(4, RowCode.DUPLICATE_ROW), (5, RowCode.DUPLICATE_ID)]
    assert [row.problems[0].earlier for row in rows[2:]] == [2, 2]
    assert "row 2" in rows[2].problems[0].message
    assert "rows 2 and 5" in rows[3].problems[0].message
    assert rows[2].skipped
    assert rows[3].refused


def test_a_row_number_is_no_id(write: Write, vocabulary: Vocabulary) -> None:
    rows = read_rows(write("n.csv", "序号,名称,需求描述\n1,泵,漏\n"), Noun.NEED, vocabulary)
    [row] = rows
    assert row.record is not None
    assert row.record.id.startswith("x")  # type: ignore[attr-defined]
    assert row.record.external_id == ""  # type: ignore[attr-defined]
    unread = next(one for one in rows.notices if one.code is Code.UNMAPPED_COLUMNS)
    assert (unread.about, unread.message) == (
        ("序号",),
        "columns that are not read: 序号 (a row number).",
    )


@pytest.mark.parametrize(
    ("noun", "name", "header", "wanted"),
    [
        (Noun.NEED, "n.csv", "编号,名称", ("problem",)),
        (Noun.OUTCOME, "n.csv", "编号,名称", ("summary",)),
        (Noun.NEED, "n.csv", "编号,技术指标", None),
        (Noun.ORGANISATION, "n.csv", "编号,名称", None),
        (Noun.FOLLOW_UP, "n.csv", "编号,需求", None),
    ],
)
def test_that_no_column_is_a_text_is_noted(
    write: Write,
    vocabulary: Vocabulary,
    noun: Noun,
    name: str,
    header: str,
    wanted: tuple[str, ...] | None,
) -> None:
    rows = read_rows(write(name, f"{header}\n1,泵\n"), noun, vocabulary)
    list(rows)
    found = [one.about for one in rows.notices if one.code is Code.NO_TEXT_COLUMN]
    assert found == ([] if wanted is None else [wanted])


def test_ids_made_of_the_content_are_the_same_next_time(
    write: Write, vocabulary: Vocabulary
) -> None:
    path = write("n.csv", "title,单位\n轴承,甲厂\n轴承,乙厂\n")
    again = write("m.csv", "单位,title,budget\n甲厂, 轴承 ,5\n")
    rows = read_rows(path, Noun.NEED, vocabulary)
    first, second = ids(rows)
    assert first != second
    assert ids(read_rows(again, Noun.NEED, vocabulary)) == [first]
    assert [n.row for n in rows.notices if n.code is Code.IDS_FROM_CONTENT] == [2]
    named = list(read_rows(path, Noun.NEED, vocabulary, namespace="zj"))
    assert [row.record.id for row in named if row.record] == [f"zj:{first}", f"zj:{second}"]  # type: ignore[attr-defined]


def test_a_source_and_a_node(write: Write, vocabulary: Vocabulary) -> None:
    path = write("n.csv", "id,title\n1,a\nzj:2,b\n")
    rows = list(read_rows(path, Noun.NEED, vocabulary, namespace="zj", node="hz"))
    assert [row.record for row in rows] == [
        Need(id="zj:1", external_id="1", title="a", node="hz"),
        Need(id="zj:2", external_id="zj:2", title="b", node="hz"),
    ]


def test_a_column_of_source_ids_is_believed(write: Write, vocabulary: Vocabulary) -> None:
    path = write("n.csv", "id,external_id,title\n1,LC-7,a\n2,,b\n")
    rows = list(read_rows(path, Noun.NEED, vocabulary))
    assert [row.record.external_id for row in rows if row.record] == ["LC-7", ""]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ({"id": "a" * 200, "title": "x"}, RowCode.BAD_ID),
        ({"id": ["a"], "title": "x"}, RowCode.BAD_ID),
        ({"id": "a", "visibility": "friends", "title": "x"}, RowCode.UNREAD_VISIBILITY),
        ({"id": "a", "secrecy": "机密", "title": "x"}, RowCode.CLASSIFIED),
        ({"id": "a", "budget_min": float("nan"), "title": "x"}, RowCode.NOT_A_NUMBER),
        ({"id": "a", "region": "330100"}, RowCode.NO_TEXT),
        ({"id": "a", "format": "outcome/1", "title": "x"}, RowCode.WRONG_FORMAT),
        ({"id": "a", "format": "need/1", "min_trl": 77}, RowCode.INVALID_VALUE),
    ],
)
def test_a_bad_row_is_refused_and_the_others_stay(
    write: Write, vocabulary: Vocabulary, line: dict[str, Any], code: RowCode
) -> None:
    good = {"id": "good", "title": "y"}
    path = write("n.jsonl", f"{json.dumps(line)}\n{json.dumps(good)}\n")
    bad, fine = read_rows(path, Noun.NEED, vocabulary)
    assert [problem.code for problem in bad.problems] == [code]
    assert bad.record is None
    assert bad.refused
    assert fine.record == Need(id="good", external_id="good", title="y") or "format" in line


def test_a_broken_file_is_refused_as_a_whole(write: Write, vocabulary: Vocabulary) -> None:
    path = write("n.csv", "id,title\n1,a\n2,b,c\n")
    with pytest.raises(InvalidValue, match="has 3 cells"):
        list(read_rows(path, Noun.NEED, vocabulary))


def test_a_noun_that_is_not_imported(write: Write, vocabulary: Vocabulary) -> None:
    with pytest.raises(UsageError, match="aren't imported"):
        read_rows(write("n.csv", "id\n1\n"), Noun.ACCOUNT, vocabulary)


def test_progress_counts_every_row(write: Write, vocabulary: Vocabulary) -> None:
    lines = "".join(f"{number},t{number}\n" for number in range(2500))
    seen: list[int] = []
    rows = read_rows(
        write("n.csv", f"id,title\n{lines}"), Noun.NEED, vocabulary, progress=seen.append
    )
    assert sum(1 for _ in rows) == 2500
    assert seen == [1000, 2000, 2500]


def test_reading_twice_says_the_same(write: Write, vocabulary: Vocabulary) -> None:
    rows = read_rows(write("n.csv", "id,title,备注\nA,x,1\nA,x,1\n"), Noun.NEED, vocabulary)
    first = (list(rows), list(map(str, rows.notices)))
    assert (list(rows), list(map(str, rows.notices))) == first
    assert told(first[0]) == [(3, RowCode.DUPLICATE_ROW)]
    assert any("备注" in notice for notice in first[1])


def test_interactions_get_ids_of_their_pair(write: Write, vocabulary: Vocabulary) -> None:
    path = write("i.tsv", "query_id\tcandidate_id\tweight\nq\tc\t2\nq\tc\t2\nq\td\t\n")
    rows = list(read_rows(path, INTERACTION, vocabulary))
    first, repeated, second = rows
    assert isinstance(first.record, Interaction)
    assert (first.record.need, first.record.outcome, first.record.weight) == ("q", "c", 2.0)
    assert repeated.skipped
    assert second.record is not None
    assert second.record.to_mapping()["weight"] == 1.0


def test_follow_ups_take_the_time_of_the_import(write: Write, vocabulary: Vocabulary) -> None:
    path = write("f.csv", "需求,成果,技术经理人,状态\nn,o,m,已联系\n")
    (row,) = read_rows(path, Noun.FOLLOW_UP, vocabulary, at=NOON)
    assert row.record is not None
    assert row.record.to_mapping()["history"][0]["at"] == NOON.isoformat()
    assert row.record.to_mapping()["state"] == FollowUpState.CONTACTED
    (refused,) = read_rows(path, Noun.FOLLOW_UP, vocabulary)
    assert refused.refused


@pytest.mark.parametrize(
    ("name", "noun", "records", "skipped", "refused"),
    [
        ("科技成果登记表.xlsx", Noun.OUTCOME, 64, [73], []),
        ("needs_gbk.csv", Noun.NEED, 50, [53], [54, 55]),
        ("outcomes_big5.csv", Noun.OUTCOME, 42, [], []),
        ("managers_mojibake.csv", Noun.MANAGER, 64, [], []),
        ("outcomes_utf16.tsv", Noun.OUTCOME, 44, [], []),
        ("needs.jsonl.gz", Noun.NEED, 54, [], []),
        ("needs_no_ids.xlsx", Noun.NEED, 43, [45, 46], []),
        ("outcomes_one_row.csv", Noun.OUTCOME, 1, [], []),
    ],
)
def test_the_dirty_files_as_expected(
    vocabulary: Vocabulary,
    name: str,
    noun: Noun,
    records: int,
    skipped: list[int],
    refused: list[int],
) -> None:
    rows = list(read_rows(data_path("sample", "dirty", name), noun, vocabulary))
    assert sum(row.record is not None for row in rows) == records
    assert [row.row for row in rows if row.skipped] == skipped
    assert [row.row for row in rows if row.refused] == refused


def test_what_is_unknown_in_the_register_is_kept_and_flagged(vocabulary: Vocabulary) -> None:
    path = data_path("sample", "dirty", "科技成果登记表.xlsx")
    found = {row.row: row for row in read_rows(path, Noun.OUTCOME, vocabulary)}
    unknown = [
        (row.row, problem.field)
        for row in found.values()
        for problem in row.problems
        if problem.code is RowCode.UNKNOWN_CODE
    ]
    assert unknown == [(26, "field"), (31, "region")]
    assert found[26].record is not None
    assert found[26].record.to_mapping()["field"] == "量子信息与脑机接口"


def test_garbled_managers_are_those_of_the_sample(vocabulary: Vocabulary) -> None:
    """Names, grades and statements; what lost bytes can't be the same and is marked."""
    garbled = read_rows(
        data_path("sample", "dirty", "managers_mojibake.csv"), Noun.MANAGER, vocabulary
    )
    clean = read_rows(data_path("sample", "managers.jsonl"), Noun.MANAGER, vocabulary)
    wanted: dict[str, Any] = {row.record.id: row.record for row in clean if row.record}  # type: ignore[attr-defined]
    lost = {"M108", "M302", "M404", "M506", "M608", "M802"}
    compared = Counter[bool]()
    for row in garbled:
        found: Any = row.record
        whole = found.id not in lost
        compared[whole] += 1
        if whole:
            other = wanted[found.id]
            assert (found.name, found.grade) == (other.name, other.grade)
            assert set(found.statement.split("\n")) == set(other.statement.split("\n"))
        else:
            assert "\ufffd" in repr(found) or "??" in repr(found.fields)
    assert compared == {True: 58, False: 6}


@pytest.mark.parametrize(
    ("name", "noun", "count"),
    [
        ("outcomes", Noun.OUTCOME, 320),
        ("needs", Noun.NEED, 160),
        ("managers", Noun.MANAGER, 64),
        ("organisations", Noun.ORGANISATION, 96),
    ],
)
def test_the_clean_sample_passes(vocabulary: Vocabulary, name: str, noun: Noun, count: int) -> None:
    rows = list(read_rows(data_path("sample", f"{name}.jsonl"), noun, vocabulary))
    assert sum(row.record is not None for row in rows) == count
    problems = [problem for row in rows for problem in row.problems]
    assert {problem.field for problem in problems} <= {"credit_code"}


def test_corrections_count_and_the_cells_are_told_as_the_file_has_them(
    write: Write, vocabulary: Vocabulary
) -> None:
    path = write("n.csv", "编号,需求名称,预算（万元）\nN1,,-3\nN2,泵,\n")
    rows = read_rows(
        path, Noun.NEED, vocabulary, corrections={2: {"需求名称": "阀", "预算（万元）": "3"}}
    )
    first = next(iter(rows)).record
    assert isinstance(first, Need)
    assert (first.title, first.budget_min) == ("阀", 30_000)
    assert list(rows.cells()) == [
        (2, {"编号": "N1", "预算（万元）": "-3"}),
        (3, {"编号": "N2", "需求名称": "泵"}),
    ]
