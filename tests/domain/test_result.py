"""The words of a result say the same in both languages and cover what is shown."""

from matcher.domain.result import Fit, ResultColumn
from matcher.files.workbook import LABELS
from matcher.recommend.bands import Band


def test_every_column_of_the_sheet_has_a_heading() -> None:
    assert {column.value: column.en for column in ResultColumn} == dict(LABELS)


def test_every_band_has_a_name() -> None:
    assert {fit.value for fit in Fit} == {band.value for band in Band}


def test_chinese_names_are_distinct() -> None:
    for words in (ResultColumn, Fit):
        assert len({word.zh for word in words}) == len(words)
