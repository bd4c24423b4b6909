"""The code lists that ship with the product, from data/taxonomy: code, parent, names, aliases."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from matcher.domain.checks import shown
from matcher.errors import InvalidValue, MissingData
from matcher.resources import data_path

COLUMNS = ["code", "parent", "zh", "en", "aliases"]
# Digits of a region (GB/T 2260).
_REGION = 6


@dataclass(frozen=True, slots=True)
class Entry:
    """One code. `parent` is empty at the top."""

    code: str
    parent: str
    zh: str
    en: str
    aliases: tuple[str, ...]

    def label(self, language: str) -> str:
        """The name in `language`: Chinese for "zh", English for any other."""
        return self.zh if language == "zh" else self.en


@cache
def taxonomy(name: str) -> dict[str, Entry]:
    """The entries of one list by code: fields, industries, regions or ipc. Raises MissingData."""
    path = data_path("taxonomy", f"{name}.csv")
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        if rows.fieldnames != COLUMNS:
            raise MissingData(f"doesn't have the columns {', '.join(COLUMNS)}.", file=str(path))
        return {row["code"]: _entry(row, rows.line_num, path) for row in rows}


@cache
def _codes(name: str) -> dict[str, str]:
    """Code, name or alias in lower case → code; a name that two codes share is left out."""
    found: dict[str, str] = {}
    shared = set()
    for entry in taxonomy(name).values():
        for word in {entry.code, entry.zh, entry.en, *entry.aliases}:
            if found.setdefault(word.lower(), entry.code) != entry.code:
                shared.add(word.lower())
    return {word: code for word, code in found.items() if word not in shared}


def code_of(name: str, text: str) -> str | None:
    """The code that `text` is, or that its name or alias stands for; None for what isn't known.

    Of places one after the other (浙江省台州市, "Zhejiang, Taizhou") the narrowest counts.
    """
    wanted, codes = text.strip().lower(), _codes(name)
    if wanted in codes:
        return codes[wanted]
    tails = (wanted[place:].lstrip(" ,，-/") for place in range(1, len(wanted)))
    known = (
        codes[tail]
        for tail in tails
        if len(tail) > 1 and tail in codes and _begins(wanted, tail, codes)
    )
    return next(known, None)


def wanted_code(name: str, text: str) -> str:
    """The code that somebody restricts to by code or name, "" for nothing.

    What holds a digit may be a code of another list that records hold, and stays as it is; of a
    region its first digits are enough. Raises InvalidValue for a name that isn't known.
    """
    wanted = text.strip()
    if not wanted:
        return ""
    padded = wanted.ljust(_REGION, "0") if name == "regions" and wanted.isdecimal() else wanted
    found = code_of(name, wanted) or code_of(name, padded)
    if found is None and not any(character.isdigit() for character in wanted):
        field = name.removesuffix("s")
        hint = "Write a code or a name of its list (docs/taxonomy.md)."
        raise InvalidValue(f"There is no {field} {shown(wanted)}.", field=field, hint=hint)
    return found or wanted


def _begins(text: str, tail: str, codes: dict[str, str]) -> bool:
    """Whether what stands before the tail is a known name too."""
    return text[: len(text) - len(tail)].rstrip(" ,，-/") in codes


def label(name: str, code: str, language: str) -> str:
    """The name of a code for people; the code itself where the list doesn't know it."""
    entry = taxonomy(name).get(code)
    return entry.label(language) if entry else code


def within(name: str, code: str, above: str) -> bool:
    """Whether `code` is `above` or lies below it."""
    entries = taxonomy(name)
    while code and code != above:
        code = entries[code].parent if code in entries else ""
    return bool(code)


def _entry(row: dict[str, str], line: int, path: Path) -> Entry:
    if None in row or None in row.values():
        hint = "Write code, parent, zh, en, aliases."
        raise MissingData("hasn't five cells.", file=str(path), row=line, hint=hint)
    aliases = tuple(filter(None, row["aliases"].split("|")))
    return Entry(row["code"], row["parent"], row["zh"], row["en"], aliases)
