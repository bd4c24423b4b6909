"""The gate's verdict in words."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from matcher.actions.ruling import Ruling
from matcher.domain.enums import Language
from matcher.evaluate.comparison import Comparison
from matcher.web.gate_words import gate_words, plain, signed
from matcher.web.say import Say

NOW = datetime(2026, 11, 1, tzinfo=UTC)
EN, ZH = Say(Language.EN, NOW), Say(Language.ZH, NOW)


def ruling(*values: float) -> Ruling:
    found = Comparison(*values, queries=88) if values else None  # type: ignore[misc,arg-type]
    return Ruling(against="0001-0a1b2c3d", why="", comparison=found)


@pytest.mark.parametrize(
    ("values", "says", "tone"),
    [
        ((0.012, 0.004, 0.02, 0.003), "better by .012 [.004, .020] than 0001", "good"),
        ((-0.031, -0.052, -0.011, 0.001), "worse by .031 [.011, .052] than 0001", "bad"),
        ((0.001, -0.012, 0.014, 0.7), "no difference shown: +.001 [−.012, +.014] to 0001", ""),
        ((), "not compared", ""),
    ],
)
def test_it_is_told_by_how_much(values: tuple[float, ...], says: str, tone: str) -> None:
    found = gate_words(ruling(*values), EN)
    assert found.says.startswith(says)
    assert found.tone == tone
    assert found.so == ("to publish it, say why" if tone == "bad" else "may be published")
    assert gate_words(ruling(*values), ZH).so


def test_figures_are_written_without_their_zero() -> None:
    assert [plain(one) for one in (0.5, -0.25, 1.5, -0.0001)] == [".500", "−.250", "1.500", ".000"]
    assert [signed(one) for one in (0.5, -0.25, 0.0)] == ["+.500", "−.250", "+.000"]
