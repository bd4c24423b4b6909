"""Passwords come from a terminal, twice, or from a pipe."""

from __future__ import annotations

import io
from collections.abc import Iterator

import click
import pytest

from matcher.cli.passwords import piped_password, typed_password
from matcher.errors import InvalidValue, UsageError


class Terminal(io.StringIO):
    """A standard input that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def pipe(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))


@pytest.mark.parametrize("end", ["", "\n", "\r\n", "\nanother line\n"])
def test_the_first_line_is_the_password(end: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pipe(monkeypatch, f" 四个词 password{end}".encode())
    assert piped_password() == " 四个词 password"


@pytest.mark.parametrize("content", [b"", b"\n", b"\nsecond\n"])
def test_no_password_is_an_error(content: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    pipe(monkeypatch, content)
    with pytest.raises(UsageError, match="no password"):
        piped_password()


def test_bytes_that_are_no_text(monkeypatch: pytest.MonkeyPatch) -> None:
    pipe(monkeypatch, b"password\xff\n")
    with pytest.raises(InvalidValue, match="UTF-8") as refused:
        piped_password()
    assert refused.value.__cause__ is None


def test_nobody_is_asked_without_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    pipe(monkeypatch, b"four words that fit\n")
    assert typed_password() == ""


def answers(monkeypatch: pytest.MonkeyPatch, *given: str) -> list[str]:
    """Have these typed, one after the other; what is left of them."""
    left = list(given)
    typed: Iterator[str] = iter(lambda: left.pop(0), None)
    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr(click.termui, "hidden_prompt_func", lambda _: next(typed))
    return left


def test_a_typed_password_is_typed_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ("four words that fit", "four wrods that fit", "four words that fit")
    left = answers(monkeypatch, *given, "four words that fit")
    assert typed_password() == "four words that fit"
    assert left == []
    assert "four" not in "".join(capsys.readouterr())


def test_enter_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    answers(monkeypatch, "", "")
    assert typed_password() == ""
