"""What two models find for a need, side by side: what is in one list alone, and what moved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from matcher.actions.answer import title_of
from matcher.actions.cards import Card
from matcher.domain.enums import Language
from matcher.web.say import Say

TOP = 5
"""Outcomes of each list that are shown."""


@dataclass(frozen=True, slots=True)
class Found:
    """An outcome in a list. note: how it stands in the other one, in words; tone: good where it is
    higher up here or in this list alone, "" for the same place or lower."""

    id: str
    title: str
    note: str
    tone: str


@dataclass(frozen=True, slots=True)
class MovedShown:
    """A need with the top of both lists. alike: the average overlap of the lists, in percent."""

    id: str
    title: str
    alike: int
    first: tuple[Found, ...]
    second: tuple[Found, ...]


def ids_in(moved: Iterable[Mapping[str, Any]]) -> tuple[set[str], set[str]]:
    """The ids of the needs, and of the outcomes that are shown."""
    needs: set[str] = set()
    outcomes: set[str] = set()
    for one in moved:
        needs.add(one["need"])
        outcomes.update((*one["first"][:TOP], *one["second"][:TOP]))
    return needs, outcomes


def moved_shown(
    moved: Iterable[Mapping[str, Any]],
    needs: Mapping[str, Card],
    outcomes: Mapping[str, Card],
    say: Say,
) -> tuple[MovedShown, ...]:
    """Examples whose need the reader may know of; outcomes they may not know of aren't there."""
    return tuple(
        MovedShown(
            one["need"],
            _title(needs[one["need"]], say.language),
            round(100 * one["overlap"]),
            tuple(_found(one["first"], one["second"], outcomes, say)),
            tuple(_found(one["second"], one["first"], outcomes, say)),
        )
        for one in moved
        if one["need"] in needs
    )


def _found(
    here: Sequence[str], there: Sequence[str], outcomes: Mapping[str, Card], say: Say
) -> Iterable[Found]:
    for place, id_ in enumerate(here[:TOP]):
        if id_ in outcomes:
            note, tone = _note(place, there.index(id_) if id_ in there else None, say)
            yield Found(id_, _title(outcomes[id_], say.language), note, tone)


def _note(place: int, other: int | None, say: Say) -> tuple[str, str]:
    if other is None:
        return say("另一个没有", "not in the other"), "good"
    if other == place:
        return "", ""
    told = say("另一个第 {n}", "{n} in the other", n=other + 1)
    return told, "good" if place < other else ""


def _title(card: Card, language: Language) -> str:
    return title_of(card.record, language) or card.record.id
