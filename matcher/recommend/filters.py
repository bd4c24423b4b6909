"""What an asker restricts a search to, and how many candidates there are of each kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, fields

import numpy as np

from matcher.domain.enums import TransferMode
from matcher.domain.regions import lies_in
from matcher.recommend.columns import Columns, Mask, mode_bits
from matcher.recommend.ids import Places
from matcher.taxonomy import within

FACETS = ("field", "region", "trl", "modes", "pay_after_use")


@dataclass(frozen=True, slots=True)
class Filters:
    """Every restriction that is set has to hold; what a candidate doesn't state doesn't pass.

    field, region: codes; those below them pass as well. trl_min: 1 to 9. modes: one of them is
    enough. price_max: in `currency`; a negotiable price passes.
    """

    field: str = ""
    region: str = ""
    trl_min: int | None = None
    modes: tuple[TransferMode, ...] = ()
    price_max: int | None = None
    currency: str = "CNY"
    pay_after_use: bool = False

    def __bool__(self) -> bool:
        return any(
            getattr(self, each.name) != each.default
            for each in fields(self)
            if each.name != "currency"
        )

    def passed(self, columns: Columns) -> Mask:
        """bool[n]: the candidates that pass."""
        passed = np.ones(len(columns), bool)
        if self.field:
            passed &= columns.words["field"].where(
                lambda words: any(within("fields", word, self.field) for word in words)
            )
        if self.region:
            passed &= columns.words["region"].where(
                lambda words: any(lies_in(word, self.region) for word in words)
            )
        if self.trl_min is not None:
            passed &= columns.numbers["trl"] >= self.trl_min
        if self.modes:
            passed &= (columns.numbers["modes"] & mode_bits(self.modes)) != 0
        if self.price_max is not None:
            same = columns.words["currency"].where(lambda words: words in ((), (self.currency,)))
            passed &= same & (columns.numbers["least"] <= self.price_max)
        if self.pay_after_use:
            passed &= columns.numbers["pay_after_use"] > 0
        return passed


NO_FILTERS = Filters()


def facets(columns: Columns, places: Places) -> Mapping[str, Counter[str]]:
    """How many of the candidates at `places` there are of each field, region, readiness, mode."""
    counts: dict[str, Counter[str]] = {}
    for name in ("field", "region"):
        column = columns.words[name]
        found = np.bincount(column.codes[places], minlength=len(column.values))
        counted: Counter[str] = Counter()
        for value, n in zip(column.values, found.tolist(), strict=True):
            counted.update(dict.fromkeys(value, n))
        counts[name] = +counted
    levels = np.bincount(columns.numbers["trl"][places].astype(np.int64))
    counts["trl"] = Counter({str(level): int(n) for level, n in enumerate(levels) if level and n})
    modes = columns.numbers["modes"][places]
    held = {mode.value: int((modes & mode_bits([mode]) != 0).sum()) for mode in TransferMode}
    counts["modes"] = Counter({mode: n for mode, n in held.items() if n})
    paid = int((columns.numbers["pay_after_use"][places] > 0).sum())
    counts["pay_after_use"] = Counter({"yes": paid} if paid else {})
    return counts
