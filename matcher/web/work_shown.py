"""Worklists, follow-ups and interests as the models of the API have them."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

from matcher.actions.followup_reading import FollowUpPage, Seen
from matcher.actions.interest_reading import InterestPage, SeenInterest
from matcher.actions.suggestion_id import suggestion_id
from matcher.actions.worklist_row import Worklist, WorklistRow
from matcher.domain.enums import Language
from matcher.domain.followup import legal_transitions
from matcher.web.answered import note_answered

_OF_FOLLOW_UP = (
    *("id", "state", "need", "outcome", "manager", "next_action", "due_on", "due"),
    *("introduced_at", "node"),
)
_OF_INTEREST = (
    *("id", "state", "made_at", "account", "outcome", "need", "text", "contact", "manager", "node"),
)


def worklist_shown(found: Worklist, language: Language) -> dict[str, Any]:
    """The list as WorklistShown takes it."""
    note_answered(found.model_version, found.degraded)
    empty = found.empty
    return {
        "manager": found.manager,
        "day": found.on,
        "model_version": found.model_version,
        "degraded": list(found.degraded),
        "empty": {"code": empty.value, "text": empty.label(language)} if empty else None,
        "rows": [_row(found.manager, row) for row in found.rows],
    }


def _row(manager: str, row: WorklistRow) -> dict[str, Any]:
    match = row.match
    return {
        "id": suggestion_id(manager, *row.pair),
        "position": row.position,
        "need": match.query_id,
        "need_title": match.query_title,
        "outcome": match.candidate_id,
        "outcome_title": match.candidate_title,
        "score": row.score,
        "parts": dict(row.parts),
        "match": {
            "score": match.score,
            "band": match.band,
            "likelihood": match.likelihood,
            "parts": dict(match.parts),
            "reasons": _told(match.reasons, match.reason_texts),
        },
        "warnings": _told(row.warnings, row.warning_texts),
        "explored": row.explored,
        "followup": row.followup or None,
        "version": row.version,
    }


def followup_shown(found: Seen) -> dict[str, Any]:
    """The follow-up as FollowUpShown takes it."""
    followup = found.kept.followup
    return {
        **{name: getattr(followup, name) for name in _OF_FOLLOW_UP},
        "version": found.kept.version,
        "need_title": found.need_title,
        "outcome_title": found.outcome_title,
        "manager_name": found.manager_name,
    }


def whole_followup_shown(found: Seen) -> dict[str, Any]:
    """The follow-up as FollowUpWhole takes it."""
    followup = found.kept.followup
    return {
        **followup_shown(found),
        "history": [dataclasses.asdict(step) for step in followup.history],
        "notes": [dataclasses.asdict(note) for note in followup.notes],
        "contract": followup.contract.to_mapping() if followup.contract else None,
        "legal": list(legal_transitions(followup)),
    }


def followups_shown(page: FollowUpPage) -> dict[str, Any]:
    """The page as FollowUpsShown takes it."""
    return {"items": [followup_shown(one) for one in page.rows], "next_cursor": page.next or None}


def interest_shown(found: SeenInterest) -> dict[str, Any]:
    """The interest as InterestShown takes it."""
    interest = found.kept.interest
    steps = [dataclasses.asdict(step) for step in interest.history]
    return {
        **{name: getattr(interest, name) for name in _OF_INTEREST},
        "version": found.kept.version,
        "outcome_title": found.outcome_title,
        "need_title": found.need_title,
        "manager_name": found.manager_name,
        "reasons": [dict(reason) for reason in found.reasons],
        "followup": found.followup or None,
        "history": steps if found.in_charge else None,
    }


def interests_shown(page: InterestPage) -> dict[str, Any]:
    """The page as InterestsShown takes it."""
    return {"items": [interest_shown(one) for one in page.rows], "next_cursor": page.next or None}


def _told(reasons: Sequence[Mapping[str, Any]], texts: Sequence[str]) -> list[dict[str, Any]]:
    return [
        {
            "code": reason["code"],
            "values": {name: value for name, value in reason.items() if name != "code"},
            "text": text,
        }
        for reason, text in zip(reasons, texts, strict=True)
    ]
