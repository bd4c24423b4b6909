"""Encoding detection on texts as they come: UTF-8, UTF-16, GB 18030, Big5, Windows-1252."""

import random
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.files.decode import Encoding, detect, everyday_share, guess, is_binary

SIMPLIFIED = (
    "成果名称,简介\n石墨烯防腐涂层,一种用于海上风电塔筒的水性涂料，附着力好，耐盐雾一千小时以上。\n"
)
TRADITIONAL = (
    "成果名稱,簡介\n石墨烯防腐塗層,一種用於離岸風電塔筒的水性塗料，附著力好，耐鹽霧一千小時以上。\n"
)
GERMAN = "Titel,Text\nMüller Prüftechnik,Oberflächen für Getriebe – geprüft bei 80 °C\n"


def in_chunks(data: bytes, size: int) -> Iterator[bytes]:
    return (data[start : start + size] for start in range(0, len(data), size))


@pytest.mark.parametrize(
    ("text", "codec", "expected"),
    [
        (SIMPLIFIED, "utf-8", Encoding.UTF8),
        (SIMPLIFIED, "utf-8-sig", Encoding.UTF8),
        (SIMPLIFIED, "utf-16", Encoding.UTF16),
        (SIMPLIFIED, "gbk", Encoding.GB18030),
        (SIMPLIFIED + "𠮷", "gb18030", Encoding.GB18030),
        (TRADITIONAL, "utf-8", Encoding.UTF8),
        (TRADITIONAL, "big5", Encoding.BIG5),
        (TRADITIONAL, "gbk", Encoding.GB18030),
        (GERMAN, "cp1252", Encoding.WINDOWS),
        (GERMAN, "utf-8", Encoding.UTF8),
        ("id,title\n1,plain ASCII\n", "ascii", Encoding.UTF8),
    ],
)
def test_the_encoding_is_told_and_decodes_to_the_same_text(
    text: str, codec: str, expected: Encoding
) -> None:
    data = text.encode(codec)
    assert detect([data]) is expected
    assert data.decode(expected) == text


def test_a_late_legacy_character_is_found_in_a_long_ascii_file() -> None:
    data = b"1,plain\n" * 300_000 + "2,石墨烯涂层\n".encode("gbk")
    assert detect(in_chunks(data, 1 << 20)) is Encoding.GB18030


@pytest.mark.parametrize("text", ["喆", "".join(map(chr, range(0x4E00, 0x9FA0, 37)))])
def test_rare_characters_alone_are_read_as_chinese(text: str) -> None:
    assert detect([f"id,name\n1,{text}\n".encode("gb18030")]) is Encoding.GB18030


def test_utf8_with_a_damaged_byte_stays_utf8() -> None:
    data = SIMPLIFIED.encode()
    damaged = data[:40] + b"\xff" + data[41:]
    assert detect([damaged]) is Encoding.UTF8


def test_utf8_cut_inside_a_character_stays_utf8() -> None:
    assert detect([SIMPLIFIED.encode()[:-2]]) is Encoding.UTF8


def test_random_bytes_are_not_text() -> None:
    assert detect([random.Random(7).randbytes(50_000)]) is None


def test_utf16_without_a_mark_is_not_taken_for_text() -> None:
    assert detect(["id,title\n1,pump\n".encode("utf-16-le")]) is None


def test_a_few_control_characters_are_an_accident_in_a_text() -> None:
    assert not is_binary(b"x" + b"\x00" * 8)
    assert is_binary(b"x" + b"\x00" * 9)
    assert not is_binary(b"x" * 970 + b"\x00" * 30)
    assert is_binary(b"x" * 969 + b"\x00" * 31)


def test_japanese_in_its_own_encoding_is_refused_rather_than_garbled() -> None:
    assert guess("グラフェン塗料のサンプル".encode("shift_jis")) is None


def test_share_of_everyday_characters_by_hand() -> None:
    # 的 is common, 喆 is not; ASCII doesn't count.
    assert everyday_share("a的喆".encode("gb18030"), Encoding.GB18030) == 0.5
    assert everyday_share(b"abc", Encoding.GB18030) == 1.0
    # One valid character and one lost byte.
    assert everyday_share("的".encode() + b"\xff", Encoding.UTF8) == 0.5


@given(st.text(min_size=1), st.integers(1, 7))
def test_any_text_in_utf8_is_recognised_however_it_is_cut(text: str, size: int) -> None:
    data = ("成果" * 20 + text.translate(dict.fromkeys(range(32)))).encode()
    assert detect(in_chunks(data, size)) is Encoding.UTF8
