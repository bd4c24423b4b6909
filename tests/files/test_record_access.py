"""Who may see what a row says: never more than it means."""

from collections.abc import Callable

import pytest

from matcher.domain.enums import Secrecy, Visibility
from matcher.errors import InvalidValue
from matcher.files.draft import Draft
from matcher.files.record_access import read_access
from matcher.files.row_report import RowCode

Make = Callable[..., Draft]
BOTH = ("visibility", "secrecy")


def test_nothing_said_is_left_to_the_record(draft: Make) -> None:
    row = draft()
    read_access(row, BOTH)
    assert row.fields == {}


def test_words_are_understood(draft: Make) -> None:
    row = draft(visibility="節點成員可見", secrecy="内部")
    read_access(row, BOTH)
    assert row.fields == {"visibility": Visibility.MEMBERS, "secrecy": Secrecy.INTERNAL}
    assert row.original == {"visibility": "節點成員可見", "secrecy": "内部"}


@pytest.mark.parametrize("field", BOTH)
def test_what_cannot_be_read_refuses_the_row(draft: Make, field: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        read_access(draft(**{field: "somehow"}), BOTH)
    assert caught.value.values["row_code"] is RowCode.UNREAD_VISIBILITY


@pytest.mark.parametrize("names", [BOTH, ("visibility",), ()])
@pytest.mark.parametrize("word", ["秘密", "机密", "top secret"])
def test_a_secret_is_refused_whatever_the_record_is(
    draft: Make, names: tuple[str, ...], word: str
) -> None:
    with pytest.raises(InvalidValue) as caught:
        read_access(draft(secrecy=word), names)
    assert caught.value.values["row_code"] is RowCode.CLASSIFIED


@pytest.mark.parametrize(
    ("stated", "narrow"),
    [("公开", Visibility.BROKERS), ("members", Visibility.BROKERS), ("named", Visibility.NAMED)],
)
def test_internal_narrows_a_record_without_secrecy(
    draft: Make, stated: str, narrow: Visibility
) -> None:
    row = draft(secrecy="internal", visibility=stated)
    read_access(row, ("visibility",))
    assert row.fields == {"visibility": narrow}
    assert [problem.code for problem in row.problems] == [RowCode.NARROWED]


@pytest.mark.parametrize("values", [{"visibility": "named"}, {"secrecy": "internal"}])
def test_a_record_that_everyone_sees_cannot_be_narrowed(
    draft: Make, values: dict[str, str]
) -> None:
    with pytest.raises(InvalidValue, match="seen by everyone"):
        read_access(draft(**values), ())
