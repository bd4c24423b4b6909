"""Drift in words."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np

from matcher.actions.drift import Changed, Drifts, Shifted
from matcher.domain.enums import Language, Noun
from matcher.evaluate.drift import LEAST, Drift
from matcher.web.drift_shown import drifts_shown
from matcher.web.say import Say

AT = datetime(2026, 11, 1, tzinfo=UTC)
SAY = Say(Language.EN, AT)


def changed(value: float, p: float) -> Changed:
    found = Drift(value, 0.2, p, np.zeros(2))
    shifted = (Shifted("rice", 0.4), Shifted("welds", -0.25))
    return Changed(Noun.OUTCOME, 40, 80, found, shifted)


def test_what_drifts_and_what_does_not_stand_on_one_axis() -> None:
    one, other = drifts_shown(Drifts(AT, (changed(0.4, 0.01), changed(0.1, 0.6))), SAY)
    assert (one.tone, other.tone) == ("bad", "")
    assert "training anew" in one.says
    assert "no difference" in other.says
    assert one.at == round(100 / 1.15, 1)
    assert one.chance == other.chance == round(50 / 1.15, 1)
    assert [(each.word, each.told, each.risen) for each in one.shifts] == [
        ("rice", "+40%", True),
        ("welds", "−25%", False),
    ]


def test_how_many_are_missing_is_said() -> None:
    [few] = drifts_shown(Drifts(AT, (Changed(Noun.NEED, 12, 90, None, ()),)), SAY)
    assert f"{LEAST - 12} more are needed" in few.says
    assert few.at is None
    [new] = drifts_shown(Drifts(AT, (Changed(Noun.NEED, 90, 2, None, ()),)), SAY)
    assert "nothing to compare with" in new.says
