"""A follow-up for scripts, and for people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from matcher.actions.followup_reading import Seen
from matcher.domain.enums import Language
from matcher.domain.followup import Note, Transition, legal_transitions


def row_of(seen: Seen) -> dict[str, Any]:
    """All that is known of it, as plain values."""
    followup = seen.kept.followup
    return {
        **followup.to_mapping(),
        "version": seen.kept.version,
        "due": followup.due.isoformat() if followup.due else None,
        "need_title": seen.need_title,
        "outcome_title": seen.outcome_title,
        "manager_name": seen.manager_name,
        "can_go_to": [state.value for state in legal_transitions(followup)],
    }


def facts_of(seen: Seen, language: Language) -> dict[str, Any]:
    """The same for people: a line for each thing, the history and the notes in order."""
    followup = seen.kept.followup
    facts: dict[str, Any] = {
        "id": followup.id,
        "state": f"{followup.state.label(language)} ({followup.state.value})",
        "need": f"{followup.need} {seen.need_title}".strip(),
        "outcome": f"{followup.outcome} {seen.outcome_title}".strip(),
        "manager": f"{followup.manager} {seen.manager_name}".strip(),
        "due": followup.due,
        "next_action": followup.next_action,
    }
    told = [(step.at, _step(step, language)) for step in followup.history]
    told += [(note.at, _note(note)) for note in followup.notes]
    for place, (at, line) in enumerate(sorted(told, key=lambda one: one[0]), start=1):
        facts[f"{place}"] = f"{at:%Y-%m-%d %H:%M} {line}"
    if followup.contract is not None:
        facts["contract"] = ", ".join(_contract(followup.contract.to_mapping()))
    facts["can_go_to"] = [state.value for state in legal_transitions(followup)]
    return facts


def _step(step: Transition, language: Language) -> str:
    more = [
        step.reason.label(language) if step.reason else "",
        step.until.isoformat() if step.until else "",
        step.of,
        step.why,
    ]
    said = " · ".join(filter(None, more))
    moved = f"{step.from_state.value} → {step.to_state.value}, {step.by}"
    return f"{moved}: {said}" if said else moved


def _note(note: Note) -> str:
    return f"{note.by}: {note.text}"


def _contract(sheet: dict[str, Any]) -> Iterator[str]:
    return (f"{name} {value}" for name, value in sheet.items() if value not in (None, ""))
