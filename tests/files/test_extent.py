"""How far cells reach, whoever wrote the sheet."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.files import extent
from matcher.files.extent import Extent, column_number, pieces

USUAL = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1"/></row><row r="4"><c r="B4"><v>1</v></c>'


def seen(xml: str) -> tuple[int, int, int, int]:
    found = Extent()
    for piece in pieces(BytesIO(xml.encode())):
        found.see(piece)
    return found.width, found.height, found.cells, found.strings


@pytest.mark.parametrize(
    ("xml", "told"),
    [
        ("", (1, 0, 0, 0)),
        (USUAL, (2, 4, 2, 0)),
        (USUAL.replace('"', "'"), (2, 4, 2, 0)),
        (USUAL.replace("<c", "<x:c").replace("<row", "<x:row"), (2, 4, 2, 0)),
        ('<row><c><v/></c><c/><c><v/></c></row><row r="7"><c><v/></c></row>', (3, 7, 3, 0)),
        ('<row><c r="D1"/><c><v/></c><c s="1" r="J1"/><c><v/></c></row>', (11, 1, 2, 0)),
        ("<si><t>a</t></si><si/><size/><cell/><rows/>", (1, 0, 0, 2)),
        ('<c a:r="A1" r="B1" t="n"><v/></c><c r="A1" t="n" r="Z9"><v/></c>', (26, 9, 2, 0)),
        ("</x:c><!--c--><?c ?><t>see a:c or d:row</t>", (1, 0, 0, 0)),
    ],
)
def test_what_a_sheet_holds(xml: str, told: tuple[int, int, int, int]) -> None:
    assert seen(xml) == told


@pytest.mark.parametrize("prefix", [":", "é:", "$:", "a/b:", 'a">":', "a'>':"])
def test_a_reader_takes_anything_for_a_prefix(prefix: str) -> None:
    assert seen(f'<{prefix}c r="Z9" t="n"><v>1</v></{prefix}c>') == (26, 9, 1, 0)


@pytest.mark.parametrize(
    "cell",
    [
        '<c x="<" r="Z9"><v>1</v></c>',
        "<c x='<<c' r='Z9'><v>1</v></c>",
        '<c x="<v>" r="Z9"><v>1</v></c>',
        '<c <v r="Z9"><v>1</v></c>',
        '<row x="<" r="9"><c><v>1</v></c></row>',
    ],
)
@given(size=st.integers(1, 80))
def test_a_tag_within_a_tag_is_refused_wherever_a_piece_ends(cell: str, size: int) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(extent, "CHUNK_BYTES", size)
        with pytest.raises(ValueError, match="within another"):
            seen(USUAL + cell)


@given(st.integers(1, 200), st.integers(0, 120))
def test_it_does_not_matter_where_the_pieces_are_cut(size: int, before: int) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(extent, "CHUNK_BYTES", size)
        assert seen("<t>" + "a>b " * before + "</t>" + USUAL) == (2, 4, 2, 0)


def test_a_tag_without_an_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extent, "CHUNK_BYTES", 1000)
    monkeypatch.setattr(extent, "LONGEST_TAG", 2000)
    assert seen("<c>" + "a" * 9000) == (1, 0, 1, 0)
    with pytest.raises(ValueError, match="no end"):
        seen("<c " + "a" * 9000)


@pytest.mark.parametrize(
    ("letters", "number"), [(b"", 0), (b"A", 1), (b"Z", 26), (b"aa", 27), (b"XFD", 16384)]
)
def test_column_numbers(letters: bytes, number: int) -> None:
    assert column_number(letters) == number
