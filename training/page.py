"""A page that people write around a part that a program writes, between two markers."""

from __future__ import annotations

from pathlib import Path

from matcher.errors import InvalidValue, UnreadableFile
from matcher.files.atomic import check_writable, replacing

TABLE = "table"
BEGIN, END = "<!-- table:begin -->", "<!-- table:end -->"
"""The markers of the table."""


def markers(name: str) -> tuple[str, str]:
    """The lines between which a program writes."""
    return f"<!-- {name}:begin -->", f"<!-- {name}:end -->"


def check_page(path: Path, name: str = TABLE) -> None:
    """Raise what `write_page` would raise, before long work."""
    _around(path, name)
    check_writable(path)


def write_page(path: Path, body: str, title: str, name: str = TABLE) -> None:
    """Put `body` between the markers of a name; what stands around them stays as it is.

    A page that isn't there is made, with `title` as its heading. Raises InvalidValue when the
    markers aren't there once each in order, UnreadableFile, UnwritableOutput.
    """
    before, after = _around(path, name) or (f"# {title}\n\n", "\n")
    begin, end = markers(name)
    text = f"{before}{begin}\n\n{body}\n\n{end}{after}"
    with replacing(path) as stream:
        stream.write(text.encode())


def _around(path: Path, name: str) -> tuple[str, str] | None:
    """What stands before and after the markers; None if there is no page."""
    if not path.exists():
        return None
    text, (begin, end) = _read(path), markers(name)
    before, begins, rest = text.partition(begin)
    _, ends, after = rest.partition(end)
    if not (begins and ends) or begin in rest or end in before + after:
        hint = f"Put the lines {begin} and {end} where the {name} shall stand, once each."
        raise InvalidValue(f"has no place for the {name}.", file=str(path), hint=hint)
    return before, after


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode()
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFile(f"can't be read ({error}).", file=str(path)) from error
