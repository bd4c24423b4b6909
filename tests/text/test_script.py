"""Traditional texts become Simplified with the mainland's words; Simplified ones hardly change."""

import pytest

from matcher.text.script import simplified_character, to_simplified


@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [
        ("軟體", "软件"),
        ("網路", "网络"),
        ("矽晶圓", "硅晶圆"),
        ("矽光子", "硅光子"),
        ("類神經網路的機器學習", "类神经网络的机器学习"),
        ("資料庫與資訊安全", "数据库与信息安全"),
        ("薄膜電晶體", "薄膜晶体管"),
        ("乾燥技術", "干燥技术"),
    ],
)
def test_a_traditional_text_gets_the_mainlands_words(traditional, simplified):
    text, count = to_simplified(traditional)
    assert text == simplified
    assert count > 0


@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [
        ("技術指標", "技术指标"),
        ("建立核心元件的執行程序", "建立核心元件的执行程序"),
        ("基因序列與微陣列", "基因序列与微阵列"),
        ("支持向量機", "支持向量机"),
        ("學術專著", "学术专著"),
        ("對於單組裝置", "对于单组装置"),
    ],
)
def test_words_of_both_sides_keep_their_sense(traditional, simplified):
    assert to_simplified(traditional)[0] == simplified


def test_one_traditional_character_leaves_the_mainlands_words_alone():
    """程序 is a program on the mainland; in Taiwan it is a procedure, 进程 here."""
    assert to_simplified("本程序由鍾某编写，用于机床数据处理") == (
        "本程序由钟某编写，用于机床数据处理",
        1,
    )


@pytest.mark.parametrize(
    "text",
    [
        "石墨烯复合材料的制备方法",
        "本程序的著作权、文件与品质",
        "昇腾芯片",
        "矽肺的防治与矽卡岩型矿床",
        "磺胺甲噁唑",
        "斑点叉尾鮰",
        "English only",
        "",
    ],
)
def test_a_simplified_text_stays(text):
    assert to_simplified(text) == (text, 0)


def test_what_was_converted_holds_nothing_to_convert():
    text, _ = to_simplified("樊於期與檔案程式，顯著改善薴烯的品質")
    assert to_simplified(text) == (text, 0)


def test_single_characters():
    assert simplified_character("術") == "术"
    assert simplified_character("薴") == "苎"  # its simplified form 苧 is itself a traditional one
    assert simplified_character("术") == "术"
    assert simplified_character("a") == "a"
