"""The managers of an admin's nodes, with how much each carries and whether they can sign in."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from matcher.actions.answer import title_of
from matcher.actions.authority import nodes_of, require_some_admin
from matcher.actions.platform import Platform
from matcher.actions.room import Rooms
from matcher.domain.enums import Language, Noun
from matcher.domain.manager import Manager
from matcher.domain.visibility import Viewer
from matcher.errors import InvalidValue
from matcher.store import accounts, nodes, records
from matcher.taxonomy import within

_HEADS = frozenset(
    {"id", "name", "name_en", "node", "fields", "regions", "capacity", "active", "statement"}
) | {"statement_en", "deals"}


@dataclass(frozen=True, slots=True)
class ManagerLine:
    """A manager. taken: places that are taken; has_account: whether somebody signs in as them;
    thin: whether the record says nothing of what they can broker."""

    id: str
    name: str
    other_name: str
    node: str
    fields: tuple[str, ...]
    regions: tuple[str, ...]
    capacity: int | None
    taken: int
    active: bool
    has_account: bool
    thin: bool

    @property
    def label(self) -> str:
        """What tells them from others of the name, and what a field holds that they are chosen
        in."""
        return f"{self.name} ({self.id})" if self.name != self.id else self.id


@dataclass(frozen=True, slots=True)
class ManagerWish:
    """Which are wanted; what isn't named doesn't matter. text: in a name or the id; field: a code;
    active, account: whether they are, whether they have one."""

    text: str = ""
    field: str = ""
    active: bool | None = None
    account: bool | None = None


ALL = ManagerWish()


def manager_list(
    platform: Platform, viewer: Viewer, wish: ManagerWish = ALL, language: Language = Language.ZH
) -> tuple[ManagerLine, ...]:
    """Those of the viewer's nodes, by name. Raises NotAllowed for who is no admin."""
    require_some_admin(viewer)
    with platform.database.reading() as session:
        theirs = nodes_of(session, viewer)
        rooms, known = Rooms(session), accounts.of_managers(session)
        every = nodes.parents(session) if theirs is None else theirs
        found = [
            _line(one, rooms.load(one.id), known, language)
            for one in records.brief(session, Noun.MANAGER, every, _HEADS)
        ]
    return tuple(sorted((x for x in found if _wanted(x, wish)), key=lambda x: (x.name, x.id)))


def manager_meant(known: Sequence[ManagerLine], typed: str) -> str:
    """The id of the manager that is meant by an id, a label, or a name that only one has.

    Raises InvalidValue.
    """
    text = typed.strip()
    named = [one.id for one in known if text in (one.id, one.label)]
    named = named or [one.id for one in known if text and text in (one.name, one.other_name)]
    if len(named) == 1:
        return named[0]
    message = f"{len(named)} managers are called {text!r}." if named else "No manager was chosen."
    hint = "Choose one of those that are offered."
    raise InvalidValue(message, field="manager", hint=hint)


def _line(manager: Manager, taken: int, known: Collection[str], language: Language) -> ManagerLine:
    names = (title_of(manager, one) for one in (language, *Language))
    first, *others = dict.fromkeys(filter(None, names)) or (manager.id,)
    return ManagerLine(
        id=manager.id,
        name=first,
        other_name=_first(others),
        node=manager.node,
        fields=manager.fields,
        regions=manager.regions,
        capacity=manager.capacity,
        taken=taken,
        active=manager.active,
        has_account=manager.id in known,
        thin=not manager.portfolio(),
    )


def _first(found: Iterable[str]) -> str:
    return next(iter(found), "")


def _wanted(one: ManagerLine, wish: ManagerWish) -> bool:
    text = wish.text.strip().casefold()
    told = f"{one.name}\n{one.other_name}\n{one.id}".casefold()
    return (
        text in told
        and wish.active in (None, one.active)
        and wish.account in (None, one.has_account)
        and (not wish.field or any(within("fields", code, wish.field) for code in one.fields))
    )
