"""Mapping files (TOML): words for column names, and columns that a user names outright.

noun = "need"                     # what the records are; guessed when left out
unused = ["备注"]                 # columns to leave alone
[columns]                         # field = column, or columns to join; must be there
title = "难题"
[query.columns]                   # the same for one of the files of a match
text = "需求描述"
[units]                           # what stands behind a name of a column of money
"万元" = { scale = 10000, currency = "CNY" }
[marks]                           # english, chinese, ignored, totals, rows, headlines: words that
                                  # say something else
[every]                           # field = words for it, for all nouns
[outcome]                         # or for one: outcome, need, manager, organisation
"""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from matcher.domain.enums import Noun
from matcher.errors import InvalidValue, UnreadableFile
from matcher.files.fields import ALL_FIELDS, FIELDS
from matcher.files.heading import fold
from matcher.files.vocabulary import Marks, Rank, Role, Unit, Vocabulary

_EVERY = "every"
_OWN_NAME: Rank = (-(1 << 20), 0, 0)
"""Rank of a field's own name, before every other word."""
_TABLES = frozenset(
    ("noun", "unused", "columns", "units", "marks", _EVERY, *map(str, Role), *map(str, FIELDS))
)


def load_vocabulary(*paths: str | Path) -> Vocabulary:
    """The words of one mapping file or several; a later file goes before an earlier one.

    Raises UnreadableFile for a file that isn't there; InvalidValue, with the file and field, for
    broken TOML, an unknown field, table or noun, a word given to two fields of one table.
    """
    files = [(str(path), _load(Path(path))) for path in paths]
    words: dict[Noun, dict[str, tuple[str, Rank]]] = {noun: {} for noun in FIELDS}
    for age, (file, tables) in enumerate(files):
        for noun, known in words.items():
            known.update(_words(file, tables, noun, -age))
    for noun, known in words.items():
        known.update({fold(name): (name, _OWN_NAME) for name in FIELDS[noun]})
    naming = [file for file, tables in files if _required(file, tables)]
    return Vocabulary(
        words,
        {fold(name): unit for file, tables in files for name, unit in _units(file, tables)},
        Marks(**{mark.name: _marks(files, mark.name) for mark in dataclasses.fields(Marks)}),
        {role: cols for file, tables in files for role, cols in _required(file, tables).items()},
        next((_noun(file, tables) for file, tables in reversed(files) if "noun" in tables), None),
        frozenset(fold(name) for file, t in files for name in _names(file, t, "unused")),
        naming[-1] if naming else None,
    )


def _load(path: Path) -> dict[str, Any]:
    try:
        tables = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        hint = "Check the path of the mapping file."
        message = f"the mapping file can't be read ({error.strerror})."
        raise UnreadableFile(message, file=str(path), hint=hint) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        hint = 'Write a table line as field = "column name", in UTF-8.'
        raise InvalidValue(f"is not valid TOML ({error}).", file=str(path), hint=hint) from error
    for name in tables:
        if name not in _TABLES:
            raise _unknown(str(path), "table or key", name, _TABLES)
    return tables


def _unknown(file: str, what: str, name: str, choices: Iterable[str]) -> InvalidValue:
    close = get_close_matches(name, list(choices), n=1)
    hint = f"Did you mean {close[0]}?" if close else f"Use one of {', '.join(sorted(choices))}."
    return InvalidValue(f"unknown {what} {name!r}.", file=file, field=name, hint=hint)


def _words(
    file: str, tables: Mapping[str, Any], noun: Noun, age: int
) -> dict[str, tuple[str, Rank]]:
    """Folded words of one file for one noun; its own table after, and so over, the general one."""
    known: dict[str, tuple[str, Rank]] = {}
    for level, table in ((1, _EVERY), (0, noun.value)):
        own: dict[str, tuple[str, Rank]] = {}
        fields = _table(file, tables, table)
        for name in fields:
            if name not in FIELDS[noun]:
                raise _unknown(file, f"field of [{table}]", name, FIELDS[noun])
            for place, word in enumerate(_names(file, fields, name)):
                if own.setdefault(fold(word), (name, (age, level, place)))[0] != name:
                    raise _ambiguous(file, word, own[fold(word)][0], name)
        known.update(own)
    return known


def _ambiguous(file: str, word: str, first: str, second: str) -> InvalidValue:
    message = f"{word!r} is given to both {first} and {second}."
    return InvalidValue(message, file=file, field=second, hint="Leave it with one of them.")


def _units(file: str, tables: Mapping[str, Any]) -> Iterable[tuple[str, Unit]]:
    for name, value in _table(file, tables, "units").items():
        match value:
            case {"scale": int(scale), "currency": str(currency)} if scale > 0:
                yield name, Unit(scale, currency)
            case _:
                hint = 'Write "万元" = { scale = 10000, currency = "CNY" }.'
                raise InvalidValue(f"unit {name!r} is incomplete.", file=file, hint=hint)


def _marks(files: Iterable[tuple[str, dict[str, Any]]], name: str) -> frozenset[str]:
    tables = ((file, _table(file, tables, "marks")) for file, tables in files)
    words = (word for file, marks in tables for word in _names(file, marks, name))
    return frozenset(fold(word) or word for word in words)


def _required(
    file: str, tables: Mapping[str, Any]
) -> dict[Role | None, dict[str, tuple[str, ...]]]:
    """Columns named outright: for every file under None, and by role."""
    found: dict[Role | None, dict[str, tuple[str, ...]]] = {}
    for role in (None, *Role):
        holder = tables if role is None else _table(file, tables, role.value)
        columns = _table(file, holder, "columns")
        for name in columns:
            if name not in ALL_FIELDS:
                raise _unknown(file, "field", name, ALL_FIELDS)
        if columns:
            found[role] = {name: _names(file, columns, name) for name in columns}
    return found


def _noun(file: str, tables: Mapping[str, Any]) -> Noun:
    for noun in FIELDS:
        if tables["noun"] == noun.value:
            return noun
    raise _unknown(file, "noun", str(tables["noun"]), map(str, FIELDS))


def _table(file: str, tables: Mapping[str, Any], name: str) -> dict[str, Any]:
    table = tables.get(name, {})
    if not isinstance(table, dict):
        hint = f"Write [{name}] and its lines below."
        raise InvalidValue(f"{name} is not a table.", file=file, field=name, hint=hint)
    return table


def _names(file: str, table: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """One text or a list of texts."""
    value = table.get(key, [])
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, list) or not all(isinstance(name, str) and name for name in names):
        hint = f'Write {key} = "column" or {key} = ["first column", "second column"].'
        raise InvalidValue(f"{key} is not a column name.", file=file, field=key, hint=hint)
    return tuple(names)
