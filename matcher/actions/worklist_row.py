"""A manager's worklist as pages and scripts take it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from matcher.domain.labels import Labelled
from matcher.files.match_row import MatchRow


class Emptiness(Labelled):
    """Why there is nothing in a list."""

    INACTIVE = "inactive", "该技术经理人未启用", "the manager isn't active"
    NO_ROOM = "no_room", "在手项目已满", "the manager's capacity is full"
    NO_PROFILE = (
        "no_profile",
        "没有专长描述、领域或成交记录可供匹配",
        "there is no statement, field or deal to match by",
    )
    NOTHING_FITS = (
        "nothing_fits",
        "没有可对接的需求与成果，或均已处理",
        "no need and outcome fit, or all that do were dealt with",
    )


@dataclass(frozen=True, slots=True)
class WorklistRow:
    """A pair to be decided on.

    match: the need as the query and the outcome as the candidate, how well they fit, and why.
    score: what the list is ranked by, the product of `parts`: pair, suitability, room. warnings:
    codes with values, warning_texts the same in words. followup: the id of the manager's follow-up
    of the pair, "" where there is none yet, and version its version, 0 for none.
    """

    match: MatchRow
    score: float
    parts: Mapping[str, float]
    position: int
    propensity: float
    explored: bool
    warnings: tuple[Mapping[str, Any], ...] = ()
    warning_texts: tuple[str, ...] = ()
    followup: str = ""
    version: int = 0

    @property
    def pair(self) -> tuple[str, str]:
        """The ids of need and outcome."""
        return self.match.query_id, self.match.candidate_id

    def to_mapping(self) -> dict[str, Any]:
        """The row as plain JSON values."""
        match = self.match
        likely = {} if match.likelihood is None else {"likelihood": match.likelihood}
        return {
            "position": self.position,
            "need": match.query_id,
            "need_title": match.query_title,
            "outcome": match.candidate_id,
            "outcome_title": match.candidate_title,
            "score": self.score,
            "parts": dict(self.parts),
            "band": match.band,
            **likely,
            "match_parts": dict(match.parts),
            "reasons": [dict(reason) for reason in match.reasons],
            "reason_texts": list(match.reason_texts),
            "warnings": [dict(warning) for warning in self.warnings],
            "warning_texts": list(self.warning_texts),
            "explored": self.explored,
            "propensity": self.propensity,
            "followup": self.followup,
            "version": self.version,
        }


@dataclass(frozen=True, slots=True)
class Worklist:
    """What a manager is to decide on, on a day. empty: why there is no row, None where there are.

    model_version: what ranked them; degraded: what couldn't be used for it.
    """

    manager: str
    on: date
    rows: tuple[WorklistRow, ...]
    model_version: str
    degraded: tuple[str, ...] = ()
    empty: Emptiness | None = None

    def to_mapping(self) -> dict[str, Any]:
        """The list as plain JSON values."""
        return {
            "manager": self.manager,
            "day": self.on.isoformat(),
            "model_version": self.model_version,
            "degraded": list(self.degraded),
            "empty": self.empty.value if self.empty else None,
            "rows": [row.to_mapping() for row in self.rows],
        }
