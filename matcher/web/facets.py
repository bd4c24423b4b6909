"""What results may be narrowed to, how many there are of each, and what they are narrowed to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from matcher.domain.enums import Noun, TransferMode
from matcher.domain.money import MoneyRange
from matcher.taxonomy import taxonomy
from matcher.web.lookup import Lookup
from matcher.web.say import Say

MOST = 8
"""Choices of a group that are shown."""
_LEVELS = (3, 5, 6, 7, 8, 9)
_PRICES = (100_000, 500_000, 1_000_000, 5_000_000)


@dataclass(frozen=True, slots=True)
class Choice:
    """A restriction to choose, or one that holds. count: None where it isn't known."""

    id: str
    label: str
    address: str
    count: int | None = None
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Choices of one kind. note: what is to be known of them."""

    title: str
    choices: tuple[Choice, ...]
    note: str = ""


Counts = Mapping[str, Mapping[str, int]]


def groups(lookup: Lookup, counts: Counts, say: Say) -> tuple[Group, ...]:
    """The groups that have choices. counts: `Answer.facets`."""
    found = [
        Group(say("领域", "Field"), tuple(_coded("field", lookup, counts, say))),
        Group(say("地区", "Region"), tuple(_coded("region", lookup, counts, say))),
        Group(say("合作方式", "Ways to cooperate"), tuple(_modes(lookup, counts, say))),
    ]
    if lookup.noun is Noun.OUTCOME:
        found += [
            Group(say("成熟度", "Readiness"), tuple(_levels(lookup, counts))),
            Group(
                say("价格", "Price"),
                tuple(_prices(lookup, say)),
                say("面议的也在内", "with those open to negotiation"),
            ),
            Group(say("付款", "Payment"), tuple(_payment(lookup, counts, say))),
        ]
    return tuple(group for group in found if group.choices)


def chips(lookup: Lookup, say: Say) -> tuple[Choice, ...]:
    """The restrictions that hold, each with the address without it."""
    filters = lookup.filters
    found = [
        ("field", say.field(filters.field)),
        ("region", say.place(filters.region)),
        ("trl_min", f"TRL ≥ {filters.trl_min}" if filters.trl_min is not None else ""),
        ("price_max", _upto(filters.price_max, filters.currency, say)),
        ("pay_after_use", say("先使用后付费", "pay after use") if filters.pay_after_use else ""),
    ]
    shown = [
        Choice(f"chip-{name}", label, lookup.without(name).address(), chosen=True)
        for name, label in found
        if label
    ]
    return (*shown, *(_mode_chip(lookup, mode, say) for mode in filters.modes))


def rolled(name: str, counts: Mapping[str, int], above: str) -> Counter[str]:
    """The counts of what lies right below `above`, "" for the top, with all below it added.

    name: of a taxonomy. A code that the taxonomy doesn't know stands at the top.
    """
    entries = taxonomy(name)
    found: Counter[str] = Counter()
    for code, count in counts.items():
        while code in entries and entries[code].parent != above and entries[code].parent:
            code = entries[code].parent
        parent = entries[code].parent if code in entries else ""
        if parent == above and code != above:
            found[code] += count
    return found


def _coded(name: str, lookup: Lookup, counts: Counts, say: Say) -> Iterator[Choice]:
    """What lies below the code that is chosen."""
    chosen: str = getattr(lookup.filters, name)
    label = say.field if name == "field" else say.place
    below = rolled(f"{name}s", counts.get(name, {}), chosen)
    for code, count in sorted(below.items(), key=lambda one: (-one[1], one[0]))[:MOST]:
        address = lookup.having(**{name: code}).address()
        yield Choice(f"{name}-{code}", label(code), address, count)


def _modes(lookup: Lookup, counts: Counts, say: Say) -> Iterator[Choice]:
    chosen = lookup.filters.modes
    for mode in TransferMode:
        count = counts.get("modes", {}).get(mode.value, 0)
        if mode in chosen or count:
            after = [one for one in chosen if one is not mode]
            after += [] if mode in chosen else [mode]
            address = lookup.having(modes=TransferMode.in_order(after)).address()
            yield Choice(f"mode-{mode.value}", say.label(mode), address, count, mode in chosen)


def _levels(lookup: Lookup, counts: Counts) -> Iterator[Choice]:
    found = {int(level): count for level, count in counts.get("trl", {}).items()}
    for least in _LEVELS:
        count = sum(count for level, count in found.items() if level >= least)
        chosen = lookup.filters.trl_min == least
        if count or chosen:
            address = (
                lookup.without("trl_min") if chosen else lookup.having(trl_min=least)
            ).address()
            yield Choice(f"trl-{least}", f"TRL ≥ {least}", address, count, chosen)


def _prices(lookup: Lookup, say: Say) -> Iterator[Choice]:
    for most in _PRICES:
        chosen = lookup.filters.price_max == most
        to = lookup.without("price_max") if chosen else lookup.having(price_max=most)
        label = _upto(most, lookup.filters.currency, say)
        yield Choice(f"price-{most}", label, to.address(), chosen=chosen)


def _payment(lookup: Lookup, counts: Counts, say: Say) -> Iterator[Choice]:
    count, chosen = counts.get("pay_after_use", {}).get("yes", 0), lookup.filters.pay_after_use
    if count or chosen:
        address = lookup.having(pay_after_use=not chosen).address()
        yield Choice("pay", say("先使用后付费", "Pay after use"), address, count, chosen)


def _mode_chip(lookup: Lookup, mode: TransferMode, say: Say) -> Choice:
    left = tuple(one for one in lookup.filters.modes if one is not mode)
    address = lookup.having(modes=left).address()
    return Choice(f"chip-{mode.value}", say.label(mode), address, chosen=True)


def _upto(most: int | None, currency: str, say: Say) -> str:
    return "" if most is None else say.money(MoneyRange(None, most, currency))
