"""Is it an Excel workbook, and safe to open? Files in disguise, passwords, bombs."""

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from matcher.errors import UnreadableFile
from matcher.files import extent, package
from matcher.files.source import OLE2_MAGIC, locate

Write = Callable[..., Path]
Workbook = Callable[..., Path]


def refusal(path: Path) -> str:
    with pytest.raises(UnreadableFile) as caught:
        package.check_workbook(locate(path))
    assert caught.value.where["file"] == str(path)
    assert caught.value.hint
    return caught.value.message


def zipped(parts: dict[str, str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return stream.getvalue()


def sheet_with(*cells: str) -> bytes:
    return zipped({"xl/workbook.xml": "<workbook/>", "xl/worksheets/sheet1.xml": "".join(cells)})


def test_a_workbook_passes(workbook: Workbook) -> None:
    package.check_workbook(locate(workbook({"s": [["id", "title"], [1, "x"]]})))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("id,title\n1,x\n", "plain text"),
        ("成果名称\t简介\n".encode("gbk"), "plain text"),
        ("  <html><table><tr><td>id</td></tr></table></html>", "HTML page"),
        ("\ufeff<!DOCTYPE html><table></table>", "HTML page"),
        ('<?xml version="1.0"?><Workbook/>', "XML document"),
        (b"\x00\x01\x02\x03" * 30, "not an Excel workbook"),
    ],
)
@pytest.mark.parametrize("name", ["a.xls", "a.xlsx"])
def test_other_files_under_excels_name(
    write: Write, name: str, content: str | bytes, message: str
) -> None:
    assert message in refusal(write(name, content))


def test_a_password(write: Write) -> None:
    content = OLE2_MAGIC + bytes(1000) + "EncryptedPackage".encode("utf-16-le") + bytes(200)
    assert "password" in refusal(write("a.xlsx", content))


def test_another_package(write: Write) -> None:
    assert "not an .xlsx" in refusal(write("a.xlsx", zipped({"word/document.xml": "<w/>"})))


@pytest.mark.parametrize("keep", [0.3, 0.9, 0.99])
def test_a_truncated_workbook(write: Write, workbook: Workbook, keep: float) -> None:
    data = workbook({"s": [["id"], ["x" * 500]]}).read_bytes()
    assert "truncated or damaged" in refusal(write("a.xlsx", data[: int(len(data) * keep)]))


def test_a_workbook_with_a_damaged_part(write: Write, workbook: Workbook) -> None:
    data = bytearray(workbook({"s": [["id"], ["x" * 500]]}).read_bytes())
    data[60:80] = bytes(20)
    assert "truncated or damaged" in refusal(write("a.xlsx", bytes(data)))


def test_a_declared_size_beyond_the_limit(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_UNPACKED_BYTES", 10_000)
    assert "unpacks to" in refusal(write("a.xlsx", sheet_with("0" * 20_000)))


def test_a_declared_size_that_is_a_lie(write: Write) -> None:
    data = bytearray(sheet_with("0" * 100_000))
    true_size = struct.pack("<I", 100_000)
    for _ in range(data.count(true_size)):
        place = data.find(true_size)
        data[place : place + 4] = struct.pack("<I", 10)
    assert "truncated or damaged" in refusal(write("a.xlsx", bytes(data)))


def test_a_stray_cell_in_the_last_corner(write: Write) -> None:
    far = '<c r="A1" t="n"><v>1</v></c><c r="XFD1048576" t="n"><v>1</v></c>'
    assert "column 16384, row 1048576" in refusal(write("a.xlsx", sheet_with(far)))


@pytest.mark.parametrize(
    "cells",
    [
        '<c r="A1"><v>1</v></c><c r="A1048576"><v>1</v></c>',
        '<c r="A1"><v>1</v></c><c r="XFD100"><v>1</v></c>',
        '<c r="A1"><v>1</v></c><c r="XFD1048576" s="3"/>',
    ],
)
def test_long_wide_and_merely_formatted_sheets_pass(write: Write, cells: str) -> None:
    package.check_workbook(locate(write("a.xlsx", sheet_with(cells))))


def test_a_cell_on_the_edge_of_a_chunk_is_seen(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extent, "CHUNK_BYTES", 300)
    far = '<c r="A1"><v>1</v></c>' + " " * 270 + '<c r="XFD1048576" t="n"><v>1</v></c>'
    assert "row 1048576" in refusal(write("a.xlsx", sheet_with(far)))


@pytest.mark.parametrize(
    "sheet",
    [
        "<row><c r='XFD1048576'><v>1</v></c></row>",
        '<row><c t="n" r = "XFD1048576"><v>1</v></c></row>',
        """<row><c x=">" r='xfd1048576'><v>1</v></c></row>""",
        '<x:row r="1048576"><x:c><x:v>1</x:v></x:c></x:row><row r="1"><c r="ZZZ1"><v/></c></row>',
        '<row><c r="ZZZZZZZZ9999999999"><v>1</v></c></row>',
        "<row>" + "<c><v>1</v></c>" * 16_385 + "</row>",
        "<c " + " " * 70_000 + "r='XFD1048576'><v>1</v></c>",
    ],
)
def test_a_grid_beyond_all_measure_is_seen_however_it_is_written(write: Write, sheet: str) -> None:
    """A reader would lay it out, and the process end for want of memory."""
    assert "cells as far out" in refusal(write("a.xlsx", sheet_with(sheet)))


def test_a_sheet_may_lie_anywhere_in_the_package(write: Write) -> None:
    far = "<row><c r='XFD1048576'><v>1</v></c></row>"
    parts = {"xl/workbook.xml": "<workbook/>", "custom/one.xml": far}
    assert "cells as far out" in refusal(write("a.xlsx", zipped(parts)))


@pytest.mark.parametrize("other", ["content.xml", "xl/workbook.bin"])
def test_a_table_of_another_kind_is_not_read_in_its_place(write: Write, other: str) -> None:
    parts = {"xl/workbook.xml": "<workbook/>", other: "x"}
    assert "not an .xlsx" in refusal(write("a.xlsx", zipped(parts)))


def test_what_is_hundreds_of_times_smaller_than_it_says_is_refused(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write("a.xlsx", sheet_with("0" * 400_000))
    package.check_workbook(locate(path))
    monkeypatch.setattr(package, "MOST_SQUEEZED", 100_000)
    assert "unpacks to" in refusal(path)


def test_texts_that_cells_share_have_an_end(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    parts = {"xl/workbook.xml": "<workbook/>", "xl/sharedStrings.xml": "<si><t>a</t></si>" * 11}
    path = write("a.xlsx", zipped(parts))
    package.check_workbook(locate(path))
    monkeypatch.setattr(package, "MAX_STRINGS", 10)
    assert "11 cells or texts" in refusal(path)
