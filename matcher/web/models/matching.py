"""Searches, suggestions and their answers."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from matcher.actions.answer import Wish
from matcher.domain.enums import Language, Noun, TransferMode
from matcher.recommend.filters import NO_FILTERS, Filters
from matcher.taxonomy import wanted_code
from matcher.web.models.base import Body, Limit, Listed, Params, Shown

MAX_TEXT = 20_000
"""Characters of a text that is searched with."""

Text = Annotated[str, Field(max_length=MAX_TEXT)]


class MatchParams(Params):
    """How many matches, and in which language the reasons are."""

    limit: Limit = 10
    lang: Language = Language.ZH
    facts: Annotated[
        bool, Field(description="Leave out what is too early, too dear or expired.")
    ] = True

    def wish(self) -> Wish:
        """The same as the actions take it."""
        return Wish(k=self.limit, filters=self.filters(), language=self.lang, facts=self.facts)

    def filters(self) -> Filters:
        """What has to be stated."""
        return NO_FILTERS


class FilteredParams(MatchParams):
    """The same, restricted."""

    field: Annotated[str, Field(description="Code or name; what lies below it passes, too.")] = ""
    region: Annotated[str, Field(description="Code or name; what lies in it passes, too.")] = ""
    trl_min: Annotated[int | None, Field(ge=1, le=9)] = None
    mode: Annotated[tuple[TransferMode, ...], Listed] = ()
    price_max: Annotated[int | None, Field(ge=0, le=10**15)] = None
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$")] = "CNY"
    pay_after_use: bool = False

    def filters(self) -> Filters:
        """What has to be stated."""
        return Filters(
            field=wanted_code("fields", self.field),
            region=wanted_code("regions", self.region),
            trl_min=self.trl_min,
            modes=self.mode,
            price_max=self.price_max,
            currency=self.currency,
            pay_after_use=self.pay_after_use,
        )


class MatchBody(Body):
    """The text of a need; it isn't stored."""

    text: Annotated[Text, Field(min_length=1, pattern=r"\S", examples=["石墨烯耐磨涂层"])]
    limit: Limit = 10
    lang: Language = Language.ZH


class ReasonShown(Shown):
    """Why: a code with its values, for programs; `text` for people."""

    code: str
    values: dict[str, Any]
    text: str


class MatchShown(Shown):
    """One match. Either `likelihood` or, where too little is known for one, `band` alone."""

    id: str
    title: str
    rank: int
    score: Annotated[float, Field(description="0 to 1; the sum of `parts`.")]
    band: str
    likelihood: float | None
    parts: dict[str, float]
    reasons: list[ReasonShown]


class AnswerShown(Shown):
    """Ranked matches, best first.

    found: how many there are before the limit. facets: how many of these there are of each kind.
    removed: how many each hard rule took away. degraded: what couldn't be used for this answer.
    """

    noun: Noun
    model_version: str
    degraded: list[str]
    found: int
    facets: dict[str, dict[str, int]]
    removed: dict[str, int]
    matches: list[MatchShown]
