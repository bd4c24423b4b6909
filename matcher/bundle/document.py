"""JSON documents that are read as strictly as they are written: manifest, pointer, ledger."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ConfigDict, TypeAdapter, ValidationError

from matcher.domain.checks import shown
from matcher.errors import BrokenBundle, InvalidValue

T = TypeVar("T")

STRICT = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)
"""For `__pydantic_config__` of a document's dataclasses: no key more, no type converted."""


def render(document: object) -> bytes:
    """A dataclass as JSON, keys sorted. Raises InvalidValue for what JSON can't hold, NaN too."""
    noun = type(document).__name__.lower()
    with _writable(noun):
        adapter = TypeAdapter(type(document))
        plain = adapter.dump_python(document, mode="json", warnings="error")
        text = json.dumps(plain, indent=1, sort_keys=True, ensure_ascii=False, allow_nan=False)
        return (text + "\n").encode()


def digest(noun: str, plain: object) -> str:
    """sha256 of what JSON makes of `plain`, the same for every order of keys.

    Raises InvalidValue, with `noun` as what can't be written.
    """
    with _writable(noun):
        text = json.dumps(plain, sort_keys=True, allow_nan=False)
        return hashlib.sha256(text.encode()).hexdigest()


@contextmanager
def _writable(noun: str) -> Iterator[None]:
    try:
        yield
    except (TypeError, ValueError, RecursionError) as error:
        message = f"A {noun} can't be written as JSON: {error}."
        hint = "Keep to text, finite numbers, lists and mappings."
        raise InvalidValue(message, field=noun, hint=hint) from error


def parse(kind: type[T], content: bytes, file: Path, *, newest: int, hint: str) -> T:
    """The dataclass that `content` holds; its `format` is at most `newest`.

    Raises BrokenBundle that names the file and the key that is missing, unknown or of another
    type, with `hint`; `values["format"]` is the format, where that is the reason.
    """
    format_ = _format(_plain(content, file, hint), file, hint)
    if format_ != newest:
        raise _other_format(file, format_, newest)
    try:
        document: T = TypeAdapter(kind).validate_json(content)
        return document
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        key = ".".join(str(part) for part in first["loc"] if part != "[key]")
        why = str(first["msg"]).removeprefix("Value error, ")
        message = f"the key {shown(key)} is wrong: {why}." if key else f"is wrong: {why}."
        raise BrokenBundle(message, file=str(file), field=key or None, hint=hint) from None


def _plain(content: bytes, file: Path, hint: str) -> Any:
    try:
        return json.loads(
            content.decode(), object_pairs_hook=_without_repetition, parse_constant=_refuse
        )
    except (ValueError, RecursionError) as error:
        raise BrokenBundle(f"is not JSON: {error}.", file=str(file), hint=hint) from error


def _without_repetition(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        repeated = next(key for n, (key, _) in enumerate(pairs) if key in dict(pairs[:n]))
        raise ValueError(f"the key {shown(repeated)} is there twice")
    return found


def _refuse(constant: str) -> float:
    raise ValueError(f"{constant} is no number of JSON")


def _format(plain: Any, file: Path, hint: str) -> int:
    found = plain.get("format") if isinstance(plain, dict) else None
    if isinstance(found, int) and not isinstance(found, bool) and found > 0:
        return found
    message = "has no usable key 'format'."
    raise BrokenBundle(message, file=str(file), field="format", hint=hint)


def _other_format(file: Path, found: int, wanted: int) -> BrokenBundle:
    age, what = (
        ("a newer version", "Install the newest tech-matcher, or use a model of this one.")
        if found > wanted
        else ("an older version, whose files are no longer read", "Train and publish anew.")
    )
    message = f"was made by {age}: format {found} instead of {wanted}."
    return BrokenBundle(message, file=str(file), field="format", hint=what, format=found)
