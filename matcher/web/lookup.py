"""What is looked for on the page Find, as its address has it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import url_for
from pydantic import ConfigDict, ValidationError
from werkzeug.datastructures import MultiDict

from matcher.actions.nearest import names_set, without
from matcher.domain.enums import Noun
from matcher.errors import InvalidValue
from matcher.recommend.filters import NO_FILTERS, Filters
from matcher.text.segment import is_chinese
from matcher.web.models.matching import FilteredParams
from matcher.web.models.records import Cursor, Words

LEAST_LETTERS = 2
"""Letters of a query; of Chinese, one character may be a word."""
NOUNS = (Noun.OUTCOME, Noun.NEED)
PARAMETERS: Mapping[str, str] = {
    "field": "field",
    "region": "region",
    "trl_min": "trl_min",
    "modes": "mode",
    "price_max": "price_max",
    "pay_after_use": "pay_after_use",
}
"""By filter: its name in an address."""


class LookupParams(FilteredParams):
    """The parameters of the page; what else an address holds is let be."""

    model_config = ConfigDict(extra="ignore", frozen=True, str_max_length=2_000)

    q: Words = ""
    noun: Noun = Noun.OUTCOME
    cursor: Cursor = ""


@dataclass(frozen=True, slots=True)
class Lookup:
    """What is looked for: words, among what, and restrictions."""

    q: str = ""
    noun: Noun = Noun.OUTCOME
    filters: Filters = NO_FILTERS

    @property
    def text(self) -> str:
        """The words that are searched with; "" where they are too few to mean anything."""
        words = self.q.strip()
        return words if len(words) >= LEAST_LETTERS or is_chinese(words) else ""

    def arguments(self) -> dict[str, Any]:
        """The parameters that say it, without those that say nothing."""
        told = {PARAMETERS[name]: getattr(self.filters, name) for name in names_set(self.filters)}
        if "mode" in told:
            told["mode"] = ",".join(told["mode"])
        if "price_max" in told and self.filters.currency != NO_FILTERS.currency:
            told["currency"] = self.filters.currency
        if "pay_after_use" in told:
            told["pay_after_use"] = 1
        if self.noun is not Noun.OUTCOME:
            told["noun"] = self.noun.value
        return {"q": self.q.strip(), **told} if self.q.strip() else told

    def address(self, **more: str | Sequence[str]) -> str:
        """Where the page is that shows it."""
        told: dict[str, Any] = {**self.arguments(), **more}
        return url_for("page.find.show", **told)

    def having(self, **filters: Any) -> Lookup:
        """The same with these restrictions changed."""
        return replace(self, filters=replace(self.filters, **filters))

    def without(self, *names: str) -> Lookup:
        """The same without these restrictions."""
        return replace(self, filters=without(self.filters, *names))


def lookup_of(args: MultiDict[str, str]) -> tuple[Lookup, str]:
    """What an address asks for, and the cursor in it, "" for none. Raises InvalidValue."""
    given = {name: ",".join(filter(None, args.getlist(name))) for name in args}
    given["q"] = args.get("q", "")
    told = {name: value for name, value in given.items() if value}
    try:
        params = LookupParams.model_validate(told)
    except ValidationError as error:
        field = str(error.errors()[0]["loc"][0])
        hint = "Take it out of the address, or choose it on the page."
        raise InvalidValue(f"{field} can't be used as it is.", field=field, hint=hint) from error
    filters = params.filters()
    if params.noun not in NOUNS:
        raise InvalidValue("That isn't searched here.", field="noun", hint="outcome or need")
    return Lookup(params.q, params.noun, filters), params.cursor


def is_continued(before: str, after: str) -> bool:
    """Whether somebody is still typing the same words."""
    one, other = before.strip(), after.strip()
    return bool(one) and bool(other) and (one.startswith(other) or other.startswith(one))
