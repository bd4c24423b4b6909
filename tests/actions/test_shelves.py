from __future__ import annotations

import pytest

from matcher.actions.shelves import SHELVES, shelf_of
from matcher.domain import Noun
from matcher.errors import UsageError
from matcher.files.row_makers import MAKERS


def test_everything_that_is_read_from_files_has_a_shelf() -> None:
    assert SHELVES.keys() == MAKERS.keys()
    assert [shelf_of(noun).noun for noun in MAKERS] == list(MAKERS)


def test_accounts_are_not_imported() -> None:
    with pytest.raises(UsageError, match="'account'"):
        shelf_of(Noun.ACCOUNT)
