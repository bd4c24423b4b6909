"""Where the records of one noun are kept, as imports and exports see it: the port of three kinds.

Outcomes, needs, managers and organisations have versions; follow-ups have a history; interactions
have neither. What the three have in common stands here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy.orm import Session

from matcher.files.row_report import ParsedRow
from matcher.store.stored import Author


@dataclass(frozen=True, slots=True)
class Present:
    """A record that is there. `merged_into` and `import_id` are empty where they don't apply."""

    record: Any
    version: int = 0
    deleted: bool = False
    merged_into: str = ""
    import_id: str = ""

    @property
    def live(self) -> bool:
        """Whether it is neither deleted nor merged into another one."""
        return not self.deleted and not self.merged_into


class Shelf(Protocol):
    """What importing, exporting and taking back need of a noun."""

    @property
    def noun(self) -> str:
        """A member of `Noun`, or `INTERACTION`."""

    def present(self, session: Session, ids: Iterable[str]) -> Mapping[str, Present]:
        """Those of the records that are there, deleted and merged ones too, by id."""

    def every(self, session: Session) -> Iterator[Present]:
        """All live records in the order of their ids, streamed."""

    def blended(self, before: Any, row: ParsedRow[Any], holds: frozenset[str]) -> Any:
        """The record that comes of importing the row over `before`.

        `holds`: the fields that the file says something of. Raises InvalidValue.
        """

    def check(self, record: Any) -> None:
        """Raise InvalidValue for what can't be kept."""

    def write(self, session: Session, records: Sequence[Any], author: Author) -> None:
        """Write records as `blended` gave them."""
