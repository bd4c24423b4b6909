"""Codes of the taxonomies in a cell: given as code, as name in either language, or as both."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from matcher.domain.node import ancestors
from matcher.files.cells import Cell, as_list, as_text
from matcher.taxonomy import code_of, label, taxonomy
from matcher.text.script import simplified_character, to_simplified

IPC = "ipc"
_LEVELS = re.compile(r"\s*[—–>→·/]+\s*|\s+-\s+")
"""Between an area and its branch: 电子信息—软件."""
_LINES = re.compile("[;；\n\r]+")
_COMMAS = re.compile("([,，、|]+)")
_MOST_PARTS = 6
"""Parts between commas that one name may have: 铁路、船舶、航空航天… has three."""
_IPC_CLASS = re.compile(r"[A-H]\d\d(?![0-9])")


@dataclass(frozen=True, slots=True)
class Code:
    """What is stored of a text that should be a code: the code, or the text as it came."""

    value: str
    known: bool


def find_code(name: str, text: str) -> Code:
    """The code of the taxonomy `name` that `text` states.

    Understood are a code, its name or alias, "C37 name", "area—branch"; for ipc also the finer
    codes (B61L 27/53) of a class that is known.
    """
    if name == IPC and _IPC_CLASS.match(plain := text.upper()):
        return Code(plain, plain[:3] in taxonomy(IPC))
    found = next(filter(None, (_exact(name, way) for way in _ways(text))), None)
    return Code(found or text, found is not None)


def find_codes(name: str, cell: Cell) -> tuple[Code, ...]:
    """The codes that a cell lists, each once; a name that holds a comma stays whole."""
    found = (code for text in _texts(cell) for code in _whole_or_parts(name, text))
    return tuple({code.value: code for code in found}.values())


def label_code(name: str, code: str, language: str) -> str:
    """A code with its name behind it, as `find_code` reads it; an unknown code alone."""
    known = code in taxonomy(name)
    return f"{code} {label(name, code, language)}" if known else code


def _exact(name: str, text: str) -> str | None:
    entries = taxonomy(name)
    known = next((form for form in (text, text.upper()) if form in entries), None)
    return known or code_of(name, text)


def _ways(text: str) -> Iterator[str]:
    """The text, then what in it may be meant; the first word only if it is a code."""
    plain = to_simplified(text)[0]
    yield text
    yield plain
    yield "".join(map(simplified_character, text))
    head = plain.split(maxsplit=1)[0] if plain.strip() else ""
    if any(char.isdigit() for char in head) or len(head) == 1:
        yield head
    yield _LEVELS.split(plain)[-1]


def _texts(cell: Cell) -> tuple[str, ...]:
    if isinstance(cell, str) and not cell.lstrip().startswith("["):
        return tuple(filter(None, map(str.strip, _LINES.split(cell))))
    return tuple(map(as_text, cell)) if isinstance(cell, list) else as_list(cell)


def _whole_or_parts(name: str, text: str) -> Iterator[Code]:
    """The codes between commas, each of as many parts as make a known name."""
    pieces = _COMMAS.split(text)
    start = 0
    while start < len(pieces):
        code, start = _longest(name, pieces, start)
        if code.value:
            yield code


def _longest(name: str, pieces: Sequence[str], start: int) -> tuple[Code, int]:
    """The longest name that is known from here on, else the next part, and where to go on."""
    first = find_code(name, pieces[start].strip())
    last = min(len(pieces), start + 2 * _MOST_PARTS - 1)
    for end in range(last - (last - start + 1) % 2, start + 1, -2):
        text = "".join(pieces[start:end]).strip()
        code = find_code(name, text)
        if code.known and (_is_name(name, code.value, text) or _is_below(name, code, first)):
            return code, end + 1
    return first, start + 2


def _is_name(name: str, code: str, text: str) -> bool:
    """Whether a text is one of the code's own names, the code before it or not."""
    entry = taxonomy(name).get(code)
    names = (entry.zh, entry.en, *entry.aliases) if entry else ()
    plain = to_simplified(text)[0].removeprefix(code).strip().lower()
    return plain in map(str.lower, names)


def _is_below(name: str, code: Code, first: Code) -> bool:
    """Whether a code lies in another: 浙江省，台州市 is one place."""
    return first.known and first.value in ancestors(code.value, _parents(name))


@cache
def _parents(name: str) -> dict[str, str]:
    return {child: entry.parent for child, entry in taxonomy(name).items()}
