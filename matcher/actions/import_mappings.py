"""Columns as somebody chose them, for the next file with the same headings."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from pathlib import Path

from matcher.errors import MissingData
from matcher.files.atomic import replacing

FOLDER = "mappings"
_OWNER_ALONE = 0o700


def remember(home: Path, node: str, noun: str, columns: Mapping[str, str]) -> None:
    """Keep the field of each column, "" for one that is left alone. Raises UnwritableOutput."""
    path = _path(home, node, noun, columns)
    path.parent.mkdir(_OWNER_ALONE, exist_ok=True)
    with replacing(path) as stream:
        stream.write(json.dumps(dict(columns), ensure_ascii=True).encode())


def remembered(
    home: Path, node: str, noun: str, names: Collection[str]
) -> Mapping[str, str] | None:
    """What was kept at the node for a file with just these columns; None where nothing was."""
    path = _path(home, node, noun, names)
    if not path.is_file():
        return None
    kept: dict[str, str] = json.loads(path.read_bytes())
    return kept if kept.keys() == set(names) else None


def mapping_file(noun: str, columns: Mapping[str, str]) -> str:
    """The same as a mapping file for the command line. Raises MissingData where none is read."""
    fields: dict[str, list[str]] = {}
    for name, field in columns.items():
        fields.setdefault(field, []).append(name)
    unused = fields.pop("", [])
    if not fields:
        raise MissingData("No column is read.", hint="Choose a field for at least one.")
    lines = [f"noun = {_quoted(noun)}", f"unused = {_quoted(unused)}", "", "[columns]"]
    lines += [f"{field} = {_quoted(names)}" for field, names in fields.items()]
    return "\n".join(lines) + "\n"


def _quoted(value: str | list[str]) -> str:
    """JSON is TOML for texts and lists of them, but for one character."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _path(home: Path, node: str, noun: str, names: Collection[str]) -> Path:
    told = json.dumps([node, noun, sorted(names)])
    return home / FOLDER / f"{hashlib.sha256(told.encode()).hexdigest()[:32]}.json"
