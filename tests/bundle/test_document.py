"""Documents: what is written is read again, and every other thing is refused by its key."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import pytest
from pydantic import ConfigDict

from matcher.bundle.document import STRICT, digest, parse, render
from matcher.errors import BrokenBundle, InvalidValue

FILE = Path("some.json")


@dataclass(frozen=True, slots=True)
class Part:
    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    value: float


@dataclass(frozen=True, slots=True)
class Whole:
    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    format: int
    names: tuple[str, ...]
    parts: dict[str, Part]


WHOLE = Whole(2, ("名", "b"), {"p": Part(0.1)})


def read(content: bytes) -> Whole:
    return parse(Whole, content, FILE, newest=2, hint="Do this.")


def refusal(content: bytes | dict[str, Any]) -> BrokenBundle:
    with pytest.raises(BrokenBundle) as caught:
        read(content if isinstance(content, bytes) else json.dumps(content).encode())
    assert caught.value.where["file"] == "some.json"
    assert caught.value.hint
    return caught.value


def test_what_is_written_is_read_again() -> None:
    assert read(render(WHOLE)) == WHOLE
    assert "名" in render(WHOLE).decode()


@pytest.mark.parametrize(
    ("changed", "key"),
    [
        ({"names": "a"}, "names"),
        ({"names": [1]}, "names.0"),
        ({"parts": {"p": {"value": "0.1"}}}, "parts.p.value"),
        ({"parts": {"p": {"value": True}}}, "parts.p.value"),
        ({"parts": {"p": {}}}, "parts.p.value"),
        ({"parts": {"p": {"value": 1, "more": 1}}}, "parts.p.more"),
        ({"more": 1}, "more"),
        ({"format": "2"}, "format"),
        ({"format": True}, "format"),
        ({"format": 0}, "format"),
    ],
)
def test_a_wrong_key_is_named(changed: dict[str, Any], key: str) -> None:
    assert refusal(json.loads(render(WHOLE)) | changed).where["field"] == key


@pytest.mark.parametrize("key", ["format", "names", "parts"])
def test_a_missing_key_is_named(key: str) -> None:
    plain = json.loads(render(WHOLE))
    del plain[key]
    assert refusal(plain).where["field"] == key


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff",
        b"[]",
        b"null",
        b"[" * 100_000,
        b'{"format": 2, "format": 2}',
        b'{"format": NaN}',
    ],
)
def test_what_is_no_document_is_refused(content: bytes) -> None:
    refusal(content)


def test_a_key_that_is_there_twice_is_named() -> None:
    assert "'format' is there twice" in refusal(b'{"format": 2, "format": 2}').message


def test_another_format_says_which_way_it_is_out() -> None:
    newer, older = refusal({"format": 3, "new": 1}), refusal({"format": 1})
    assert "made by a newer version: format 3 instead of 2" in newer.message
    assert "Install" in str(newer.hint)
    assert newer.values == {"format": 3}
    assert "made by an older version" in older.message


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "not a number"])
def test_what_json_can_not_hold_is_not_written(value: Any) -> None:
    with pytest.raises(InvalidValue, match="A whole can't be written as JSON"):
        render(Whole(2, (), {"p": Part(value)}))


def test_a_digest_knows_no_order_of_keys_but_that_of_lists() -> None:
    assert digest("x", {"a": [1, 2], "b": 0.1}) == digest("x", {"b": 0.1, "a": (1, 2)})
    assert digest("x", {"a": [1, 2]}) != digest("x", {"a": [2, 1]})
