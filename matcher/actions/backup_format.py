"""The form of a backup: one .zip whose first words say what is in it, with a hash of each file.

`backup.json` describes the rest: `database.jsonl` is a dump of the database, `settings.json` the
settings without secrets, for people, and `models/` holds whole models under their versions.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, ClassVar

from pydantic import AwareDatetime, ConfigDict, Field

from matcher.bundle.document import STRICT, parse
from matcher.bundle.manifest import FileFacts, Name, Version, file_name
from matcher.bundle.naming import VERSION_PATTERN
from matcher.domain.checks import shown
from matcher.errors import BrokenBundle, UnreadableFile, WrongSchema

FORMAT = 1
CONTENTS, DATABASE, SETTINGS = "backup.json", "database.jsonl", "settings.json"
LEDGER = "models/ledger.json"
HINT = "Copy it again from where it was made, or take another backup."
_OF_MODEL = re.compile(rf"models/({VERSION_PATTERN})/(.+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What a backup says of itself. schema: revision of the tables; rows: of each table.

    current: the model that was published; history: those before it, oldest first, as far as they
    are in the backup.
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    product: str
    created_at: AwareDatetime
    schema: str
    rows: Mapping[str, Annotated[int, Field(ge=0)]]
    current: Version | None
    history: tuple[Version, ...]
    files: Mapping[Name, FileFacts]
    format: int = FORMAT

    def models(self) -> tuple[str, ...]:
        """The versions that are in it."""
        found = (part[0] for name in self.files if (part := model_part(name)))
        return tuple(dict.fromkeys(found))


def model_name(version: str, file: str) -> str:
    """The name in a backup of a model's file."""
    return f"models/{version}/{file}"


def model_part(name: str) -> tuple[str, str] | None:
    """The version and the file in it that a name stands for, None for what is of no model."""
    found = _OF_MODEL.fullmatch(name)
    return (found[1], found[2]) if found else None


def require_safe_names(path: Path, names: Iterable[str]) -> None:
    """Raise UnreadableFile unless each name is that of a backup's file, once, and leads nowhere
    else."""
    seen: set[str] = set()
    for name in names:
        if not _is_ours(name) or name in seen:
            message = f"holds {shown(name)}, which no backup does, or holds it twice."
            raise UnreadableFile(message, file=str(path), hint="Name a file of `matcher backup`.")
        seen.add(name)


def read_contents(path: Path, content: bytes, names: Collection[str]) -> Contents:
    """What `backup.json` says, if the files in the .zip are the ones it lists.

    Raises UnreadableFile, and WrongSchema for the format of a newer version.
    """
    try:
        found = parse(Contents, content, path / CONTENTS, newest=FORMAT, hint=HINT)
    except BrokenBundle as error:
        if "format" in error.values:
            hint = "Restore it with the version of the product that made it."
            raise WrongSchema(error.message, file=str(path), hint=hint, **error.values) from error
        raise UnreadableFile(f"{CONTENTS} {error.message}", file=str(path), hint=HINT) from error
    _require_same(path, found.files.keys(), names)
    if found.current is not None and found.current not in found.models():
        message = f"lacks the model that was current, {found.current}."
        raise UnreadableFile(message, file=str(path), hint=HINT)
    return found


def _is_ours(name: str) -> bool:
    try:
        file_name(name)
    except ValueError:
        return False
    return name in {CONTENTS, DATABASE, SETTINGS, LEDGER} or model_part(name) is not None


def _require_same(path: Path, wanted: Collection[str], there: Collection[str]) -> None:
    for name in sorted({DATABASE, *wanted} - set(there)):
        raise UnreadableFile(f"lacks {name}.", file=str(path), hint=HINT)
    for name in sorted(set(there) - set(wanted) - {CONTENTS}):
        raise UnreadableFile(f"holds {name}, which it doesn't list.", file=str(path), hint=HINT)
