"""Read the amounts in a price or budget as people write it: 3-5万, 不超过30万, USD 20k, 1.2亿."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto

from matcher.domain.checks import shown
from matcher.domain.enums import Currency
from matcher.domain.numerals import DIGITS, UNITS, numeral, standard
from matcher.errors import InvalidValue

_HINT = "Write for example 50万, 30-50万元, 不超过30万, USD 20k, 300000 or 面议."


class _Sign(Enum):
    RANGE = auto()
    LOW = auto()
    HIGH = auto()
    OPEN = auto()
    FREE = auto()
    FILLER = auto()


_PHRASES = {
    _Sign.RANGE: "-|–|—|―|−|~|至|到|to|and",
    _Sign.LOW: (
        "以上|起|≥|>=|>|+|不低于|不少于|不小于|至少|最少|最低|高于|大于|超过|超|from|over|at least"
        "|more than|no less than|not less than|min|minimum|above"
    ),
    _Sign.HIGH: (
        "以下|以内|之内|内|≤|<=|<|不超过|不超|不高于|不多于|不大于|低于|少于|小于|最多|最高|至多"
        "|up to|at most|less than|no more than|not more than|not exceeding|max|maximum|under|below"
    ),
    _Sign.OPEN: (
        "面议|电议|可议|可面议|议价|协商|双方协商|协商确定|双方协商确定|另议|待定|待议|一事一议|暂无|未定|无|不限"
        "|negotiable|to be negotiated|to be agreed|open|on request|tbd|tbc|n/a|poa|none|unknown"
    ),
    _Sign.FREE: "免费|无偿|free|free of charge",
    _Sign.FILLER: (
        "约|大约|大概|约为|近|左右|上下|余|多|每项|一次性|合计|总计|共计|共|预计|拟|计划|投入|预算"
        "|报价|价格|金额|总价|转让费|许可费|经费|费用|意向|意向价|含税|不含税|整|在|为|之间"
        "|about|approximately|approx|around|circa|ca|roughly|between|budget|price|total|only"
        "|:|,|;|.|。|、|(|)"
    ),
}
_MULTIPLIERS = {
    "w": 10**4,
    **dict.fromkeys(("k", "thousand"), 10**3),
    **dict.fromkeys(("m", "mn", "mio", "million", "millions"), 10**6),
    **dict.fromkeys(("b", "bn", "billion"), 10**9),
}
_SIGN_OF: dict[str, _Sign | Currency] = {
    phrase: sign for sign, phrases in _PHRASES.items() for phrase in phrases.split("|")
}
_SIGN_OF |= {
    phrase: currency
    for currency in Currency
    for phrase in (currency.value.lower(), currency.zh, *currency.variants)
}


def _any_of(phrases: Iterable[str]) -> str:
    longest_first = sorted(phrases, key=len, reverse=True)
    return "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in longest_first)


_ARABIC = r"(?:\d{1,3}(?:,\d{3})+(?![\d,])|\d+)(?:\.\d+)?"
_CODES = _any_of(phrase for phrase in _SIGN_OF if re.fullmatch("[a-z]{3}", phrase))
_TOKEN = re.compile(
    rf"(?P<sign>{_any_of(_SIGN_OF)})"
    rf"|(?P<number>(?:{_ARABIC}|[{DIGITS}{UNITS}])+)"
    rf"(?:\s*(?P<multiplier>{_any_of(_MULTIPLIERS)})(?=[^a-z]|$|{_CODES}))?"
    r"|\s+",
    re.ASCII,
)
_OWN_UNIT = re.compile(rf"[万亿]|\d[{UNITS}]", re.ASCII)
_DIGIT_AND_UNITS = re.compile(rf"(?:{_ARABIC}|[{DIGITS}])([{UNITS}]+)", re.ASCII)
# 50 万, 50余万 and 1 200 000 are one number each.
_INSIDE_NUMBER = re.compile(
    rf"(?<=[\d{UNITS}])[余多来](?=[万亿])|(?<=\d)\s+(?=[{UNITS}]|\d{{3}}(?!\d))", re.ASCII
)
# 1.200 is 1,200 in half of Europe.
_THOUSANDS_OR_DECIMALS = re.compile(r"\.\d{3}$", re.ASCII)
# Below this a first number without a unit can't be meant as it stands: 50-1亿.
_SMALLEST_WRITTEN_OUT = 1000


@dataclass(frozen=True, slots=True)
class Amounts:
    """What a text says: bounds in whole units of `currency`, None where there is no bound.

    `bare` is true for plain numbers, without 万, k or a currency: a column's unit applies to them.
    """

    low: Decimal | None
    high: Decimal | None
    currency: Currency | None = None
    bare: bool = False


@dataclass(frozen=True, slots=True)
class _Amount:
    number: str
    multiplier: int

    @property
    def value(self) -> Decimal:
        number = numeral(self.number.replace(",", ""))
        if not self.has_unit and _THOUSANDS_OR_DECIMALS.search(self.number):
            raise refusal(self.number, "may mean thousands or three decimals")
        if number is None:
            raise refusal(self.number, "is not one number")
        return number * self.multiplier

    @property
    def has_unit(self) -> bool:
        return self.multiplier > 1 or bool(_OWN_UNIT.search(self.number))


def refusal(value: object, why: str) -> InvalidValue:
    """Return the error for a price or budget that can't be read."""
    return InvalidValue(f"{shown(value)} {why}.", hint=_HINT)


