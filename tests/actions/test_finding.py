"""A finding as a line."""

from __future__ import annotations

from matcher.actions.finding import Finding


def test_a_line_says_whether_it_is_well() -> None:
    assert Finding("disk", True, "8 GB free").line() == "ok  disk: 8 GB free"
    assert Finding("disk", False, "full").line() == "NO  disk: full"
