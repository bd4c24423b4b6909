"""Opening a file: its kind by its name, checked on its bytes, every refusal with a hint."""

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from matcher.errors import InvalidValue, MatcherError, UnreadableFile, UsageError
from matcher.files import source
from matcher.files.decode import Encoding

Write = Callable[..., Path]
TEXT = "id,title\n1,水泵\n"


def refusal(path: Path) -> MatcherError:
    with pytest.raises(MatcherError) as caught:
        source.encoding_of(source.locate(path))
    assert caught.value.where["file"] == str(path)
    assert caught.value.hint
    return caught.value


@pytest.mark.parametrize(
    ("name", "kind", "compressed"),
    [
        ("a.csv", source.Kind.DELIMITED, False),
        ("a.TSV.GZ", source.Kind.DELIMITED, True),
        ("a.2025.jsonl.gz", source.Kind.JSONLINES, True),
        ("a.ndjson", source.Kind.JSONLINES, False),
        ("a.txt", source.Kind.DELIMITED, False),
    ],
)
def test_the_suffix_tells_the_kind(
    write: Write, name: str, kind: source.Kind, compressed: bool
) -> None:
    data = gzip.compress(TEXT.encode()) if compressed else TEXT.encode()
    path = write("raw", data).rename(write("x", "x").with_name(name))
    found = source.locate(path)
    assert (found.kind, found.compressed) == (kind, compressed)


@pytest.mark.parametrize("name", ["a.docx", "a", "a.xlsx.gz", "a.gz"])
def test_other_suffixes_are_a_usage_error_that_lists_those_read(write: Write, name: str) -> None:
    error = refusal(write(name, TEXT))
    assert isinstance(error, UsageError)
    assert ".xlsx" in str(error)


def test_a_missing_file(tmp_path: Path) -> None:
    assert "no such file" in refusal(tmp_path / "none.csv").message


def test_a_folder(tmp_path: Path) -> None:
    (tmp_path / "folder.csv").mkdir()
    assert "not a regular file" in refusal(tmp_path / "folder.csv").message


@pytest.mark.parametrize("name", ["a.csv", "a.csv.gz", "a.xlsx", "a.jsonl"])
def test_an_empty_file(write: Write, name: str) -> None:
    assert "empty" in refusal(write(name, b"")).message


def test_a_file_that_may_not_be_read(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write("a.csv", TEXT)

    def refused(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refused)
    assert "Permission denied" in refusal(path).message


def test_gzip_under_a_plain_name_and_the_other_way(write: Write) -> None:
    assert "gzip-compressed" in refusal(write("a.csv", gzip.compress(b"x"))).message
    plain = write("plain", TEXT)
    assert "not a gzip" in refusal(plain.rename(plain.with_name("b.csv.gz"))).message


@pytest.mark.parametrize("cut", [4, 12, 1])
def test_a_truncated_gzip(write: Write, cut: int) -> None:
    path = write("a.csv.gz", TEXT * 50)
    path.write_bytes(path.read_bytes()[:-cut])
    assert "truncated or damaged" in refusal(path).message


def test_a_gzip_with_a_damaged_middle(write: Write) -> None:
    path = write("a.csv.gz", TEXT * 50)
    data = bytearray(path.read_bytes())
    data[20:30] = bytes(10)
    path.write_bytes(data)
    assert "truncated or damaged" in refusal(path).message


def test_a_gzip_that_unpacks_to_too_much(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "MAX_UNPACKED_BYTES", 1000)
    assert "unpacks to more than" in refusal(write("bomb.csv.gz", b"0" * 5000)).message


@pytest.mark.parametrize(
    ("start", "what"),
    [(b"PK\x03\x04\x14\x00", "Excel"), (source.OLE2_MAGIC, "Excel"), (b"%PDF-1.7\n", "PDF")],
)
def test_another_kind_of_file_under_a_text_name(write: Write, start: bytes, what: str) -> None:
    assert what in refusal(write("a.csv", start + b"text" * 100)).message


def test_binary_rubbish(write: Write) -> None:
    error = refusal(write("a.csv", bytes(range(256)) * 20))
    assert isinstance(error, UnreadableFile)
    assert "not text" in error.message


def test_lines_keep_their_ends_for_csv(write: Write) -> None:
    found = source.locate(write("a.csv", 'a,"b\r\nc"\r\n'))
    assert list(source.lines(found, Encoding.UTF8, newline="")) == ['a,"b\r\n', 'c"\r\n']


def test_a_mark_at_the_start_is_not_part_of_the_text(write: Write) -> None:
    for codec in ("utf-8-sig", "utf-16"):
        found = source.locate(write("a.csv", TEXT, codec))
        assert next(source.lines(found, source.encoding_of(found))) == "id,title\n"


def test_a_damaged_byte_becomes_a_mark_of_loss(write: Write) -> None:
    found = source.locate(write("a.csv", "id\n水".encode() + b"\xff\n"))
    assert list(source.lines(found, Encoding.UTF8)) == ["id\n", "水\ufffd\n"]


def test_an_endless_line_is_refused_with_its_number(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source, "MAX_LINE", 10)
    found = source.locate(write("a.csv", "123456789\n1234567890123\n"))
    with pytest.raises(InvalidValue) as caught:
        list(source.lines(found, Encoding.UTF8))
    assert caught.value.where["row"] == 2
