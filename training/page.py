"""A page that people write around a part that a program writes, between two markers."""

from __future__ import annotations

from pathlib import Path

from matcher.errors import InvalidValue, UnreadableFile
from matcher.files.atomic import check_writable, replacing

BEGIN, END = "<!-- table:begin -->", "<!-- table:end -->"


def check_page(path: Path) -> None:
    """Raise what `write_page` would raise, before long work."""
    _around(path)
    check_writable(path)


def write_page(path: Path, body: str, title: str) -> None:
    """Put `body` between the markers of the page; what stands around them stays as it is.

    A page that isn't there is made, with `title` as its heading. Raises InvalidValue when the
    markers aren't there once each in order, UnreadableFile, UnwritableOutput.
    """
    before, after = _around(path) or (f"# {title}\n\n", "\n")
    text = f"{before}{BEGIN}\n\n{body}\n\n{END}{after}"
    with replacing(path) as stream:
        stream.write(text.encode())


def _around(path: Path) -> tuple[str, str] | None:
    """What stands before and after the markers; None if there is no page."""
    if not path.exists():
        return None
    text = _read(path)
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end) or BEGIN in rest or END in before + after:
        hint = f"Put the lines {BEGIN} and {END} where the table shall stand, once each."
        raise InvalidValue("has no place for the table.", file=str(path), hint=hint)
    return before, after


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode()
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFile(f"can't be read ({error}).", file=str(path)) from error
