"""One side of a match: a need, an outcome, a person or a firm, as the recommender sees it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from matcher.domain.enums import Grade, Language, TransferMode
from matcher.domain.money import MoneyRange


@dataclass(frozen=True, slots=True)
class Facts:
    """What a record states beside its texts; None or () where it doesn't.

    `price` is what an outcome costs, `budget` what a need may spend; `trl` and `min_trl` are 1
    to 9; `region` and `field` are codes or names as given; `modes` holds transfer or cooperation
    modes; `organisation` is whose record it is, an id or a name, `owner` the account that wrote it;
    `avoids` are organisations that a person keeps away from, `persons` their accounts; `fields`,
    `regions` and `languages` (ISO 639) are where a person works, `capacity` is how many deals they
    may carry at once, 0 for one who takes none.
    """

    price: MoneyRange | None = None
    budget: MoneyRange | None = None
    valid_until: date | None = None
    updated_at: date | None = None
    trl: int | None = None
    min_trl: int | None = None
    region: str = ""
    modes: tuple[TransferMode, ...] = ()
    field: str = ""
    organisation: str = ""
    owner: str = ""
    avoids: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    pay_after_use: bool | None = None
    fields: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    grade: Grade | None = None
    capacity: int | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """Something to be matched. One with a `portfolio` (texts) is a person or a firm.

    `audience` holds the tokens of those who may know of it (see visibility.py); None is everybody,
    as for the records of a file.
    """

    id: str
    title: str = ""
    text: str = ""
    keywords: tuple[str, ...] = ()
    lang: Language | None = None
    portfolio: tuple[str, ...] = ()
    facts: Facts = field(default_factory=Facts)
    audience: tuple[str, ...] | None = None

    @property
    def body(self) -> str:
        """Title, text and keywords, a line each."""
        return "\n".join(filter(None, (self.title, self.text, ", ".join(self.keywords))))

    @property
    def documents(self) -> tuple[str, ...]:
        """The texts to be searched: the item's own and those of its portfolio. Never empty."""
        return (self.body, *self.portfolio) if self.body else self.portfolio or ("",)
