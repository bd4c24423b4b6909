"""One side of a match: a need, an outcome, a person or a firm, as the recommender sees it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from matcher.domain.enums import Language, TransferMode
from matcher.domain.money import MoneyRange


@dataclass(frozen=True, slots=True)
class Facts:
    """What a record states beside its texts; None or () where it doesn't.

    `price` is what an outcome costs, `budget` what a need may spend; `trl` and `min_trl` are 1
    to 9; `region` is a code or a name as given; `modes` holds transfer or cooperation modes.
    """

    price: MoneyRange | None = None
    budget: MoneyRange | None = None
    valid_until: date | None = None
    updated_at: date | None = None
    trl: int | None = None
    min_trl: int | None = None
    region: str = ""
    modes: tuple[TransferMode, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """Something to be matched. One with a `portfolio` (texts) is a person or a firm."""

    id: str
    title: str = ""
    text: str = ""
    keywords: tuple[str, ...] = ()
    lang: Language | None = None
    portfolio: tuple[str, ...] = ()
    facts: Facts = field(default_factory=Facts)

    @property
    def body(self) -> str:
        """Title, text and keywords, a line each."""
        return "\n".join(filter(None, (self.title, self.text, ", ".join(self.keywords))))

    @property
    def documents(self) -> tuple[str, ...]:
        """The texts to be searched: the item's own and those of its portfolio. Never empty."""
        return (self.body, *self.portfolio) if self.body else self.portfolio or ("",)
