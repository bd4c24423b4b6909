"""The steps together: dirty texts come clean, clean ones come back, twice is once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.text.repair import Change, Repaired, repair, repair_for_reading, repair_text

ARTICLE = "本项目研究石墨烯复合材料的制备方法与工程应用技术，具有成本低的特点。"
WORDS = """轉(zhuǎn)移 (shù) 技術 軟體 程式 檔案 矽 昇 <p> <b > &lt; &amp; lt; amp; &nbsp; &# #8220;
    ?? ? ¿ 。 ． 版权所有 © 2020 上一篇： 下一篇：没有了 打印本页 点击次数：12 copyright (c)
    京ICP备1号 返回 | â€™ Ã Â 鈥 檚 锟斤拷 鎶€鏈 € m² 10⁶ ½ 2 ① ™ é Ａ ＜ ＞ ＆ ﬁ ﷺ ( （ ) ）
    zhuan3 º - 石 墨 / a""".split()
SIGNS = [*" \n\t\u3000\ufffd\ud83d\ude00\x00\x96\xa0\u0301\ue000\u200b\u2028"]
FRAGMENTS = st.sampled_from([*WORDS, *SIGNS, "Back to top", ARTICLE, f"{ARTICLE}\n"])
ANY_TEXT = st.text(st.characters(exclude_categories=()))
DIRTY_TEXT = st.lists(FRAGMENTS | st.text(max_size=3), max_size=12).map("".join)


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("æŠ€æœ¯è½¬ç§»", "技术转移"),
        ("軟(ruǎn)體(tǐ)技術(shù)", "软件技术"),
        ("轉(zhuǎn)移技術(shù)、转(zhuan3)移", "转移技术、转移"),
        ("<p>强度&ge;５００ＭＰａ</p><p>面积25㎡</p>", "强度≥500MPa\n\n面积25m2"),
        ("&lt;p&gt;纯度&lt;99%&lt;/p&gt;", "纯度<99%"),
        (f"{ARTICLE}\r\n{ARTICLE}\r\n", ARTICLE),
        (f"浏览次数：12\n{ARTICLE}　上一篇：甲　下一篇：乙", ARTICLE),
        ("提高??率", "提高\ufffd率"),
        ("the nation&#226;&#8364;&#8482;s   energy\t", "the nation’s energy"),
        ("\ud83d\ude00\ud800", "😀\ufffd"),
        ("", ""),
    ],
)
def test_dirty_texts_come_clean(dirty, clean):
    assert repair_text(dirty) == clean


@pytest.mark.parametrize(
    "text",
    [
        ARTICLE,
        "聚合酶链反应（pcr）、化学气相沉积(CVD)：温度30°C，p<0.05；成本降低50%！",
        "A low-cost coating (graphene, 5 μm) works at -40 °C; R&D took “two” years. Really??",
        "第一段。\n\n第二段。",
    ],
)
def test_clean_texts_come_back_unchanged(text):
    assert repair(text) == Repaired(text, ())


def test_changes_say_what_was_done_and_how_often_in_the_order_of_the_steps():
    repaired = repair("<b>技術(shù)</b>  提高??率Ａ１")
    assert repaired == Repaired(
        "技术 提高\ufffd率A1",
        (
            (Change.MARKUP, 2),
            (Change.FORMS, 2),
            (Change.GLOSSES, 1),
            (Change.TRADITIONAL, 1),
            (Change.LOST, 1),
            (Change.WHITE_SPACE, 1),
        ),
    )


def test_for_reading_the_script_and_forms_of_the_writer_stay():
    repaired = repair_for_reading("<b>技術(shù)</b>　ﬁ㎡，Ａ１％ 提高??率")
    assert repaired == Repaired(
        "技術 ﬁ㎡，A1％ 提高\ufffd率",
        (
            (Change.MARKUP, 2),
            (Change.FORMS, 3),
            (Change.GLOSSES, 1),
            (Change.LOST, 1),
        ),
    )


@given(ANY_TEXT | DIRTY_TEXT)
def test_repairing_twice_for_reading_is_repairing_once(text):
    once = repair_for_reading(text).text
    assert repair_for_reading(once).text == once


def test_lost_places_count_even_if_they_were_marked_before():
    assert repair("提高\ufffd率").changes == ((Change.LOST, 1),)
    assert repair("提\ufffd高??率").changes == ((Change.LOST, 2),)


@given(ANY_TEXT | DIRTY_TEXT)
def test_repairing_twice_is_repairing_once(text):
    once = repair_text(text)
    assert repair(once).text == once


@given(ANY_TEXT | DIRTY_TEXT)
def test_what_comes_out_is_text_of_bounded_length(text):
    """The longest compatibility form (one Arabic sign) has 18 letters."""
    repaired = repair_text(text)
    repaired.encode("utf-8")
    assert len(repaired) <= 18 * len(text) + 1
    assert repaired == repaired.strip()
    assert not set(repaired) & set("\x00\r\t\xa0\u3000\u200b")


@given(st.text(st.sampled_from("石墨烯复合材料的制备，。：（）ab 01\n"), max_size=50))
def test_plain_text_keeps_all_its_signs(text):
    assert repair_text(text).split() == text.split()


@pytest.mark.parametrize("piece", ["<", "?", "移(a", "锟斤拷", "&amp;", "上一篇：", "a. ", "(c)"])
def test_a_wall_of_fragments_costs_no_more_than_its_length(piece):
    once = repair_text(piece * 10_000)
    assert repair_text(once) == once
