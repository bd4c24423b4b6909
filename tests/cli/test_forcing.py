"""A reason and the force go together."""

from __future__ import annotations

import pytest

from matcher.cli.forcing import checked_reason
from matcher.errors import UsageError


@pytest.mark.parametrize(("force", "why"), [(True, ""), (True, " "), (False, "because")])
def test_one_without_the_other_is_misuse(force: bool, why: str) -> None:
    with pytest.raises(UsageError, match="There is no"):
        checked_reason(force, why)


def test_both_or_none_are_fine() -> None:
    assert checked_reason(True, " because ") == "because"
    assert checked_reason(False, "") == ""
