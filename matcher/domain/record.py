"""What all records share: they come from and go to mappings, and have texts in two languages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, ClassVar, Self

from matcher.domain.enums import Language
from matcher.domain.mapping import read, write

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")


class Record:
    """Base of the frozen dataclasses; `TEXT_FIELDS` names the fields that people search in.

    A field and its `_en` twin, where there is one, hold the two languages of one text.
    """

    __slots__ = ()
    TEXT_FIELDS: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def from_mapping(cls, mapping: Mapping[str, object]) -> Self:
        """Build the record from a mapping of its field names, such as a parsed JSON object.

        Codes or labels are accepted for enums, dirty dates for dates; see `mapping.read` for what
        is refused with InvalidValue.
        """
        return read(cls, mapping)

    def to_mapping(self) -> dict[str, Any]:
        """Return plain JSON values under the field names; `from_mapping` takes them back."""
        return write(self)

    def texts(self, language: Language) -> tuple[str, ...]:
        """Return the record's searchable texts in `language`, the most telling first.

        A text stands under the language it is written in: an English title in `title` is English.
        """
        return tuple(text for text in self.pieces() if language_of(text) is language)

    def text_in(self, language: Language) -> str:
        """Return the texts in `language` as one, a line each; empty where there are none."""
        return "\n".join(self.texts(language))

    def text_languages(self) -> tuple[Language, ...]:
        """Return the languages that the record has texts in."""
        return Language.in_order(language_of(text) for text in self.pieces())

    def pieces(self) -> tuple[str, ...]:
        """Return the texts in whatever language, in the order of `TEXT_FIELDS`."""
        names = (name for field in self.TEXT_FIELDS for name in (field, f"{field}_en"))
        pieces = (_joined(getattr(self, name, "")) for name in names)
        return tuple(piece for piece in pieces if piece)


def language_of(text: str) -> Language:
    """Chinese where a Han character stands in `text`, else English."""
    return Language.ZH if _HAN.search(text) else Language.EN


def _joined(value: str | tuple[str, ...]) -> str:
    return value.strip() if isinstance(value, str) else "; ".join(value)
