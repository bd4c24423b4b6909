"""Prices and budgets: integer amounts of an ISO currency, read from and written as text."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from matcher.domain.amounts import read_amounts, refusal
from matcher.domain.checks import LARGEST_AMOUNT, require_amount, require_currency, require_order
from matcher.domain.enums import Currency, Language
from matcher.errors import InvalidValue

_NEGOTIABLE = {Language.ZH: "面议", Language.EN: "negotiable"}
_FREE = {Language.ZH: "免费", Language.EN: "free of charge"}
_SCALES = {
    Language.ZH: ((10**8, "亿"), (10**4, "万"), (1, "")),
    Language.EN: ((10**9, "bn"), (10**6, "m"), (10**3, "k"), (1, "")),
}
_MILLION = 10**6


@dataclass(frozen=True, slots=True)
class Money:
    """One amount in whole units (yuan, dollars) of an ISO 4217 currency."""

    amount: int
    currency: str = "CNY"

    def __post_init__(self) -> None:
        require_amount(self.amount, "amount")
        require_currency(self.currency)

    def format(self, language: Language) -> str:
        """Write it for people, losslessly: 50 万元, CNY 500k."""
        return _span((self.amount,), self.currency, language)


@dataclass(frozen=True, slots=True)
class MoneyRange:
    """A price or budget from `low` to `high`; one of them may be open (None), not both."""

    low: int | None = None
    high: int | None = None
    currency: str = "CNY"

    def __post_init__(self) -> None:
        if self.low is None and self.high is None:
            raise InvalidValue(
                "A price range needs a bound.", field="low", hint="Use None for negotiable."
            )
        require_order(self.low, self.high, "low", "high")
        require_currency(self.currency)

    @classmethod
    def of(cls, low: int | None, high: int | None, currency: str) -> MoneyRange | None:
        """Return the range, or None (negotiable) where neither bound is known."""
        return None if low is None and high is None else cls(low, high, currency)

    def format(self, language: Language) -> str:
        """Write it for people, losslessly: 50–80 万元, 50 万元以上, up to CNY 300k."""
        if self.low == self.high == 0:
            return _FREE[language]
        bounds = tuple(bound for bound in (self.low, self.high) if bound is not None)
        text = _span(bounds if self.low != self.high else bounds[:1], self.currency, language)
        if self.high is None:
            return f"{text}以上" if language is Language.ZH else f"from {text}"
        if self.low is None:
            return f"不超过 {text}" if language is Language.ZH else f"up to {text}"
        return text


def format_money(price: MoneyRange | None, language: Language) -> str:
    """Write a price or budget for people; None is 面议 or "negotiable"."""
    return _NEGOTIABLE[language] if price is None else price.format(language)


def parse_money(value: object, *, unit: int = 1, currency: str = "CNY") -> MoneyRange | None:
    """Return the price or budget that `value` states, None where it is open (面议, blank).

    `value` is a number or text in either language; `unit` is that of the column (10,000 for a
    column in 万元) and applies to plain numbers, `currency` to amounts that name none. An
    approximate amount counts as exact; fractions of a yuan are rounded, half up. Raises
    InvalidValue for text that isn't understood and for NaN, infinite and negative numbers.
    """
    if isinstance(value, str):
        return _from_text(value, unit, currency)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise refusal(value, "is not a price")
    number = Decimal(str(value))
    if not number.is_finite() or number < 0:
        raise refusal(value, "is not an amount")
    amount = _whole(number * unit)
    return MoneyRange(amount, amount, currency)


def covers(budget: MoneyRange | None, price: MoneyRange | None) -> bool | None:
    """Whether the budget suffices for the whole price range, up to its upper end.

    None where it can't be told: a side is open or unknown, or the currencies differ. A budget
    without an upper end covers what its lower end covers.
    """
    if budget is None or price is None or budget.currency != price.currency:
        return None
    dearest = price.low if price.high is None else price.high
    if budget.high is not None and dearest is not None and dearest > budget.high:
        return False
    sure = budget.low if budget.high is None else budget.high
    known = price.high is not None and sure is not None and price.high <= sure
    return True if known else None


def reaches(budget: MoneyRange | None, price: MoneyRange | None) -> bool | None:
    """Whether the budget's upper end reaches the price's lower end, so that a deal is possible.

    None where it can't be told, as for `covers`; a budget without an upper end always reaches.
    """
    if budget is None or price is None or budget.currency != price.currency:
        return None
    if price.low is None:
        return covers(budget, price) or None
    return budget.high is None or budget.high >= price.low


def _from_text(text: str, unit: int, currency: str) -> MoneyRange | None:
    amounts = read_amounts(text)
    if amounts is None:
        return None
    factor = unit if amounts.bare else 1
    low, high = (
        None if bound is None else _whole(bound * factor) for bound in (amounts.low, amounts.high)
    )
    return MoneyRange(low, high, amounts.currency.value if amounts.currency else currency)


def _whole(amount: Decimal) -> int:
    if amount > LARGEST_AMOUNT:
        raise refusal(f"{amount:.6g}", "is more than any price")
    return int(amount.quantize(Decimal(1), ROUND_HALF_UP))


def _span(amounts: tuple[int, ...], currency: str, language: Language) -> str:
    """One amount or two, in the largest unit that writes all of them with two decimals at most.

    In English half a million beside three is 0.5m; below a million there is no such fraction.
    """
    shared = _MILLION if language is Language.EN else None
    scale, unit = next(
        (scale, unit) for scale, unit in _SCALES[language] if _all_fit(amounts, scale, shared)
    )
    numbers = [f"{Decimal(amount) / scale:,f}" for amount in amounts]
    if language is Language.ZH:
        return f"{'–'.join(numbers)} {unit}{_name_zh(currency)}"
    return f"{currency} {'–'.join(number + unit for number in numbers)}"


def _all_fit(amounts: tuple[int, ...], scale: int, shared: int | None) -> bool:
    """shared: from which unit on it is enough that the largest amount comes to one."""
    alike = shared is not None and scale >= shared and max(amounts) >= scale
    return scale == 1 or all(
        amount == 0 or ((alike or amount >= scale) and amount % (scale // 100) == 0)
        for amount in amounts
    )


def _name_zh(currency: str) -> str:
    """The currency's Chinese name, or its code after a space where it has none here."""
    known = Currency.__members__.get(currency)
    return known.zh if known else f" {currency}"
