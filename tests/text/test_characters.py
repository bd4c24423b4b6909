"""One form for each character, and nothing glued together or torn apart by it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.text.characters import (
    LOST,
    fold_forms,
    fold_white_space,
    is_plain,
    join_surrogates,
    mark_lost,
    remove_controls,
)

ANY_TEXT = st.text(st.characters(exclude_categories=()))


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("ＡＢＣ１２３", "ABC123"),
        ("３．５％～５％", "3.5%~5%"),
        ("25㎡，m²", "25m2，m2"),
        ("10⁶ cm⁻¹", "10^6 cm-1"),
        ("１０⁶", "10^6"),
        ("CO₂与log₂8", "CO2与log2 8"),
        ("2½ in", "2 1/2 in"),
        ("30℃", "30°C"),
        ("30 ºC", "30 °C"),
        ("Ⅲ型", "III型"),
        ("state‐of‑the−art", "state-of-the-art"),
        ("ﬁne", "fine"),
        ("e\u0301cole", "école"),
        ("⼯业", "工业"),
        ("５μm", "5μm"),
        ("µm", "μm"),
    ],
)
def test_compatibility_forms_fold(written, folded):
    assert fold_forms(written)[0] == folded
    assert fold_forms(written)[1] > 0


@pytest.mark.parametrize(
    "text",
    [
        "一，二：三；四？五！（六）",
        "“引”、《书》……—",
        "①原料②工艺",
        "Nafion™膜",
        "5″管",
        "naïve Ångström",
        "plain",
        "",
    ],
)
def test_what_means_something_stays(text):
    assert fold_forms(text) == (text, 0)


def test_folded_characters_are_counted():
    assert fold_forms("ＡＢ一Ｃ") == ("AB一C", 3)


@given(st.text())
def test_beside_the_exceptions_it_is_nfkc(text):
    kept = set("，：；？！（）…‥″‴¨¯´¸™℠ª‗‾⁄−‐‑º") | set(map(chr, range(0x2D8, 0x2DE)))
    scripted = set("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻₀₁₂₃₄₅₆₇₈₉¼½¾")
    if kept.isdisjoint(text) and scripted.isdisjoint(text) and not has_marks(text):
        assert fold_forms(text)[0] == unicodedata.normalize("NFKC", text).replace("⁄", "/")


def has_marks(text):
    """Enclosed numbers, fractions, and whatever becomes a dash."""
    return any(
        0x2150 <= ord(char) <= 0x218F
        or 0x2460 <= ord(char) <= 0x24FF
        or 0x3220 <= ord(char) <= 0x32BF
        or not {"−", "‐"}.isdisjoint(unicodedata.normalize("NFKC", char))
        for char in text
    )


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("a\r\nb\rc\u2028d\x0be", "a\nb\nc\nd\ne"),
        ("zero\u200bwidth\ufeff soft\xadhyphen", "zerowidth softhyphen"),
        ("nul\x00 bell\x07 c1\x81", "nul bell c1"),
        ("\uf0b7要点", " 要点"),
        ("tab\tstays", "tab\tstays"),
    ],
)
def test_controls_go(text, plain):
    assert remove_controls(text)[0] == plain


def test_surrogates_join_or_count_as_lost():
    assert join_surrogates("\ud83d\ude00") == ("😀", 2)
    assert join_surrogates("a\ud800b\udcff") == (f"a{LOST}b{LOST}", 2)
    assert join_surrogates("😀") == ("😀", 0)


@pytest.mark.parametrize(
    ("text", "marked", "count"),
    [
        ("提高??率", f"提高{LOST}率", 1),
        ("A??amyloid", f"A{LOST}amyloid", 1),
        ("0??6", f"0{LOST}6", 1),
        ("题目 ???? 技术", f"题目 {LOST} 技术", 1),
        ("??????", LOST, 1),
        (f"a{LOST}{LOST}?b", f"a{LOST}b", 1),
        ("the nation¿s de¿ne", f"the nation{LOST}s de{LOST}ne", 2),
        (LOST, LOST, 1),
    ],
)
def test_lost_bytes_are_marked(text, marked, count):
    assert mark_lost(text) == (marked, count)


@pytest.mark.parametrize(
    "text", ["Really??", "为什么？？", "What???", "a? b", "why ?? not", "¿Qué?", "", "?"]
)
def test_questions_stay(text):
    assert mark_lost(text) == (text, 0)


def test_lost_bytes_glue_nothing():
    """The words on both sides stay words of their own."""
    assert mark_lost("high??speed")[0].split(LOST) == ["high", "speed"]


@pytest.mark.parametrize(
    ("text", "folded", "count"),
    [
        ("  a  b\t c \n d\n\n\n\ne ", "a b c\nd\n\ne", 4),
        (" a ", "a", 1),
        ("a b\nc", "a b\nc", 0),
        (" \n ", "", 1),
        ("", "", 0),
    ],
)
def test_white_space_folds_and_line_breaks_stay(text, folded, count):
    assert fold_white_space(text) == (folded, count)


@given(ANY_TEXT)
def test_every_step_done_twice_is_done_once(text):
    for step in (join_surrogates, remove_controls, mark_lost, fold_white_space):
        once, _ = step(text)
        assert step(once)[0] == once


def test_plain_texts_are_told_at_a_glance():
    assert is_plain("石墨烯（graphene），5 μm ± 2%：“好”。①")
    assert not any(map(is_plain, ["Ａ", "㎡", "\x00", "\xa0", LOST, "\ud800", "\ue000", "e\u0301"]))


@given(st.text())
def test_plain_texts_have_nothing_to_fold(text):
    if is_plain(text):
        assert fold_forms(text) == (text, 0)
        assert remove_controls(text) == (text, 0)
        assert join_surrogates(text) == (text, 0)
