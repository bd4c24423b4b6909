"""What a person says of a file that is imported, kept beside it: the file itself stays as it is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Self

from matcher.files.table import Corrections

_NONE: Mapping[str, Mapping[str, str]] = MappingProxyType({})
_AS_GUESSED: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Overlay:
    """columns: the field of each column by its name, "" for one that is left alone; none chosen
    where empty. corrections: what cells are to say, by the number of the row, then by column.
    draft: the id of what this was said in, "" for none."""

    columns: Mapping[str, str] = field(default_factory=lambda: _AS_GUESSED)
    corrections: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: _NONE)
    draft: str = ""

    def by_row(self) -> Corrections:
        """The corrections as a table takes them."""
        return {int(row): cells for row, cells in self.corrections.items()}

    def to_bytes(self) -> bytes:
        """The same as JSON."""
        told = {
            "columns": dict(self.columns),
            "corrections": dict(self.corrections),
            "draft": self.draft,
        }
        return json.dumps(told, ensure_ascii=True).encode()

    @classmethod
    def from_bytes(cls, content: bytes) -> Self:
        """What `to_bytes` wrote."""
        return cls(**json.loads(content))
