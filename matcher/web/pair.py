"""A need beside an outcome as pages show them: both texts, why they go together, what to watch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from markupsafe import Markup

from matcher.actions.cards import Card
from matcher.domain.enums import Language, Noun
from matcher.domain.need import Need
from matcher.domain.record import language_of
from matcher.files.match_row import MatchRow
from matcher.web.excerpt import LENGTH, Term, excerpt, marked
from matcher.web.part_names import PartShown, parts_shown
from matcher.web.say import Say

_TERMS = "terms"
_WATCH = ("注意：", "Watch: ")
_TAGS: Mapping[Language, str] = {Language.ZH: "zh-Hans", Language.EN: "en"}
_OF_NEED = ("problem", "indicators", "foundation")
_OF_OUTCOME = ("summary", "advantages", "applications")


class Texts(NamedTuple):
    """What a record says in its fields of one language.

    language: the one that it is written in, whatever the fields are meant for.
    """

    title: str
    body: str

    @property
    def language(self) -> Language:
        """Chinese where anything of it is."""
        return language_of(self.title + self.body)


@dataclass(frozen=True, slots=True)
class SideShown:
    """One of the two. facts: what it asks or offers, a few words each. own, beside: its texts, the
    reader's first. terms: what is marked in them."""

    id: str
    noun: Noun
    title: Markup
    party: str
    place: str
    excerpt: Markup
    facts: tuple[str, ...]
    own: Texts
    beside: Texts
    terms: tuple[Term, ...] = ()

    @property
    def tongue(self) -> str:
        """The language of title and text (BCP 47)."""
        return _TAGS[self.own.language]

    @property
    def other_tongue(self) -> str:
        """The language of `other`."""
        return _TAGS[self.beside.language]

    @property
    def text(self) -> Markup:
        """The whole text."""
        return marked(self.own.body, self.terms)

    @property
    def other(self) -> Markup:
        """What it says in its other fields, "" where it has none."""
        return marked("\n".join(filter(None, self.beside)), self.terms)


@dataclass(frozen=True, slots=True)
class TermShown:
    """Words of both texts that mean the same; number: by which they are marked in them."""

    number: int
    one: str
    other: str

    @property
    def same(self) -> bool:
        """Whether they are the same words."""
        return self.one.lower() == self.other.lower()


@dataclass(frozen=True, slots=True)
class WhyShown:
    """How well the two fit, and why. reasons: sentences beside the terms."""

    band: str
    likelihood: float | None
    score: float
    terms: tuple[TermShown, ...]
    reasons: tuple[str, ...]
    parts: tuple[PartShown, ...]


def terms_of(reasons: Iterable[Mapping[str, Any]]) -> tuple[TermShown, ...]:
    """The matched terms that a match's reasons name, numbered from 1."""
    pairs = [pair for reason in reasons if reason["code"] == _TERMS for pair in reason["pairs"]]
    return tuple(
        TermShown(number, pair["query"], pair["candidate"])
        for number, pair in enumerate(pairs, start=1)
    )


def why_shown(match: MatchRow, say: Say) -> WhyShown:
    """The match's reasons as a page tells them."""
    told = zip(match.reasons, match.reason_texts, strict=True)
    return WhyShown(
        band=match.band,
        likelihood=match.likelihood,
        score=match.score,
        terms=terms_of(match.reasons),
        reasons=tuple(text for reason, text in told if reason["code"] != _TERMS),
        parts=parts_shown(match.parts, say),
    )


def side_shown(card: Card, terms: Sequence[Term], say: Say) -> SideShown:
    """A record with what matched in it marked."""
    record = card.record
    own, other = _ordered(record, say.language)
    shown = own.body or other.body
    return SideShown(
        id=record.id,
        noun=card.noun,
        title=marked(own.title or record.id, terms),
        party=card.party,
        place=say.place(record.region),
        excerpt=excerpt(shown, terms, LENGTH[language_of(shown).value]),
        facts=tuple(_needs(record, say) if isinstance(record, Need) else _offers(record, say)),
        own=own,
        beside=other,
        terms=tuple(terms),
    )


def watched(texts: Iterable[str]) -> tuple[str, ...]:
    """What to watch, for one line: only the first says that it is to be watched."""
    first, *others = tuple(texts) or ("",)
    mark = next((mark for mark in _WATCH if first.startswith(mark)), "")
    return tuple(filter(None, (first, *(text.removeprefix(mark) for text in others))))


def asked(terms: Iterable[TermShown]) -> list[Term]:
    """The terms as they stand in the text that asks."""
    return [Term(term.number, term.one) for term in terms]


def offered(terms: Iterable[TermShown]) -> list[Term]:
    """The terms as they stand in the text that is offered."""
    return [Term(term.number, term.other) for term in terms]


def _ordered(record: Any, language: Language) -> tuple[Texts, Texts]:
    """What the record says for the reader first, where it says anything for them."""
    both = [_texts(record, ""), _texts(record, "_en")]
    own, other = both if language is Language.ZH else reversed(both)
    return (own, other) if own.title or not other.title else (other, own)


def _texts(record: Any, suffix: str) -> Texts:
    names = _OF_NEED if isinstance(record, Need) else _OF_OUTCOME
    body = "\n".join(filter(None, (getattr(record, f"{name}{suffix}").strip() for name in names)))
    return Texts(getattr(record, f"title{suffix}").strip(), body)


def _needs(need: Need, say: Say) -> Iterable[str]:
    if need.budget is not None:
        yield say("预算 {sum}", "Budget {sum}", sum=say.money(need.budget))
    until = need.challenge.deadline if need.challenge else None
    if until or need.valid_until:
        yield say("截止 {day}", "Until {day}", day=say.day(until or need.valid_until))  # type: ignore[arg-type]
    if need.min_trl:
        yield f"TRL ≥ {need.min_trl}"
    yield from map(say.label, need.coop_modes)


def _offers(outcome: Any, say: Say) -> Iterable[str]:
    if outcome.trl:
        yield f"TRL {outcome.trl}"
    elif outcome.stage:
        yield say.label(outcome.stage)
    yield from map(say.label, outcome.transfer_modes)
    if outcome.price is not None:
        yield say.money(outcome.price)
    if outcome.pay_after_use:
        yield say("先使用后付费", "pay after use")
    if outcome.updated_at:
        yield say("更新于 {day}", "updated {day}", day=say.day(outcome.updated_at))
