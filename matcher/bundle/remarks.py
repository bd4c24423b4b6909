"""Why a model was published against the gate, in the words of whoever did it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, ClassVar

from pydantic import AwareDatetime, ConfigDict, Field

from matcher.bundle.collect import library_lock
from matcher.bundle.document import STRICT, parse, render
from matcher.bundle.manifest import Version
from matcher.bundle.naming import versions_in
from matcher.errors import BrokenBundle, InvalidValue
from matcher.files.atomic import replacing

FORMAT = 1
REMARKS = "remarks.json"
LONGEST = 1000
HINT = "Remove the file; the reasons in it are lost, that there were any stands in the events."


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Why, by which account, and when."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    why: Annotated[str, Field(min_length=1, max_length=LONGEST)]
    by: str
    at: AwareDatetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Remarks:
    """The last remark on each version that has one."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    remarks: Mapping[Version, Remark] = field(default_factory=dict)
    format: int = FORMAT


def remark_on(models: Path, version: str) -> Remark | None:
    """What was said of a version. Raises BrokenBundle for a file that can't be used."""
    return _read(models).get(version)


def put_remark(models: Path, version: str, remark: Remark) -> None:
    """Write down what is said of a version; what was said of versions that are gone goes too.

    Raises InvalidValue for a reason of no or too many characters, UnwritableOutput, BrokenBundle.
    """
    if not 0 < len(remark.why) <= LONGEST:
        hint = f"Say it in at most {LONGEST} characters."
        raise InvalidValue("The reason is empty or too long.", field="why", hint=hint)
    with library_lock(models):
        there = versions_in(models)
        kept = {name: one for name, one in _read(models).items() if name in there}
        content = render(Remarks(remarks={**kept, version: remark}))
        with replacing(models / REMARKS) as stream:
            stream.write(content)


def _read(models: Path) -> Mapping[str, Remark]:
    path = models / REMARKS
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return {}
    except OSError as error:
        message = f"can't be read ({error.strerror})."
        raise BrokenBundle(message, file=str(path), hint=HINT) from error
    return parse(Remarks, content, path, newest=FORMAT, hint=HINT).remarks