def read_amounts(text: str) -> Amounts | None:
    """Return the amounts in `text`, None where it says that the price is open.

    Raises InvalidValue where anything in `text` is not understood, or could mean two things.
    """
    signs, amounts = _scan(text)
    currencies = sorted({sign for sign in signs if isinstance(sign, Currency)})
    if len(currencies) > 1:
        raise refusal(text, f"names {' and '.join(currencies)}")
    if not amounts:
        return _without_amount(text, signs)
    low, high = _bounds(text, signs, amounts)
    bare = not currencies and not any(amount.has_unit for amount in amounts)
    return Amounts(low, high, currencies[0] if currencies else None, bare)


def _scan(text: str) -> tuple[list[_Sign | Currency], list[_Amount]]:
    """Cut `text` into signs and amounts, all of it."""
    plain = standard(unicodedata.normalize("NFKC", text).casefold()).strip()
    plain = _INSIDE_NUMBER.sub("", plain.removeprefix("~"))
    signs: list[_Sign | Currency] = []
    amounts: list[_Amount] = []
    end = 0
    while end < len(plain):
        token = _TOKEN.match(plain, end)
        if token is None:
            raise refusal(text, f"is not a price: {plain[end : end + 12]!r} was not understood")
        if token["sign"]:
            signs.append(_SIGN_OF[re.sub(r"\s+", " ", token["sign"])])
        elif token["number"]:
            if _Sign.RANGE in signs and not amounts:
                raise refusal(text, "is below zero")
            amounts.append(_Amount(token["number"], _MULTIPLIERS.get(token["multiplier"], 1)))
        end = token.end()
    return signs, amounts


def _without_amount(text: str, signs: list[_Sign | Currency]) -> Amounts | None:
    if _Sign.FREE in signs:
        return Amounts(Decimal(0), Decimal(0))
    if _Sign.OPEN in signs or set(signs) <= {_Sign.RANGE, _Sign.FILLER}:
        return None
    raise refusal(text, "has no amount in it")


def _bounds(
    text: str, signs: list[_Sign | Currency], amounts: list[_Amount]
) -> tuple[Decimal | None, Decimal | None]:
    is_low, is_high = _Sign.LOW in signs, _Sign.HIGH in signs
    ranges = signs.count(_Sign.RANGE)
    if len(amounts) == 2 and ranges == 1:
        return _range(text, *amounts)
    if len(amounts) == 2 and is_low and is_high:
        return _range(text, *sorted(amounts, key=lambda amount: amount.value))
    if len(amounts) > 1 or ranges or (is_low and is_high):
        raise refusal(text, "could mean more than one price")
    value = amounts[0].value
    return (None if is_high else value), (None if is_low else value)


def _range(text: str, first: _Amount, second: _Amount) -> tuple[Decimal, Decimal]:
    low, high = first.value, second.value
    if second.has_unit and not first.has_unit:
        shared = low * _shared_unit(first, second)
        low = low if shared > high and low >= _SMALLEST_WRITTEN_OUT else shared
    if low > high:
        raise refusal(text, f"goes down, from {low:f} to {high:f}")
    return low, high


def _shared_unit(first: _Amount, second: _Amount) -> Decimal:
    """The unit that the first number of a range borrows: 3-5千万 is thirty to fifty million."""
    if second.multiplier > 1:
        return Decimal(second.multiplier)
    whole = _DIGIT_AND_UNITS.fullmatch(second.number)
    spelled = first.number[-1] in UNITS
    units = second.number[len(second.number.rstrip("万亿")) :] if spelled or not whole else whole[1]
    return numeral("1" + units) or Decimal(1)
