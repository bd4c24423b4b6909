"""What two records state alike, and what differently: evidence for or against their being one.

Weights are logarithms of odds, set by judgement: bilingual records that are facts at their halves
alike can't tell how often the facts of true duplicates differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from matcher.domain.identity import Identities
from matcher.domain.manager import Manager
from matcher.domain.need import Need
from matcher.domain.organisation import Organisation
from matcher.domain.outcome import Outcome
from matcher.domain.record import language_of
from matcher.store.tables import AnyRecord

MOST_GAINED = 3.0
"""Sister projects of one team state much alike, so facts alone never make a pair."""
_YEARS_APART = 548
_LEVELS_APART = 2
_AREA, _PROVINCE = 2, 2


class Fact(StrEnum):
    """What is compared."""

    ORGANISATION = "organisation"
    INVENTORS = "inventors"
    READINESS = "readiness"
    FIELD = "field"
    PRICE = "price"
    REGION = "region"
    DATE = "date"
    CREDIT_CODE = "credit_code"
    REGISTRATION = "registration"
    NAME = "name"
    COUNTRY = "country"


class _Weight(NamedTuple):
    alike: float
    differing: float


_WEIGHTS: Mapping[Fact, _Weight] = MappingProxyType(
    {
        Fact.ORGANISATION: _Weight(1.5, -4.0),
        Fact.INVENTORS: _Weight(1.5, -1.5),
        Fact.READINESS: _Weight(0.5, -1.0),
        Fact.FIELD: _Weight(0.3, -1.0),
        Fact.PRICE: _Weight(1.0, -1.0),
        Fact.REGION: _Weight(0.2, -0.5),
        Fact.DATE: _Weight(0.0, -1.0),
        Fact.CREDIT_CODE: _Weight(0.0, -9.0),
        Fact.REGISTRATION: _Weight(0.0, -9.0),
        Fact.NAME: _Weight(1.0, -6.0),
        Fact.COUNTRY: _Weight(0.0, -4.0),
    }
)
Compared = Iterator[tuple[Fact, bool | None]]
"""None: not stated by both, or in between."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """The facts that two records state alike, and those that they state differently."""

    alike: tuple[Fact, ...]
    differing: tuple[Fact, ...]

    @property
    def odds(self) -> float:
        """What they add to the odds of being one, as a logarithm."""
        gained = sum(_WEIGHTS[fact].alike for fact in self.alike)
        return min(gained, MOST_GAINED) + sum(_WEIGHTS[fact].differing for fact in self.differing)


def agreement(one: AnyRecord, other: AnyRecord, identities: Identities) -> Agreement:
    """Compare two records of one noun."""
    compared = list(_compared(one, other, identities))
    return Agreement(
        tuple(fact for fact, alike in compared if alike is True),
        tuple(fact for fact, alike in compared if alike is False),
    )


def _compared(one: AnyRecord, other: AnyRecord, identities: Identities) -> Compared:
    match one, other:
        case Outcome(), Outcome():
            yield Fact.ORGANISATION, same_organisation(one.holder, other.holder, identities)
            yield Fact.INVENTORS, _meeting(one.inventors, other.inventors)
            yield Fact.READINESS, _near(one.trl, other.trl)
            yield Fact.PRICE, _equal(one.price, other.price)
            yield from _listed(one, other)
        case Need(), Need():
            yield (
                Fact.ORGANISATION,
                same_organisation(one.organisation, other.organisation, identities),
            )
            yield Fact.READINESS, _near(one.min_trl, other.min_trl)
            yield Fact.PRICE, _equal(one.budget, other.budget)
            yield from _listed(one, other)
        case Manager(), Manager():
            yield Fact.NAME, _name(one, other)
            yield Fact.REGISTRATION, _equal(one.registration, other.registration)
            yield Fact.ORGANISATION, same_organisation(one.agency, other.agency, identities)
        case Organisation(), Organisation():
            yield Fact.CREDIT_CODE, _equal(one.credit_code, other.credit_code)
            yield Fact.COUNTRY, _equal(one.country, other.country)
            yield Fact.REGION, _equal(one.region[:_PROVINCE], other.region[:_PROVINCE])


def _listed(one: Outcome | Need, other: Outcome | Need) -> Compared:
    yield Fact.FIELD, _equal(one.field[:_AREA], other.field[:_AREA])
    yield Fact.REGION, _equal(one.region[:_PROVINCE], other.region[:_PROVINCE])
    if one.updated_at and other.updated_at:
        yield Fact.DATE, abs((one.updated_at - other.updated_at).days) < _YEARS_APART


def same_organisation(one: str, other: str, identities: Identities) -> bool | None:
    """None where they may be one: a department and its university, a name in two languages."""
    if not one.strip() or not other.strip():
        return None
    if identities.same(one, other):
        return True
    if identities.root(one) == identities.root(other):
        return None
    known = [identities.resolve(text) is not None for text in (one, other)]
    certain = all(known) or (not any(known) and language_of(one) is language_of(other))
    return False if certain else None


def _name(one: Manager, other: Manager) -> bool | None:
    """Names in two languages can't be compared."""
    pairs = ((one.name, other.name), (one.name_en, other.name_en))
    both = [(first, second) for first, second in pairs if first.strip() and second.strip()]
    if not both or any(language_of(first) is not language_of(second) for first, second in both):
        return None
    return all(_plain(first) == _plain(second) for first, second in both)


def _plain(name: str) -> str:
    return "".join(filter(str.isalnum, name.casefold()))


def _meeting(one: tuple[str, ...], other: tuple[str, ...]) -> bool | None:
    """One in common is enough; names in two languages can't be compared."""
    if not one or not other or language_of("".join(one)) is not language_of("".join(other)):
        return None
    return not {_plain(name) for name in one}.isdisjoint(_plain(name) for name in other)


def _near(one: int | None, other: int | None) -> bool | None:
    """A step on is neither: listings age."""
    if one is None or other is None:
        return None
    apart = abs(one - other)
    return True if apart == 0 else None if apart < _LEVELS_APART else False


def _equal(one: object, other: object) -> bool | None:
    return one == other if one and other else None
