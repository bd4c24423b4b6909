"""Which parentheses are pinyin that a converter left, and which are the text's own."""

import pytest

from matcher.text.pinyin import SYLLABLES, initial_letter, remove_glosses


@pytest.mark.parametrize(
    ("glossed", "plain", "count"),
    [
        ("轉(zhuǎn)移", "轉移", 1),
        ("技術(shù)", "技術", 1),
        ("转(zhuan3)移", "转移", 1),
        ("移（yí）动", "移动", 1),
        ("调( diào )整(zhěng)", "调整", 2),
        ("重（Zhòng）", "重", 1),
        ("绿(lǜ)色", "绿色", 1),
        ("绿(lü4)色", "绿色", 1),
        ("長(zhǎng)", "長", 1),
        ("石墨烯(shí mò xī)薄膜", "石墨烯薄膜", 1),
        ("转移(zhuan3 yi2)", "转移", 1),
    ],
)
def test_a_gloss_goes(glossed, plain, count):
    assert remove_glosses(glossed) == (plain, count)


@pytest.mark.parametrize(
    "text",
    [
        "化学气相沉积(CVD)",
        "聚合酶链反应(pcr)",
        "氮化镓(gan)",  # without a tone: GaN in lower case
        "二氧化钛(tio2)",
        "蛋白(pin1)",  # a gene: 白 doesn't begin with p
        "咖啡(café)",
        "简历(résumé)",
        "transfer (zhuǎn)",
        "（zhuǎn）",
        "转(zhuǎn",
        "plain (ASCII1)",
        "没有括号",
    ],
)
def test_other_parentheses_stay(text):
    assert remove_glosses(text) == (text, 0)


def test_a_wall_of_letters_is_read_once():
    """A pattern that backtracks would not come back from this."""
    text = "移(" + "xian" * 10_000 + "移(" * 10_000
    assert remove_glosses(text) == (text, 0)


def test_the_table_holds_the_syllables_of_mandarin():
    assert {"zhuang", "er", "lü", "xiong", "yuan", "a", "shi"} <= SYLLABLES
    assert not {"fe", "ja", "tio", "pcr", "cvd", "bong", "gi"} & SYLLABLES


@pytest.mark.parametrize(
    ("char", "letter"),
    [("转", "z"), ("轉", "z"), ("北", "b"), ("啊", "a"), ("座", "z"), ("镧", ""), ("x", "")],
)
def test_the_initial_is_that_of_the_character(char, letter):
    """镧 stands in level 2, which is ordered by radical."""
    assert initial_letter(char) == letter


@pytest.mark.timeout(5)
def test_letters_that_can_be_cut_in_many_ways_are_soon_told():
    text = "转(ān" + "an" * 17 + "1x)移"
    assert remove_glosses(text * 200) == (text * 200, 0)


@pytest.mark.parametrize("gloss", ["fāngàn", "xī'ān", "xī ān", "zhuǎnyí", "nǚ'ér", "āngāngāng"])
def test_several_syllables_are_a_gloss(gloss):
    assert remove_glosses(f"中({gloss})文") == ("中文", 1)
