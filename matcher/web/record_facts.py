"""The facts of a need or an outcome in words: what it states beside its texts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from matcher.domain.enums import Listing, Noun
from matcher.domain.money import Money
from matcher.domain.need import Need
from matcher.domain.outcome import Outcome
from matcher.files.sheet_columns import COLUMNS
from matcher.web.say import Say

Pair = tuple[str, str]
_OWN_LABELS: Mapping[str, Pair] = {
    "price_min": ("价格", "Price"),
    "budget_min": ("预算", "Budget"),
    "region": ("地区", "Place"),
}
"""Where a fact is told otherwise than the column of a table is headed."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A field of a record that is no text, as it is told."""

    name: str
    label: str
    value: str


def field_label(noun: Noun, name: str, say: Say) -> str:
    """What a field is called."""
    own = _OWN_LABELS.get(name)
    return say(*own) if own else say.label(COLUMNS[noun].__members__[name.upper()])


def facts_of(record: Outcome | Need, say: Say) -> Iterator[Fact]:
    """The facts that are stated."""
    noun = Noun.NEED if isinstance(record, Need) else Noun.OUTCOME
    for name, tell in FACTS[noun].items():
        value = tell(record, say)
        if value:
            yield Fact(name, field_label(noun, name, say), value)


Teller = Callable[[Any, Say], str]


def _listed(words: Iterable[str], say: Say) -> str:
    return say("、", ", ").join(words)


def _words(name: str) -> Teller:
    return lambda record, say: _listed(getattr(record, name), say)


def _plain(name: str) -> Teller:
    return lambda record, _: str(getattr(record, name) or "")


def _member(name: str) -> Teller:
    return lambda record, say: say.label(getattr(record, name)) if getattr(record, name) else ""


def _members(name: str) -> Teller:
    return lambda record, say: _listed(map(say.label, getattr(record, name)), say)


def _day(name: str) -> Teller:
    return lambda record, say: say.date(getattr(record, name)) if getattr(record, name) else ""


def _pay(record: Outcome, say: Say) -> str:
    return record.pay_after_use_terms or (say("可以", "yes") if record.pay_after_use else "")


def _listing(record: Outcome, say: Say) -> str:
    return "" if record.listing is Listing.NONE else say.label(record.listing)


def _challenge(record: Need, say: Say) -> str:
    challenge = record.challenge
    if challenge is None:
        return ""
    award = ""
    if challenge.award is not None:
        award = Money(challenge.award, record.currency).format(say.language)
    until = "" if challenge.deadline is None else say.date(challenge.deadline)
    told = [
        say("榜额 {sum}", "award {sum}", sum=award) if award else "",
        say("截止 {day}", "until {day}", day=until) if until else "",
    ]
    return _listed(filter(None, told), say) or say("是", "yes")


_OF_OUTCOME: Mapping[str, Teller] = {
    "field": lambda record, say: say.field(record.field),
    "trl": lambda record, say: f"TRL {record.trl}" if record.trl else "",
    "stage": _member("stage"),
    "transfer_modes": _members("transfer_modes"),
    "price_min": lambda record, say: say.money(record.price),
    "pay_after_use": _pay,
    "ipr_status": _plain("ipr_status"),
    "form": _plain("form"),
    "originality": _plain("originality"),
    "ipc": _words("ipc"),
    "inventors": _words("inventors"),
    "listing": _listing,
    "valid_until": _day("valid_until"),
    "updated_at": _day("updated_at"),
    "reg_no": _plain("reg_no"),
    "source": _plain("source"),
}
_OF_NEED: Mapping[str, Teller] = {
    "field": lambda record, say: say.field(record.field),
    "min_trl": lambda record, _: f"TRL ≥ {record.min_trl}" if record.min_trl else "",
    "coop_modes": _members("coop_modes"),
    "budget_min": lambda record, say: say.money(record.budget) if record.budget else "",
    "challenge": _challenge,
    "scenario": lambda record, say: say("是", "yes") if record.scenario else "",
    "valid_until": _day("valid_until"),
    "updated_at": _day("updated_at"),
    "reg_no": _plain("reg_no"),
    "source": _plain("source"),
}
FACTS: Mapping[Noun, Mapping[str, Teller]] = {Noun.OUTCOME: _OF_OUTCOME, Noun.NEED: _OF_NEED}
"""By the field's name, in the order in which they are told."""
