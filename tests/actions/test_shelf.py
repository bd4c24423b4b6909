from __future__ import annotations

import pytest

from matcher.actions.shelf import Present


@pytest.mark.parametrize(
    ("deleted", "merged", "live"), [(False, "", True), (True, "", False), (False, "x", False)]
)
def test_a_record_is_live_unless_it_is_deleted_or_merged(
    deleted: bool, merged: str, live: bool
) -> None:
    assert Present(None, deleted=deleted, merged_into=merged).live is live
