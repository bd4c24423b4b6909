"""Reasons: a code and values for programs, a sentence in Chinese or English for people."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from matcher.domain.enums import Language, TransferMode
from matcher.domain.item import Item
from matcher.domain.money import MoneyRange, covers
from matcher.domain.regions import prefecture, province, same_prefecture, same_province
from matcher.recommend.explain import Evidence
from matcher.taxonomy import label

STALE_AFTER_DAYS = 365
_DAYS_A_MONTH = 30.44


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a pair was proposed, or what to watch: `code` never changes, `values` are plain data."""

    code: str
    values: Mapping[str, Any]

    def to_mapping(self) -> dict[str, Any]:
        """The code and the values in one object."""
        return {"code": self.code, **self.values}


def reasons(
    query: Item, candidate: Item, evidence: Evidence, on: date | None, *, priced: bool = True
) -> tuple[Reason, ...]:
    """The matched terms, then what the facts of both sides say of each other, then warnings.

    priced: the candidate is something that is sold, not a person.
    """
    return (
        *_terms(evidence),
        *_readiness(query, candidate),
        *(_price(query, candidate) if priced else ()),
        *_cooperation(query, candidate),
        *_place(query, candidate),
        *_age(candidate, on),
    )


def sentence(reason: Reason, language: Language) -> str:
    """The reason in words. Raises KeyError for a code without a sentence."""
    return _SENTENCES[reason.code](reason.values, language)


def _terms(evidence: Evidence) -> Iterator[Reason]:
    if evidence.terms:
        pairs = [
            {"query": t.query.words, "candidate": t.candidate.words, "share": round(t.share, 4)}
            for t in evidence.terms
        ]
        yield Reason("terms", {"pairs": pairs})


def _readiness(query: Item, candidate: Item) -> Iterator[Reason]:
    if query.facts.min_trl and candidate.facts.trl:
        yield Reason("readiness", {"trl": candidate.facts.trl, "min_trl": query.facts.min_trl})


def _price(query: Item, candidate: Item) -> Iterator[Reason]:
    budget, price = query.facts.budget, candidate.facts.price
    if budget is None:
        return
    if price is None:
        yield Reason("price_unknown", {})
        return
    affordable = covers(budget, price)
    if affordable is not None:
        code = "price_within_budget" if affordable else "price_may_exceed_budget"
        yield Reason(code, {"price": _money(price), "budget": _money(budget)})


def _cooperation(query: Item, candidate: Item) -> Iterator[Reason]:
    modes = [mode.value for mode in query.facts.modes if mode in candidate.facts.modes]
    if modes:
        yield Reason("modes_in_common", {"modes": modes})


def _place(query: Item, candidate: Item) -> Iterator[Reason]:
    one, other = query.facts.region, candidate.facts.region
    if same_prefecture(one, other):
        yield Reason("same_prefecture", {"region": prefecture(other)})
    elif same_province(one, other):
        yield Reason("same_province", {"region": province(other)})


def _age(candidate: Item, on: date | None) -> Iterator[Reason]:
    if on is not None and candidate.facts.updated_at is not None:
        days = (on - candidate.facts.updated_at).days
        if days > STALE_AFTER_DAYS:
            yield Reason("stale", {"months": round(days / _DAYS_A_MONTH)})


def _money(amount: MoneyRange) -> dict[str, Any]:
    return {"low": amount.low, "high": amount.high, "currency": amount.currency}


def _in_words(amount: Mapping[str, Any], language: Language) -> str:
    return MoneyRange(amount["low"], amount["high"], amount["currency"]).format(language)


Values = Mapping[str, Any]


def _say_terms(values: Values, language: Language) -> str:
    pairs = [_pair(term["query"], term["candidate"]) for term in values["pairs"]]
    head = "共同术语：" if language is Language.ZH else "Terms in common: "
    return head + " · ".join(pairs)


def _pair(one: str, other: str) -> str:
    return one if one.lower() == other.lower() else f"{one} ↔ {other}"


def _say_readiness(values: Values, language: Language) -> str:
    relation = f"TRL {values['trl']} ≥ {values['min_trl']}"
    if values["trl"] < values["min_trl"]:
        relation = f"TRL {values['trl']} < {values['min_trl']}"
    return f"{'成熟度：' if language is Language.ZH else 'Readiness: '}{relation}"


def _say_price(zh: str, en: str) -> Callable[[Values, Language], str]:
    def say(values: Values, language: Language) -> str:
        words = {name: _in_words(values[name], language) for name in ("price", "budget")}
        return (zh if language is Language.ZH else en).format(**words)

    return say


def _say_modes(values: Values, language: Language) -> str:
    names = [TransferMode(mode).label(language) for mode in values["modes"]]
    return (
        f"合作方式一致：{'、'.join(names)}"
        if language is Language.ZH
        else f"Both open to: {', '.join(names)}"
    )


def _say_place(values: Values, language: Language) -> str:
    name = label("regions", values["region"], language)
    return f"同在{name}" if language is Language.ZH else f"Both in {name}"


def _plain(zh: str, en: str) -> Callable[[Values, Language], str]:
    return lambda values, language: (zh if language is Language.ZH else en).format(**values)


_SENTENCES: dict[str, Callable[[Values, Language], str]] = {
    "terms": _say_terms,
    "readiness": _say_readiness,
    "price_within_budget": _say_price(
        "报价 {price} 在预算 {budget} 内", "Price {price} within the budget of {budget}"
    ),
    "price_may_exceed_budget": _say_price(
        "注意：报价 {price} 可能超出预算 {budget}",
        "Watch: price {price} may exceed the budget of {budget}",
    ),
    "price_unknown": _plain("注意：未报价", "Watch: no price stated"),
    "modes_in_common": _say_modes,
    "same_prefecture": _say_place,
    "same_province": _say_place,
    "stale": _plain("注意：信息已 {months} 个月未更新", "Watch: not updated for {months} months"),
}
CODES = tuple(_SENTENCES)
