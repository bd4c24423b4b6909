"""The unified social credit code of GB 32100: 17 characters and one that checks them."""

from __future__ import annotations

import re

from matcher.errors import InvalidValue

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""No I, O, S, V and Z, which look like digits."""
_FORM = re.compile(f"[{_ALPHABET}]{{18}}")
_MODULUS = len(_ALPHABET)


def check_character(body: str) -> str:
    """The 18th character for the first 17: weights are powers of 3 modulo 31 (GB 32100)."""
    total = sum(
        _ALPHABET.index(char) * pow(3, place, _MODULUS) for place, char in enumerate(body[:17])
    )
    return _ALPHABET[-total % _MODULUS]


def parse_credit_code(text: str) -> str:
    """The code in capital letters without spaces and hyphens.

    Raises InvalidValue for another length, a letter that isn't used, a wrong check character.
    """
    code = re.sub(r"[\s-]", "", text).upper()
    hint = "Copy its 18 characters from the business licence."
    if not _FORM.fullmatch(code):
        message = f"{text!r} is not a unified social credit code."
        raise InvalidValue(message, field="credit_code", hint=hint)
    if check_character(code) != code[-1]:
        message = f"the last character of {code} doesn't fit the others."
        raise InvalidValue(message, field="credit_code", hint=hint)
    return code
