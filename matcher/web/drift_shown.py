"""What came in since the model was made, in words and on a line."""

from __future__ import annotations

from dataclasses import dataclass

from matcher.actions.drift import Changed, Drifts
from matcher.evaluate.comparison import SIGNIFICANCE
from matcher.evaluate.drift import LEAST
from matcher.web.say import Say

_NOUNS = {"outcome": ("成果", "outcomes"), "need": ("需求", "needs")}
_ROOM = 1.15


@dataclass(frozen=True, slots=True)
class ShiftShown:
    """A concept, and by how many of 100 records more or less speak of it."""

    word: str
    told: str
    risen: bool


@dataclass(frozen=True, slots=True)
class DriftShown:
    """A noun. at, chance: where the figure and what chance gives stand, 0 to 100, None where too
    little came in. tone: bad where it drifts, "" else."""

    name: str
    says: str
    tone: str
    new: int
    value: float | None
    limit: float | None
    at: float | None
    chance: float | None
    shifts: tuple[ShiftShown, ...]


def drifts_shown(found: Drifts, say: Say) -> tuple[DriftShown, ...]:
    """Each noun on one axis."""
    ends = [
        end for one in found.changed if one.drift for end in (one.drift.value, one.drift.chance)
    ]
    return tuple(_shown(one, _ROOM * max(ends, default=1.0), say) for one in found.changed)


def _shown(one: Changed, most: float, say: Say) -> DriftShown:
    name = say(*_NOUNS[one.noun.value])
    shifts = tuple(
        ShiftShown(
            shift.word, f"{'+' if shift.by > 0 else '−'}{abs(100 * shift.by):.0f}%", shift.by > 0
        )
        for shift in one.shifted
    )
    if one.drift is None:
        return DriftShown(name, _too_few(one, name, say), "", one.new, None, None, None, None, ())
    value, chance = one.drift.value, one.drift.chance
    drifted = one.drift.p < SIGNIFICANCE
    says = (
        say(
            "{n} 条新{name}说的和训练时不一样了，可以考虑重新训练。",
            "The {n} new {name} speak of other things than those of the training; think of training"
            " anew.",
            n=one.new,
            name=name,
        )
        if drifted
        else say(
            "{n} 条新{name}与训练时看不出差别。",
            "The {n} new {name} show no difference from those of the training.",
            n=one.new,
            name=name,
        )
    )
    tone = "bad" if drifted else ""
    at, limit = (round(100 * end / most, 1) for end in (value, chance))
    return DriftShown(name, says, tone, one.new, value, chance, at, limit, shifts)


def _too_few(one: Changed, name: str, say: Say) -> str:
    if one.missing:
        return say(
            "训练后来了 {n} 条{name}，还差 {m} 条才看得出变化（要 {least} 条）。",
            "{n} {name} came since the training; {m} more are needed to tell ({least} in all).",
            n=one.new,
            name=name,
            m=one.missing,
            least=LEAST,
        )
    return say(
        "{name}几乎都是新的，没有可比的。",
        "Nearly all {name} are new; there is nothing to compare with.",
        name=name,
    )
