"""Every way in which a file or an option can be wrong ends with words, not with a traceback."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from matcher.files.source import OLE2_MAGIC

Run = Callable[..., object]
OLD = b"the result of yesterday"
PASSWORD = OLE2_MAGIC + bytes(1000) + "EncryptedPackage".encode("utf-16-le") + bytes(200)
LINES = b"".join(b'{"id": "%d", "title": "%064x"}\n' % (n, n**99) for n in range(50))


@dataclass(frozen=True, slots=True)
class Bad:
    """A file of candidates that can't be used, and words of the message."""

    name: str
    content: bytes
    words: tuple[str, ...]
    code: int = 1


BAD = {
    "empty": Bad("a.csv", b"", ("is empty",)),
    "header only": Bad("a.csv", b"id,title\n", ("a header but no record",)),
    "blank id": Bad("a.csv", b"id,title\n1,x\n ,y\n", ("row 3", "column id", "no id")),
    "same id twice": Bad("a.csv", b"id,title\n7,x\n8,y\n7,z\n", ("'7'", "rows 2 and 4")),
    "no usable column": Bad("a.csv", b"foo,bar\n1,2\n", ("found foo, bar", "id, title, text")),
    "not an Excel": Bad("a.xlsx", b"<html><table></table></html>", ("HTML page", "save it as")),
    "password": Bad("a.xlsx", PASSWORD, ("password",)),
    "truncated gzip": Bad("a.jsonl.gz", gzip.compress(LINES)[:900], ("truncated",)),
    "gzip by name alone": Bad("a.csv.gz", b"id,title\n1,x\n", ("not a gzip file",)),
    "10 MB cell": Bad(
        "a.csv", b"id,title,text\n1,x," + b"y" * 10_000_000, ("row 2", "longer than 1,000,000")
    ),
    "NaN": Bad("a.jsonl", b'{"id": 1, "title": "x", "price_min": NaN}', ("row 1", "price_min")),
    "infinity": Bad("a.csv", b"id,title,price_min\n1,x,inf\n", ("row 2", "column price_min")),
    "broken JSON": Bad("a.jsonl", b'{"id": 1, "title": "x"}\n{"id": 2,\n', ("row 2",)),
    "another kind": Bad("a.pdf", b"%PDF-1.7", (".pdf", ".xlsx"), code=2),
}


@pytest.mark.parametrize("case", BAD)
@pytest.mark.parametrize("existing", [True, False])
def test_a_bad_file(case: str, existing: bool, needs: Path, matcher: Run, tmp_path: Path) -> None:
    bad, out = BAD[case], tmp_path / "out" / "matches.tsv"
    out.parent.mkdir()
    path = tmp_path / bad.name
    path.write_bytes(bad.content)
    if existing:
        out.write_bytes(OLD)
    ran = matcher("match", needs, path, "-o", out)
    assert ran.code == bad.code
    assert str(path) in ran.err
    assert [word for word in bad.words if word not in ran.err] == []
    assert [file.read_bytes() for file in out.parent.iterdir()] == ([OLD] if existing else [])


def test_a_missing_file(needs: Path, matcher: Run, tmp_path: Path) -> None:
    ran = matcher("match", needs, tmp_path / "none.csv")
    assert ran.code == 1
    assert "none.csv: there is no such file." in ran.err


def test_a_folder_as_input(needs: Path, matcher: Run, tmp_path: Path) -> None:
    folder = tmp_path / "folder.csv"
    folder.mkdir()
    ran = matcher("match", needs, folder)
    assert ran.code == 1
    assert "is not a regular file" in ran.err


OPTIONS = {
    "-k 0": (2, "0 matches can't be asked for"),
    "-k -3": (2, "-3 matches"),
    "-k many": (2, "many"),
    "--diversity 2": (2, "[0, 1]"),
    "--diversity nan": (2, "[0, 1]"),
    "--on 2026-02-30": (2, "2026-02-30"),
    "--lang fr": (2, "fr"),
    "--encoder nobody-knows-it": (2, "nobody-knows-it"),
    "--encoder ./no-such-folder": (1, "./no-such-folder"),
    "--only no-such-file": (1, "no-such-file"),
    "--exclude no-such-file": (1, "no-such-file"),
    "--interactions no-such-file.tsv": (1, "no-such-file.tsv"),
    "--portfolio no-such-file.csv": (1, "no-such-file.csv"),
    "--mapping no-such-file.toml": (1, "no-such-file.toml"),
    "-o out.docx": (2, ".docx"),
    "-o no-such-folder/out.tsv": (1, "no-such-folder"),
}


@pytest.mark.parametrize("options", OPTIONS)
def test_a_bad_option(
    options: str,
    needs: Path,
    outcomes: Path,
    matcher: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.iterdir())
    code, words = OPTIONS[options]
    ran = matcher("match", needs, outcomes, *options.split())
    assert (ran.code, ran.out) == (code, "")
    assert words in ran.err
    assert sorted(tmp_path.iterdir()) == before


def test_a_folder_without_a_model(
    needs: Path, outcomes: Path, matcher: Run, tmp_path: Path
) -> None:
    folder = tmp_path / "encoder"
    folder.mkdir()
    ran = matcher("match", needs, outcomes, "--encoder", folder)
    assert ran.code == 1
    assert str(folder) in ran.err


def test_an_output_that_is_a_folder(
    needs: Path, outcomes: Path, matcher: Run, tmp_path: Path
) -> None:
    folder = tmp_path / "out.tsv"
    folder.mkdir()
    ran = matcher("match", needs, outcomes, "-o", folder)
    assert ran.code == 1
    assert f"{folder}: is a folder." in ran.err


def test_an_output_that_is_read_only(
    needs: Path, outcomes: Path, matcher: Run, tmp_path: Path
) -> None:
    out = tmp_path / "out.tsv"
    out.write_bytes(OLD)
    out.chmod(0o444)
    ran = matcher("match", needs, outcomes, "-o", out)
    assert ran.code == 1
    assert "is read-only" in ran.err
    assert out.read_bytes() == OLD
