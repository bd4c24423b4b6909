"""Notices: what was repaired or left out is counted in full and kept in part."""

from matcher.files.notices import KEPT_PER_CODE, Code, Notices


def test_a_notice_names_file_row_and_column() -> None:
    notices = Notices("needs.xlsx")
    notices.add(Code.UNREAD_FACT, "'abc' is not a price.", row=7, column="预算")
    assert [str(n) for n in notices] == ["needs.xlsx, row 7, column 预算: 'abc' is not a price."]


def test_a_notice_about_the_whole_file_has_no_row() -> None:
    notices = Notices("needs.csv")
    notices.add(Code.LEGACY_ENCODING, "was read as gb18030.")
    assert str(next(iter(notices))) == "needs.csv: was read as gb18030."


def test_all_are_counted_and_the_first_of_each_kind_are_kept() -> None:
    notices = Notices("a.csv")
    for row in range(KEPT_PER_CODE + 5):
        notices.add(Code.UNREAD_FACT, "x", row=row)
    notices.add(Code.NO_TEXT, "y")
    assert notices.count(Code.UNREAD_FACT) == KEPT_PER_CODE + 5
    assert notices.count(Code.NO_TEXT) == 1
    assert len(notices) == KEPT_PER_CODE + 6
    kept = list(notices)
    assert len(kept) == KEPT_PER_CODE + 1
    assert kept[-1].code is Code.NO_TEXT
