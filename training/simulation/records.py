"""The records of a synthetic platform, as the domain knows them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import numpy as np

from matcher.domain.enums import Grade, Language, Noun, OrganisationKind, Stage
from matcher.domain.manager import Deal, Manager
from matcher.domain.need import Need
from matcher.domain.organisation import Organisation
from matcher.domain.outcome import Outcome
from matcher.taxonomy import taxonomy
from training.simulation.population import EN, NO_END, NOT_STATED, ZH, Listed, Topical
from training.simulation.texts import Text, texts
from training.simulation.vocabulary import Vocabulary
from training.simulation.world import SYNTHETIC, World, id_of

AnyRecord = Outcome | Need | Manager | Organisation

BATCH = 4096
"""Records whose texts are drawn at once, from a seed of their own."""

MOST_DEALS = 4
_FIELD_DIGITS = 6
_KINDS = (OrganisationKind.UNIVERSITY, OrganisationKind.ENTERPRISE, OrganisationKind.AGENCY)
_STAGES = (Stage.LAB, Stage.PILOT, Stage.MATURE)
_LEVELS_OF_A_STAGE = 3
_NOUN_PLACES = {Noun.OUTCOME: 1, Noun.NEED: 2, Noun.MANAGER: 3}
_DEALS_PLACE = 4
_CODES = {ZH: Language.ZH, EN: Language.EN}


def records_of(world: World, noun: Noun, node: str = "") -> Iterator[AnyRecord]:
    """Every record of a noun in the order of rows; the same ones each time.

    They hold what may be known: nothing of a hidden quality, school, fame or staleness. node: the
    id of the node they belong to. Raises KeyError for a noun without rows here.
    """
    if noun is Noun.ORGANISATION:
        yield from (_organisation(world, row, node) for row in range(len(world.organisations)))
        return
    make = _MAKERS[noun]
    party, vocabulary = world.party(noun), Vocabulary.of(world.size.topics)
    for first in range(0, len(party), BATCH):
        rows = np.arange(first, min(first + BATCH, len(party)))
        rng = np.random.default_rng([world.seed, _NOUN_PLACES[noun], first])
        drawn = _texts(rng, vocabulary, party, rows)
        for row, text in zip(rows.tolist(), drawn, strict=True):
            yield make(world, row, text, node, vocabulary)


def field_of(topic: int, topics: int) -> str:
    """The code of the field that a topic stands for: any will do, two topics have two."""
    fields = _fields()
    return fields[topic * len(fields) // topics]


def _texts(
    rng: np.random.Generator, vocabulary: Vocabulary, party: Topical, rows: Any
) -> Iterator[Text]:
    detail = (
        party.detail[rows] if isinstance(party, Listed) else np.full(len(rows), 0.5, np.float32)
    )
    languages = party.languages[rows]
    return texts(rng, vocabulary, party.topics[rows], party.shares[rows], detail, languages)


def _outcome(world: World, row: int, text: Text, node: str, _: Vocabulary) -> Outcome:
    outcomes = world.outcomes
    trl, price = int(outcomes.trl[row]), _stated(outcomes.price[row])
    return Outcome(
        **_listed(world, Noun.OUTCOME, row, text, node),
        **_in_both("summary", text.body),
        holder=id_of(Noun.ORGANISATION, int(outcomes.organisations[row])),
        trl=trl,
        stage=_STAGES[(trl - 1) // _LEVELS_OF_A_STAGE],
        price_min=price,
        price_max=price,
    )


def _need(world: World, row: int, text: Text, node: str, _: Vocabulary) -> Need:
    needs = world.needs
    return Need(
        **_listed(world, Noun.NEED, row, text, node),
        **_in_both("problem", text.body),
        organisation=id_of(Noun.ORGANISATION, int(needs.organisations[row])),
        min_trl=_stated(needs.min_trl[row]),
        budget_max=_stated(needs.budget[row]),
    )


def _manager(world: World, row: int, text: Text, node: str, vocabulary: Vocabulary) -> Manager:
    managers = world.managers
    topics = managers.topics[row].tolist()
    bits = int(managers.languages[row])
    return Manager(
        id=id_of(Noun.MANAGER, row),
        name=f"模拟经理人{row}",
        name_en=f"Synthetic manager {row}",
        agency=id_of(Noun.ORGANISATION, int(managers.organisations[row])),
        grade=tuple(Grade)[managers.grades[row]],
        **_in_both("statement", text.body),
        fields=tuple(dict.fromkeys(field_of(topic, world.size.topics) for topic in topics)),
        regions=(str(managers.regions[row]),),
        languages=tuple(code.value for bit, code in _CODES.items() if bits & bit),
        capacity=int(managers.capacity[row]),
        deals=_deals(world, row, vocabulary),
        node=node,
        updated_at=dt.date.fromordinal(int(managers.created[row])),
        source=SYNTHETIC,
    )


def _deals(world: World, row: int, vocabulary: Vocabulary) -> tuple[Deal, ...]:
    """What a manager brokered before: up to MOST_DEALS texts on their topics, in their tongues."""
    managers = world.managers
    rng = np.random.default_rng([world.seed, _DEALS_PLACE, row])
    rows = np.full(int(rng.integers(0, MOST_DEALS + 1)), row)
    detail = np.full(len(rows), 0.3, np.float32)
    topics, shares = managers.topics[rows], managers.shares[rows]
    drawn = texts(rng, vocabulary, topics, shares, detail, managers.languages[rows])
    return tuple(
        Deal(
            title=next(iter(text.title.values())),
            text=next(iter(text.body.values())),
            date=world.start - dt.timedelta(days=int(rng.integers(1, 1000))),
        )
        for text in drawn
    )


def _organisation(world: World, row: int, node: str) -> Organisation:
    organisations = world.organisations
    kind = _KINDS[organisations.kinds[row]]
    return Organisation(
        id=id_of(Noun.ORGANISATION, row),
        name=f"模拟{kind.zh}{row}",
        name_en=f"Synthetic {kind.en} {row}",
        kind=kind,
        region=str(organisations.regions[row]),
        node=node,
        updated_at=world.start,
        source=SYNTHETIC,
    )


def _listed(world: World, noun: Noun, row: int, text: Text, node: str) -> dict[str, Any]:
    """The fields that outcomes and needs share."""
    party = world.outcomes if noun is Noun.OUTCOME else world.needs
    expires = int(party.expires[row])
    return {
        "id": id_of(noun, row),
        **_in_both("title", text.title),
        "keywords": text.keywords.get(Language.ZH, ()),
        "keywords_en": text.keywords.get(Language.EN, ()),
        "field": field_of(int(party.topics[row, 0]), world.size.topics),
        "region": str(party.regions[row]),
        "valid_until": None if expires == NO_END else dt.date.fromordinal(expires),
        "updated_at": dt.date.fromordinal(int(party.updated[row])),
        "node": node,
        "source": SYNTHETIC,
    }


def _in_both(name: str, text: dict[Language, str]) -> dict[str, Any]:
    """A field and its English twin."""
    return {name: text.get(Language.ZH, ""), f"{name}_en": text.get(Language.EN, "")}


def _stated(value: Any) -> int | None:
    return None if value == NOT_STATED else int(value)


_Maker = Callable[[World, int, Text, str, Vocabulary], AnyRecord]
_MAKERS: dict[Noun, _Maker] = {
    Noun.OUTCOME: _outcome,
    Noun.NEED: _need,
    Noun.MANAGER: _manager,
}


@cache
def _fields() -> tuple[str, ...]:
    codes = taxonomy("fields")
    return tuple(sorted(code for code in codes if len(code) == _FIELD_DIGITS))
