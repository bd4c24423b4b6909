"""Days as they are typed."""

from __future__ import annotations

from datetime import date

import click
import pytest

from matcher.cli.dates import day


def test_a_day_is_a_date() -> None:
    assert day("2026-11-01") == date(2026, 11, 1)


@pytest.mark.parametrize("text", ["", "tomorrow", "2026-02-30", "01.11.2026"])
def test_anything_else_is_refused_with_what_to_write(text: str) -> None:
    with pytest.raises(click.BadParameter, match="YYYY-MM-DD"):
        day(text)
