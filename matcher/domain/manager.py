"""Manager 技术经理人: the person who brings an outcome and a need together."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import ClassVar

from matcher.domain.checks import (
    require_amount,
    require_between,
    require_currency,
    require_text,
    shown,
)
from matcher.domain.enums import Grade, TransferMode
from matcher.domain.money import Money
from matcher.domain.record import Record
from matcher.errors import InvalidValue

LARGEST_CAPACITY = 1000

_LANGUAGE_CODE = re.compile(r"[a-z]{2,3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Deal(Record):
    """A deal of the past: what was brokered, in words (`title`, `text`) or by id, and its value."""

    TEXT_FIELDS: ClassVar[tuple[str, ...]] = ("title", "text")

    title: str = ""
    text: str = ""
    need: str = ""
    outcome: str = ""
    mode: TransferMode | None = None
    value: int | None = None
    currency: str = "CNY"
    date: dt.date | None = None

    def __post_init__(self) -> None:
        require_amount(self.value, "value")
        require_currency(self.currency)

    @property
    def worth(self) -> Money | None:
        """The value with its currency, None where it is unknown."""
        return None if self.value is None else Money(self.value, self.currency)


@dataclass(frozen=True, slots=True, kw_only=True)
class Manager(Record):
    """A technology manager; `id` and what the statement and past deals tell is what counts.

    `fields` are codes of branches or of whole areas, `industries` of GB/T 4754, `regions` of
    GB/T 2260; `languages` are ISO 639 codes; `capacity` is how many deals may be open at once
    (None: not stated, 0: none). `conflicts` are organisations to be kept away from, `same_person`
    accounts that belong to the same human being; both are ids, as are `agency` and `node`.
    """

    TEXT_FIELDS: ClassVar[tuple[str, ...]] = ("statement",)

    id: str
    external_id: str = ""
    name: str = ""
    name_en: str = ""
    agency: str = ""
    grade: Grade | None = None
    registration: str = ""
    statement: str = ""
    statement_en: str = ""
    fields: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    capacity: int | None = None
    conflicts: tuple[str, ...] = ()
    same_person: tuple[str, ...] = ()
    deals: tuple[Deal, ...] = ()
    active: bool = True
    node: str = ""
    updated_at: dt.date | None = None
    source: str = ""

    def __post_init__(self) -> None:
        require_text(self.id, "id")
        require_between(self.capacity, 0, LARGEST_CAPACITY, "capacity")
        for language in self.languages:
            _require_language(language)

    def portfolio(self) -> tuple[str, ...]:
        """Return the texts that the record itself holds on what this person can broker.

        The statement first, in the languages it has, then one text a deal. The texts of the
        outcomes and needs that deals and follow-ups name by id are the caller's to add.
        """
        deals = ("\n".join(deal.pieces()) for deal in self.deals)
        return (*self.pieces(), *(text for text in deals if text))


def _require_language(code: str) -> None:
    if not _LANGUAGE_CODE.fullmatch(code):
        raise InvalidValue(
            f"{shown(code)} is not a language code.",
            field="languages",
            hint="Write ISO 639 codes, for example zh, en or de.",
        )
