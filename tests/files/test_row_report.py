"""What a row's report says: refused, skipped or imported."""

import pytest

from matcher.domain.need import Need
from matcher.errors import InvalidValue
from matcher.files.row_report import ParsedRow, RowCode, RowProblem, problem_of, refusal

HARMLESS = {RowCode.REPAIRED, RowCode.UNKNOWN_CODE, RowCode.UNREAD_VALUE, RowCode.NARROWED}
SKIPPED = {RowCode.TOTAL_ROW, RowCode.DUPLICATE_ROW}


@pytest.mark.parametrize("code", RowCode)
def test_every_code_is_harmless_or_skips_or_refuses(code: RowCode) -> None:
    assert code.skips == (code in SKIPPED)
    assert code.refuses == (code not in HARMLESS | SKIPPED)


def test_a_row_with_a_repair_is_neither_refused_nor_skipped() -> None:
    row = ParsedRow(2, Need(id="n"), (RowProblem(RowCode.REPAIRED, "was repaired."),))
    assert not row.refused
    assert not row.skipped


def test_a_repeated_row_is_skipped_and_a_row_without_text_refused() -> None:
    repeated: ParsedRow[Need] = ParsedRow(3, None, (RowProblem(RowCode.DUPLICATE_ROW, "again"),))
    empty: ParsedRow[Need] = ParsedRow(4, None, (RowProblem(RowCode.NO_TEXT, "empty"),))
    assert (repeated.skipped, repeated.refused) == (True, False)
    assert (empty.skipped, empty.refused) == (False, True)


def test_an_error_becomes_a_problem_with_its_place() -> None:
    error = refusal(RowCode.BAD_ID, "is odd.", field="id", column="编号", hint="Change it.")
    assert problem_of(error) == RowProblem(RowCode.BAD_ID, "is odd.", "编号", "id", "Change it.")


def test_an_error_of_a_record_is_an_invalid_value() -> None:
    problem = problem_of(InvalidValue("is out of range.", field="trl"))
    assert (problem.code, problem.field, problem.hint) == (RowCode.INVALID_VALUE, "trl", None)
