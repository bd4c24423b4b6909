"""Need 技术需求: what an enterprise looks for."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from matcher.domain.checks import (
    require_amount,
    require_between,
    require_currency,
    require_order,
    require_text,
)
from matcher.domain.enums import TransferMode, Visibility
from matcher.domain.freshness import Dated
from matcher.domain.money import MoneyRange
from matcher.domain.outcome import TRL_HIGHEST, TRL_LOWEST
from matcher.domain.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Challenge(Record):
    """An open call for solutions (揭榜挂帅): `award` in the need's currency, last day to answer."""

    award: int | None = None
    deadline: dt.date | None = None

    def __post_init__(self) -> None:
        require_amount(self.award, "award")


@dataclass(frozen=True, slots=True, kw_only=True)
class Need(Record, Dated):
    """A technology need; every field but `id` may be absent.

    Budgets are whole units of `currency`; `min_trl` is 1 to 9 (GB/T 22900); `scenario` marks an
    entry of a list of application scenarios. Codes, ids and `coop_modes` are as in `Outcome`.
    """

    TEXT_FIELDS: ClassVar[tuple[str, ...]] = (
        "title",
        "keywords",
        "problem",
        "indicators",
        "foundation",
    )

    id: str
    external_id: str = ""
    title: str = ""
    title_en: str = ""
    problem: str = ""
    problem_en: str = ""
    indicators: str = ""
    indicators_en: str = ""
    foundation: str = ""
    foundation_en: str = ""
    keywords: tuple[str, ...] = ()
    keywords_en: tuple[str, ...] = ()
    field: str = ""
    organisation: str = ""
    budget_min: int | None = None
    budget_max: int | None = None
    currency: str = "CNY"
    coop_modes: tuple[TransferMode, ...] = ()
    min_trl: int | None = None
    challenge: Challenge | None = None
    scenario: bool = False
    region: str = ""
    visibility: Visibility = Visibility.PUBLIC
    visible_to: tuple[str, ...] = ()
    owner: str = ""
    node: str = ""
    valid_until: dt.date | None = None
    reg_no: str = ""
    updated_at: dt.date | None = None
    source: str = ""

    def __post_init__(self) -> None:
        require_text(self.id, "id")
        require_between(self.min_trl, TRL_LOWEST, TRL_HIGHEST, "min_trl")
        require_order(self.budget_min, self.budget_max, "budget_min", "budget_max")
        require_currency(self.currency)

    @property
    def budget(self) -> MoneyRange | None:
        """The budget, None where it is not stated."""
        return MoneyRange.of(self.budget_min, self.budget_max, self.currency)
