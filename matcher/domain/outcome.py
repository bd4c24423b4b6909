"""Outcome 科技成果: what a university, institute or firm offers to transfer."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from matcher.domain.checks import require_between, require_currency, require_order, require_text
from matcher.domain.enums import Listing, Secrecy, Stage, TransferMode, Visibility
from matcher.domain.freshness import Dated
from matcher.domain.money import MoneyRange
from matcher.domain.record import Record

TRL_LOWEST, TRL_HIGHEST = 1, 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome(Record, Dated):
    """A technology outcome; every field but `id` may be absent.

    `trl` is 1 to 9 (GB/T 22900); prices are whole units of `currency`; `field`, `ipc` and `region`
    are codes of the taxonomies, kept as they came even where the taxonomy doesn't know them;
    `holder`, `node`, `owner` (an account) and `visible_to` (accounts, for `Visibility.NAMED`) are
    ids. `transfer_modes` is a set, in the order of the enum.
    """

    TEXT_FIELDS: ClassVar[tuple[str, ...]] = (
        "title",
        "keywords",
        "summary",
        "advantages",
        "applications",
    )

    id: str
    external_id: str = ""
    title: str = ""
    title_en: str = ""
    summary: str = ""
    summary_en: str = ""
    keywords: tuple[str, ...] = ()
    keywords_en: tuple[str, ...] = ()
    reg_no: str = ""
    holder: str = ""
    inventors: tuple[str, ...] = ()
    field: str = ""
    ipc: tuple[str, ...] = ()
    trl: int | None = None
    stage: Stage | None = None
    form: str = ""
    originality: str = ""
    ipr_status: str = ""
    transfer_modes: tuple[TransferMode, ...] = ()
    price_min: int | None = None
    price_max: int | None = None
    currency: str = "CNY"
    pay_after_use: bool = False
    pay_after_use_terms: str = ""
    advantages: str = ""
    advantages_en: str = ""
    applications: str = ""
    applications_en: str = ""
    region: str = ""
    secrecy: Secrecy = Secrecy.OPEN
    visibility: Visibility = Visibility.PUBLIC
    visible_to: tuple[str, ...] = ()
    owner: str = ""
    node: str = ""
    valid_until: dt.date | None = None
    listing: Listing = Listing.NONE
    updated_at: dt.date | None = None
    source: str = ""

    def __post_init__(self) -> None:
        require_text(self.id, "id")
        require_between(self.trl, TRL_LOWEST, TRL_HIGHEST, "trl")
        require_order(self.price_min, self.price_max, "price_min", "price_max")
        require_currency(self.currency)

    @property
    def price(self) -> MoneyRange | None:
        """The asking price, None where it is open to negotiation."""
        return MoneyRange.of(self.price_min, self.price_max, self.currency)
