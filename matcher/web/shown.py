"""Answers of the actions as the models of the API have them."""

from __future__ import annotations

from typing import Any

from matcher.actions.answer import Answer
from matcher.files.match_row import MatchRow
from matcher.web.answered import note_answered


def answer_shown(answer: Answer) -> dict[str, Any]:
    """The answer as AnswerShown takes it."""
    note_answered(answer.model_version, answer.degraded)
    return {
        **answer.summary(),
        "matches": [match_shown(row) for row in answer.matches],
    }


def match_shown(row: MatchRow) -> dict[str, Any]:
    """A match as MatchShown takes it."""
    return {
        "id": row.candidate_id,
        "title": row.candidate_title,
        "rank": row.rank,
        "score": row.score,
        "band": row.band,
        "likelihood": row.likelihood,
        "parts": dict(row.parts),
        "reasons": [
            {"code": reason["code"], "values": _values(reason), "text": text}
            for reason, text in zip(row.reasons, row.reason_texts, strict=True)
        ],
    }


def _values(reason: Any) -> dict[str, Any]:
    return {name: value for name, value in reason.items() if name != "code"}
