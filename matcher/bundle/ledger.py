"""The largest number a version ever had, so that no number is given twice, not even after the
version is gone or a clock went back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, ClassVar

from pydantic import ConfigDict, Field

from matcher.bundle.document import STRICT, parse, render
from matcher.bundle.naming import largest_number
from matcher.errors import BrokenBundle
from matcher.files.atomic import replacing

FORMAT = 1
LEDGER = "ledger.json"
HINT = "Remove the file; numbers then go on from the largest folder there is."


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """`last` is the largest number that was given."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    last: Annotated[int, Field(ge=0)]
    format: int = FORMAT


def next_number(models: Path) -> int:
    """Give the next number and write down that it's given; call it under the library's lock.

    Raises UnwritableOutput, or BrokenBundle for a ledger that can't be used.
    """
    number = 1 + max(_last(models / LEDGER), largest_number(models))
    content = render(Ledger(last=number))
    with replacing(models / LEDGER) as stream:
        stream.write(content)
    return number


def _last(path: Path) -> int:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return 0
    except OSError as error:
        message = f"can't be read ({error.strerror})."
        raise BrokenBundle(message, file=str(path), hint=HINT) from error
    return parse(Ledger, content, path, newest=FORMAT, hint=HINT).last
