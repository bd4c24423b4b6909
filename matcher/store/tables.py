"""Which table and which class of the domain belong to a noun."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sqlalchemy import Table

from matcher.domain.enums import Noun
from matcher.domain.manager import Manager
from matcher.domain.need import Need
from matcher.domain.organisation import Organisation
from matcher.domain.outcome import Outcome
from matcher.errors import UsageError
from matcher.store.schema.base import Base
from matcher.store.schema.manager import ManagerRow
from matcher.store.schema.need import NeedRow
from matcher.store.schema.organisation import OrganisationRow
from matcher.store.schema.outcome import OutcomeRow

AnyRecord = Outcome | Need | Manager | Organisation


@dataclass(frozen=True, slots=True)
class Kind:
    """What is kept of a noun: `title` is the field that duplicates are looked for by.

    `looked_up` are the fields with an index, which can't be of any length.
    """

    noun: Noun
    cls: type[AnyRecord]
    table: Table
    title: str
    looked_up: tuple[str, ...]


def _kind(noun: Noun, cls: type[AnyRecord], row: type[Base], title: str) -> Kind:
    table = Base.metadata.tables[row.__tablename__]
    indexed = {column.name for index in table.indexes for column in index.columns}
    texts = {column.name for column in table.c if column.type.python_type is str}
    names = tuple(sorted((indexed & texts) - {"title_key"}))
    return Kind(noun, cls, table, title, ("id", *names))


_KINDS: Mapping[Noun, Kind] = MappingProxyType(
    {
        Noun.OUTCOME: _kind(Noun.OUTCOME, Outcome, OutcomeRow, "title"),
        Noun.NEED: _kind(Noun.NEED, Need, NeedRow, "title"),
        Noun.MANAGER: _kind(Noun.MANAGER, Manager, ManagerRow, "name"),
        Noun.ORGANISATION: _kind(Noun.ORGANISATION, Organisation, OrganisationRow, "name"),
    }
)
RECORD_NOUNS = tuple(_KINDS)
"""The nouns whose records have versions."""


def kind_of(noun: Noun) -> Kind:
    """Return what is kept of `noun`; raises UsageError where it isn't kept in versions."""
    if noun not in _KINDS:
        known = ", ".join(RECORD_NOUNS)
        raise UsageError(f"A {noun} has no versions.", hint=f"Take one of: {known}.")
    return _KINDS[noun]
