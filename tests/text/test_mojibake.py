"""Texts decoded with the wrong encoding come back, sound ones are left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.text.characters import LOST
from matcher.text.mojibake import everyday, fix_mojibake

SENTENCE = "本项目研究石墨烯复合材料的制备方法，具有成本低、强度高的特点。"


def read_as_windows_gbk(text):
    """As Windows code page 936 reads UTF-8: byte 80 is €, what doesn't fit a question mark."""
    data, out, at = text.encode(), [], 0
    while at < len(data):
        width = 2 if data[at] > 0x80 else 1
        pair = data[at : at + width]
        out.append("€" if pair == b"\x80" else pair.decode("gb18030", "replace").replace(LOST, "?"))
        at += width
    return "".join(out)


@pytest.mark.parametrize("encoding", ["latin-1", "sloppy-windows-1252"])
def test_utf8_read_as_western_comes_back(encoding):
    assert fix_mojibake(SENTENCE.encode().decode(encoding)) == (SENTENCE, 1)


def test_western_mojibake_inside_a_sound_chinese_text_is_found():
    broken = "转移".encode().decode("sloppy-windows-1252")
    assert fix_mojibake(f"技术{broken}与105Â°C的工艺") == ("技术转移与105°C的工艺", 2)


@pytest.mark.parametrize(
    ("broken", "meant"),
    [
        ("the earthâ€™s surface", "the earth’s surface"),
        ("R-StreamÂ® technology", "R-Stream® technology"),
        ("a \x93quoted\x94 word", "a “quoted” word"),
        ("It鈥檚 good", "It’s good"),
        ("技术鈥檚好", "技术’s好"),
        ("鎶€鏈", "技" + LOST),
    ],
)
def test_known_breakages(broken, meant):
    assert fix_mojibake(broken)[0] == meant


@given(st.lists(st.sampled_from("石墨烯复合材料制备方法工艺成本强度高低"), min_size=6, max_size=40))
def test_utf8_read_as_gbk_mostly_comes_back(chars):
    """A byte pair that GBK lacks is lost for good, the text around it is not."""
    text = "".join(chars)
    read = fix_mojibake(read_as_windows_gbk(text))[0]
    assert sum(char in text for char in read) >= 0.7 * len(text)


def test_a_whole_sentence_read_as_gbk():
    text, count = fix_mojibake(read_as_windows_gbk(SENTENCE))
    assert count == 1
    assert "石墨烯复合材料" in text


def test_what_was_lost_twice_is_marked():
    assert fix_mojibake("锟斤拷锟斤拷技术") == (f"{LOST}技术", 1)
    assert fix_mojibake("the 鈥?end") == (f"the {LOST}end", 1)


@pytest.mark.parametrize(
    "text",
    [
        SENTENCE,
        "涓流充电、链条与铁锨",
        "摻鈥聚苯乙烯與鈥離子",
        "供應鏈與區塊鏈的關鍵技術，鍍鋅鋼板",
        "Café in München, Ångström, 5 µm ± 2 °C",
        "“引号”与省略号……—破折号",
        "plain",
        "",
    ],
)
def test_sound_texts_stay(text):
    assert fix_mojibake(text) == (text, 0)


def test_everyday_characters():
    assert all(map(everyday, "的技术，。a1 ’"))
    assert not any(map(everyday, "鎶鏈€锟" + LOST))
