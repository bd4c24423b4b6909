"""What a job is asked for: read and checked when it is asked, and once more when it is begun.

A wish is what the `arguments` of a job say. `admit` says whether the viewer may have that done, and
returns the node whose admins may know of the job; `fixed` names what was left open, so that the job
does the same whenever, and however often, it is begun.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Protocol, Self

from sqlalchemy.orm import Session

from matcher.actions.authority import admitted, require_root_admin
from matcher.actions.import_reading import Request
from matcher.actions.import_runs import node_of, required
from matcher.actions.import_undo import undone_already
from matcher.actions.job_files import shown_name, suffix_of
from matcher.actions.models import previous_version
from matcher.actions.plans import PlanWish
from matcher.actions.platform import Platform
from matcher.actions.recipes import recipe_path
from matcher.actions.shelves import shelf_of
from matcher.domain.enums import Language
from matcher.domain.job import JobKind
from matcher.domain.plan import Quota
from matcher.domain.record import Record
from matcher.domain.visibility import Viewer
from matcher.errors import EditConflict, MissingData, NotFound, UsageError
from matcher.files.export import SUFFIXES
from matcher.recommend.plan import RECOMMENDED_FAIRNESS, Terms
from matcher.resources import data_path
from matcher.store import imports, nodes
from matcher.store.imports import ImportState
from matcher.taxonomy import wanted_code

FORMATS = tuple(suffix.removeprefix(".") for suffix in SUFFIXES)
_MAPPING = re.compile(r"[a-z0-9_-]{1,60}")
_MOST_OUTCOMES = 50


class Wish(Protocol):
    """What every wish can say."""

    def admit(self, session: Session, viewer: Viewer) -> str:
        """The node of the job. Raises NotAllowed, NotFound, UsageError and others."""

    def fixed(self, platform: Platform, node: str) -> Self:
        """The same with what is meant now; node: what `admit` said. Raises what says that it can't
        be done as things are: EditConflict, NotFound."""

    def to_mapping(self) -> dict[str, Any]:
        """The arguments of the job."""


class _Settled(Record):
    """A wish that leaves nothing open."""

    __slots__ = ()

    def fixed(self, platform: Platform, node: str) -> Self:
        """Itself."""
        return self


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportWish(Record):
    """A file to be imported (see `Request`). file: its name; mapping: one that is shipped."""

    noun: str
    file: str
    mapping: str = ""
    source: str = ""
    node: str = ""
    partial: bool = False
    dry_run: bool = False

    def __post_init__(self) -> None:
        shelf_of(singular(self.noun))
        suffix_of(shown_name(self.file))
        mapping_path(self.mapping)
        # Says at once where the name of the source can't be one.
        Request("", data_path(), source=self.source)

    def admit(self, session: Session, viewer: Viewer) -> str:
        """An import is for admins of the node that it goes to."""
        return admitted(session, viewer, self.node)

    def fixed(self, platform: Platform, node: str) -> ImportWish:
        """It goes to this node, also where its account moves to another one."""
        return replace(self, node=node)


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoWish(Record):
    """An import to be taken back, by id. force: leave what was changed since as it is."""

    id: str
    force: bool = False

    def admit(self, session: Session, viewer: Viewer) -> str:
        """As the import itself."""
        return node_of(required(session, viewer, self.id))

    def fixed(self, platform: Platform, node: str) -> UndoWish:
        """Itself, where there is something to undo."""
        with platform.database.reading() as session:
            run = imports.get(session, self.id)
        if run is not None and run.state is ImportState.UNDONE:
            raise undone_already(self.id)
        return self


@dataclass(frozen=True, slots=True, kw_only=True)
class _OfThePlatform(_Settled):
    """What concerns the whole platform, and so the admins of a root node."""

    def admit(self, session: Session, viewer: Viewer) -> str:
        """The root, or the one of several that is the viewer's."""
        require_root_admin(session, viewer)
        roots = sorted(node for node, parent in nodes.parents(session).items() if not parent)
        own = "" if viewer.account is None else viewer.account.node
        return own if own in roots else next(iter(roots), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingWish(_OfThePlatform):
    """A new model of all records. why: publish it even where it is worse than the current one.
    recipe: its name (see `recipes`), "" for the shipped one."""

    publish: bool = True
    fresh: bool = False
    seed: int = 0
    why: str = ""
    recipe: str = ""

    def __post_init__(self) -> None:
        if self.seed < 0:
            raise UsageError(f"A seed can't be {self.seed}.", field="seed", hint="Take 0 or more.")

    def fixed(self, platform: Platform, node: str) -> TrainingWish:
        """Itself, where there is such a recipe."""
        recipe_path(platform.settings, self.recipe)
        return self


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishWish(_OfThePlatform):
    """A version to be made current. why: also where it is worse than the current one."""

    version: str
    why: str = ""

    def fixed(self, platform: Platform, node: str) -> PublishWish:
        """Itself, where there is such a version."""
        _require_version(platform, self.version)
        return self


@dataclass(frozen=True, slots=True, kw_only=True)
class RollbackWish(_OfThePlatform):
    """Back to a version, or to what was current before."""

    version: str = ""

    def fixed(self, platform: Platform, node: str) -> RollbackWish:
        """To the version that is the one before now: once there, another one is."""
        version = self.version or previous_version(platform.library)
        if version is None:
            raise EditConflict("No model was current before.", hint="Name the version.")
        _require_version(platform, version)
        return replace(self, version=version)


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonWish(_OfThePlatform):
    """Two versions, to be asked the same."""

    first: str
    second: str

    def fixed(self, platform: Platform, node: str) -> ComparisonWish:
        """Itself, where there are both."""
        _require_version(platform, self.first)
        _require_version(platform, self.second)
        return self


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanJobWish(Record):
    """A docking plan to be drafted; see `PlanWish` and `Terms`. needs: ids, none for all."""

    quota: Quota
    needs: tuple[str, ...] = ()
    field: str = ""
    outcomes: int = 3
    per_need: int | None = None
    per_outcome: int | None = None
    floor: float | None = None
    fairness: float = RECOMMENDED_FAIRNESS
    node: str = ""
    language: Language = Language.ZH

    def __post_init__(self) -> None:
        if not 1 <= self.outcomes <= _MOST_OUTCOMES:
            hint = f"Take 1 to {_MOST_OUTCOMES}."
            raise UsageError("So many outcomes of a need aren't looked at.", hint=hint)
        self.wish()

    def wish(self) -> PlanWish:
        """The same as the action has it. Raises UsageError."""
        terms = Terms(self.per_need, self.per_outcome, self.floor, self.fairness)
        code = wanted_code("fields", self.field)
        needs = self.needs or None
        return PlanWish(self.quota, needs, code, self.outcomes, terms, self.node)

    def admit(self, session: Session, viewer: Viewer) -> str:
        """A plan is for admins of its node."""
        return admitted(session, viewer, self.node)

    def fixed(self, platform: Platform, node: str) -> PlanJobWish:
        """It is this node's, also where its account moves to another one."""
        return replace(self, node=node)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportWish(_Settled):
    """Records of a kind that the viewer may see, to a file; format: one of `FORMATS`."""

    noun: str
    format: str = "xlsx"
    language: Language = Language.ZH

    def __post_init__(self) -> None:
        shelf_of(singular(self.noun))
        if self.format not in FORMATS:
            hint = f"Use one of {', '.join(FORMATS)}."
            raise UsageError(f"{self.format!r} isn't written.", field="format", hint=hint)

    @property
    def name(self) -> str:
        """What the file is called."""
        return f"{singular(self.noun)}.{self.format}"

    def admit(self, session: Session, viewer: Viewer) -> str:
        """Everybody exports what they may see."""
        return viewer.account.node if viewer.account else admitted(session, viewer)


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptsWish(_OfThePlatform):
    """A look at all listings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticesWish(_OfThePlatform):
    """A round of notices for everybody."""


_WISHES: Mapping[JobKind, type[Record]] = MappingProxyType(
    {
        JobKind.IMPORT: ImportWish,
        JobKind.IMPORT_UNDO: UndoWish,
        JobKind.TRAINING: TrainingWish,
        JobKind.PUBLISH: PublishWish,
        JobKind.ROLLBACK: RollbackWish,
        JobKind.COMPARISON: ComparisonWish,
        JobKind.PLAN: PlanJobWish,
        JobKind.EXPORT: ExportWish,
        JobKind.PROMPTS: PromptsWish,
        JobKind.NOTICES: NoticesWish,
    }
)


def wish_of(kind: JobKind, arguments: Mapping[str, Any]) -> Any:
    """What a job of this kind with these arguments is asked for: one of the classes above.

    Raises InvalidValue, UsageError.
    """
    return _WISHES[kind].from_mapping(arguments)


def _require_version(platform: Platform, version: str) -> None:
    there = [entry.version for entry in platform.library.versions()]
    if version not in there:
        hint = f"There are: {', '.join(there) or 'none'}."
        raise NotFound(f"There is no model {version!r}.", field="version", hint=hint)


def singular(noun: str) -> str:
    """The noun of a shelf as it is typed: outcomes and outcome are one."""
    return noun.removesuffix("s")


def mapping_path(name: str) -> str:
    """The file of a mapping that is shipped, "" for none: no other file is read for a caller.

    Raises UsageError.
    """
    if not name:
        return ""
    try:
        if not _MAPPING.fullmatch(name):
            raise MissingData("no name")
        return str(data_path("mappings", f"{name}.toml"))
    except MissingData as error:
        shipped = sorted(path.stem for path in data_path("mappings").glob("*.toml"))
        hint = f"Name one of: {', '.join(shipped)}."
        raise UsageError("There is no such mapping.", field="mapping", hint=hint) from error
