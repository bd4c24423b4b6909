"""Organisation 单位: who owns outcomes, has needs, employs managers."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import ClassVar

from matcher.domain.checks import require_text, shown
from matcher.domain.enums import OrganisationKind, OrganisationSize
from matcher.domain.record import Record
from matcher.errors import InvalidValue

_CREDIT_CODE = re.compile(r"[0-9A-Z]{18}")
_COUNTRY = re.compile(r"[A-Z]{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation(Record):
    """A university, firm, agency or the like; every field but `id` may be absent.

    `credit_code` is the unified social credit code (18 characters, GB 32100), `country` ISO 3166
    alpha-2 and left out at home, `industry` a division of GB/T 4754, `parent` the id of the
    organisation it belongs to.
    """

    TEXT_FIELDS: ClassVar[tuple[str, ...]] = ("name", "aliases")

    id: str
    external_id: str = ""
    name: str = ""
    name_en: str = ""
    aliases: tuple[str, ...] = ()
    credit_code: str = ""
    kind: OrganisationKind | None = None
    parent: str = ""
    region: str = ""
    country: str = ""
    industry: str = ""
    size: OrganisationSize | None = None
    certifications: tuple[str, ...] = ()
    node: str = ""
    updated_at: dt.date | None = None
    source: str = ""

    def __post_init__(self) -> None:
        require_text(self.id, "id")
        _require(_CREDIT_CODE, self.credit_code, "credit_code", "18 digits and capital letters")
        _require(_COUNTRY, self.country, "country", "two capital letters, for example DE")
        if self.parent == self.id:
            raise InvalidValue(
                "An organisation can't belong to itself.", field="parent", hint="Leave it out."
            )

    @property
    def names(self) -> tuple[str, ...]:
        """Every name it goes by, each once: those by which its identity is resolved."""
        return tuple(dict.fromkeys(filter(None, (self.name, self.name_en, *self.aliases))))


def _require(form: re.Pattern[str], value: str, field: str, wanted: str) -> None:
    if value and not form.fullmatch(value):
        raise InvalidValue(
            f"{shown(value)} is not a valid {field}.",
            field=field,
            hint=f"Write {wanted}, or leave it out.",
        )
