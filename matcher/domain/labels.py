"""Closed sets whose members carry their Chinese and English name and the variants people write."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from functools import cache
from typing import Self

from matcher.domain.checks import shown
from matcher.errors import InvalidValue

_REMARK = re.compile(r"\(.*?\)")
_FILLER = re.compile(r"[\s_\-·.]+")
_SEPARATOR = re.compile(r"[,;、/|+\n]+")
_WORD_START = re.compile(r"(?<=[a-z])(?=[A-Z])")


class Labelled(StrEnum):
    """A string enum; a member is written `NAME = code, zh, en, "variant|variant"`.

    The member equals its code; `zh` and `en` are its names for people; the variants are other
    spellings that `parse` accepts.
    """

    zh: str
    en: str
    variants: tuple[str, ...]

    def __new__(cls, code: str, zh: str = "", en: str = "", variants: str = "") -> Self:
        member = str.__new__(cls, code)
        member._value_ = code
        member.zh, member.en = zh, en
        member.variants = tuple(variants.split("|")) if variants else ()
        return member

    def label(self, language: str) -> str:
        """The member's name in `language`: Chinese for "zh", English for any other."""
        return self.zh if language == "zh" else self.en

    @classmethod
    def parse(cls, text: object) -> Self:
        """Return the member that `text` names by code, label or variant, in either language.

        Case, width, spaces, hyphens and a remark in brackets don't matter. Raises InvalidValue;
        its `values["accepted"]` holds the codes.
        """
        codes = _codes(cls)
        code = (codes.get(text) or codes.get(_normal(text))) if isinstance(text, str) else None
        if code is None:
            noun = _WORD_START.sub(" ", cls.__name__).lower()
            accepted = ", ".join(f"{member.value} ({member.zh})" for member in cls)
            raise InvalidValue(
                f"{shown(text)} is not a known {noun}.",
                hint=f"Write one of: {accepted}.",
                accepted=tuple(member.value for member in cls),
            )
        return cls(code)

    @classmethod
    def parse_many(cls, text: str) -> tuple[Self, ...]:
        """Return the members named in `text`, separated by , ; 、 / | + or a line break.

        Order and repetition are those of `in_order`.
        """
        parts = _SEPARATOR.split(unicodedata.normalize("NFKC", text))
        return cls.in_order(cls.parse(part) for part in parts if part.strip())

    @classmethod
    def in_order(cls, members: Iterable[Self]) -> tuple[Self, ...]:
        """Return each of `members` once, in the order of the enum: equal sets, equal tuples."""
        found = frozenset(members)
        return tuple(member for member in cls if member in found)


def _normal(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return _FILLER.sub("", _REMARK.sub("", folded))


@cache
def _codes(cls: type[Labelled]) -> dict[str, str]:
    """Every spelling of every member, normalised, to the member's code."""
    return {
        _normal(spelling): member.value
        for member in cls
        for spelling in (member.value, member.zh, member.en, *member.variants)
    }
