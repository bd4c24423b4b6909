"""Lists of ids: the candidates to take only, and those or the pairs to leave out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from matcher.errors import InvalidValue, UnreadableFile
from matcher.files.cells import without_unwanted
from matcher.files.decode import Encoding
from matcher.files.source import Kind, Source, encoding_of, head, lines

_HEADERS = frozenset((("id",), ("candidate_id",), ("query_id", "candidate_id")))


@dataclass(frozen=True, slots=True)
class Exclusions:
    """What is left out of a result: candidates for every query, and single pairs."""

    candidates: frozenset[str]
    pairs: frozenset[tuple[str, str]]


def read_ids(path: str | Path) -> frozenset[str]:
    """Candidate ids, one a line; blank lines and a header `id` or `candidate_id` don't count.

    Raises UnreadableFile for a file that can't be read or holds no id; InvalidValue, with the
    line, for one that holds a tab.
    """
    ids: set[str] = set()
    for number, cells in _entries(path):
        if len(cells) > 1:
            raise _odd_line(path, number, "holds more than one id")
        ids.add(cells[0])
    if not ids:
        raise UnreadableFile("holds no id.", file=str(path), hint="Write one id a line.")
    return frozenset(ids)


def read_exclusions(path: str | Path) -> Exclusions:
    """Candidate ids, one a line, or pairs `query_id<TAB>candidate_id`; the two may be mixed.

    Raises UnreadableFile for a file that can't be read; InvalidValue, with the line, for one
    with two tabs or a blank id beside a tab.
    """
    candidates: set[str] = set()
    pairs: set[tuple[str, str]] = set()
    for number, cells in _entries(path):
        match cells:
            case (candidate,):
                candidates.add(candidate)
            case (query, candidate) if query and candidate:
                pairs.add((query, candidate))
            case _:
                raise _odd_line(path, number, "is neither an id nor a pair of ids")
    return Exclusions(frozenset(candidates), frozenset(pairs))


def _entries(path: str | Path) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The cells of every line that isn't blank or a header, with its number."""
    source, encoding = _open(Path(path))
    for number, line in enumerate(lines(source, encoding), 1):
        if line.isspace():
            continue
        cells = tuple(cell.strip() for cell in without_unwanted(line).rstrip("\r\n").split("\t"))
        if number > 1 or tuple(cell.lower() for cell in cells) not in _HEADERS:
            yield number, cells


def _open(path: Path) -> tuple[Source, Encoding]:
    """A list of ids may have any suffix, so only its bytes are looked at."""
    head(path)
    source = Source(path, Kind.DELIMITED, path.suffix, path.suffix.lower() == ".gz")
    return source, encoding_of(source)


def _odd_line(path: str | Path, number: int, what: str) -> InvalidValue:
    hint = "Write one id a line; to exclude a pair, query_id, a tab and candidate_id."
    return InvalidValue(f"the line {what}.", file=str(path), row=number, hint=hint)
