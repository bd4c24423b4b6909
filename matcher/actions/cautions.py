"""What to watch before one takes up a pair: codes with values for programs, words for people."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from matcher.domain.enums import DeclineReason, Language, Stage
from matcher.domain.need import Need
from matcher.domain.outcome import Outcome

EARLY_TRL = 3
"""The last level that is shown in a laboratory alone (GB/T 22900)."""
_DAYS_A_MONTH = 30.44


@dataclass(frozen=True, slots=True)
class Caution:
    """A thing to watch; `code` never changes, `values` are plain data."""

    code: str
    values: Mapping[str, Any]

    def to_mapping(self) -> dict[str, Any]:
        """The code and the values in one object."""
        return {"code": self.code, **self.values}


def cautions(need: Need, outcome: Outcome, stale: Sequence[date], on: date) -> tuple[Caution, ...]:
    """What the records don't say of each other, and what others said of the listing.

    stale: the days on which managers declined the outcome as stale, ascending.
    """
    return (
        *_called_stale(outcome, stale),
        *_price(need, outcome),
        *_old_need(need, on),
        *_readiness(need, outcome),
    )


def sentence(caution: Caution, language: Language) -> str:
    """The caution in words."""
    return _SENTENCES[caution.code](caution.values, language)


def _called_stale(outcome: Outcome, stale: Sequence[date]) -> Iterator[Caution]:
    """Only since the listing was last brought up to date."""
    since = [day for day in stale if outcome.updated_at is None or day > outcome.updated_at]
    if since:
        values = {"count": len(since), "last": since[-1].isoformat()}
        yield Caution(DeclineReason.STALE_LISTING.value, values)


def _price(need: Need, outcome: Outcome) -> Iterator[Caution]:
    """Where there is a budget, the reasons of the match tell it."""
    if outcome.price is None and need.budget is None:
        yield Caution("price_unknown", {})


def _old_need(need: Need, on: date) -> Iterator[Caution]:
    age = need.age_in_days(on)
    if age is not None and need.is_stale(on):
        yield Caution("need_stale", {"months": round(age / _DAYS_A_MONTH)})


def _readiness(need: Need, outcome: Outcome) -> Iterator[Caution]:
    if need.min_trl and outcome.trl is None:
        stage = {"stage": outcome.stage.value} if outcome.stage else {}
        yield Caution("readiness_unknown", {"min_trl": need.min_trl, **stage})
    elif need.min_trl and outcome.trl is not None and outcome.trl < need.min_trl:
        yield Caution("readiness_gap", {"trl": outcome.trl, "min_trl": need.min_trl})
    elif outcome.trl is not None and outcome.trl <= EARLY_TRL:
        yield Caution("early", {"trl": outcome.trl})


def _told(zh: str, en: str) -> Callable[[Mapping[str, Any], Language], str]:
    templates = {Language.ZH: zh, Language.EN: en}
    return lambda values, language: templates[language].format(**values)


_NO_READINESS = _told(
    "注意：未说明成熟度，需求要求 TRL {min_trl}",
    "Watch: readiness isn't stated, the need asks for TRL {min_trl}",
)
_NO_TRL = _told(
    "注意：未注明 TRL（阶段：{stage}），需求要求 TRL {min_trl}",
    "Watch: no TRL stated (stage: {stage}), the need asks for TRL {min_trl}",
)


def _readiness_unknown(values: Mapping[str, Any], language: Language) -> str:
    """A stage says something of it, though no level."""
    if "stage" not in values:
        return _NO_READINESS(values, language)
    return _NO_TRL({**values, "stage": Stage(values["stage"]).label(language)}, language)


_SENTENCES = {
    DeclineReason.STALE_LISTING.value: _told(
        "注意：{count} 次被反映信息过时，最近在 {last}",
        "Watch: declined as out of date {count} ×, last on {last}",
    ),
    "price_unknown": _told("注意：未报价", "Watch: no price stated"),
    "need_stale": _told(
        "注意：需求已 {months} 个月未更新", "Watch: the need wasn't updated for {months} months"
    ),
    "readiness_unknown": _readiness_unknown,
    "readiness_gap": _told(
        "注意：成熟度 TRL {trl}，低于要求的 {min_trl}",
        "Watch: TRL {trl}, below the {min_trl} that the need asks for",
    ),
    "early": _told("注意：尚在实验室阶段，TRL {trl}", "Watch: still in the laboratory, TRL {trl}"),
}
CODES = tuple(_SENTENCES)
"""Every code there is."""
