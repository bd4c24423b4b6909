"""A need or an outcome in full, as its page and comparisons show it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from matcher.actions.cards import Card
from matcher.domain.enums import Language, Noun
from matcher.domain.record import language_of
from matcher.web.record_facts import FACTS, Fact, facts_of, field_label
from matcher.web.result import address_of
from matcher.web.say import Say

TAGS: Mapping[Language, str] = {Language.ZH: "zh-Hans", Language.EN: "en"}
_TEXTS = {
    Noun.OUTCOME: ("summary", "advantages", "applications"),
    Noun.NEED: ("problem", "indicators", "foundation"),
}
ORDER: Mapping[Noun, tuple[str, ...]] = {
    noun: (*FACTS[noun], *texts) for noun, texts in _TEXTS.items()
}
"""The names of facts and texts in the order in which they are told."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A text of a record, under the name of its field. tongue: the language it is written in."""

    name: str
    label: str
    text: str
    tongue: str


@dataclass(frozen=True, slots=True)
class RecordShown:
    """A record for a reader.

    other_title: in the other language, "" for none. texts: in the reader's language where it has
    them there; folded: the same in the other. stale: whether it was long left as it is.
    """

    id: str
    noun: Noun
    address: str
    title: str
    tongue: str
    other_title: str
    other_tongue: str
    party: str
    place: str
    texts: tuple[Passage, ...]
    folded: tuple[Passage, ...]
    keywords: tuple[str, ...]
    facts: tuple[Fact, ...]
    stale: bool
    expired: bool
    version: int


def record_shown(card: Card, say: Say, on: date) -> RecordShown:
    """The record of a card, on a day."""
    record = card.record
    title, other = _in_order(record.title, record.title_en, say.language)
    pairs = list(_passages(card, say))
    return RecordShown(
        id=record.id,
        noun=card.noun,
        address=address_of(card.noun, record.id),
        title=title or record.id,
        tongue=TAGS[language_of(title)],
        other_title=other,
        other_tongue=TAGS[language_of(other)],
        party=card.party,
        place=say.place(record.region),
        texts=tuple(first for first, _ in pairs),
        folded=tuple(second for _, second in pairs if second),
        keywords=tuple(dict.fromkeys((*record.keywords, *record.keywords_en))),
        facts=tuple(facts_of(record, say)),
        stale=record.is_stale(on),
        expired=record.is_expired(on),
        version=card.version,
    )


def _passages(card: Card, say: Say) -> Iterator[tuple[Passage, Passage | None]]:
    """Each text in the reader's language, else the other; and in the other if it has both."""
    for name in _TEXTS[card.noun]:
        values = (getattr(card.record, name), getattr(card.record, f"{name}_en"))
        first, second = _in_order(*values, say.language)
        if first:
            other = _passage(card.noun, name, second, say) if second else None
            yield _passage(card.noun, name, first, say), other


def _passage(noun: Noun, name: str, text: str, say: Say) -> Passage:
    return Passage(name, field_label(noun, name, say), text, TAGS[language_of(text)])


def _in_order(one: str, other: str, language: Language) -> tuple[str, str]:
    """Two texts, that in the reader's language first; an empty one last."""
    found = [text.strip() for text in (one, other) if text.strip()]
    found.sort(key=lambda text: language_of(text) is not language)
    return (*found, "", "")[:2]  # type: ignore[return-value]
