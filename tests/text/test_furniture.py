"""What a page puts around an article goes; a sentence with the same word stays."""

import pytest

from matcher.text.furniture import remove_furniture

BODY = "本项目研究石墨烯的制备方法。"


@pytest.mark.parametrize(
    "line",
    [
        "上一篇：某某单位技术转让公告",
        "下一篇：没有了",
        "上一篇: 甲 下一篇: 乙",
        "版权所有 © 2020 某某公司",
        "某某大学 版权所有",
        "版权所有，侵权必究",
        "点击次数：123",
        "浏览次数: 1,234 次",
        "浏览（56）",
        "阅读 12 次",
        "打印本页",
        "【打印】【关闭】",
        "打印本页 | 关闭窗口",
        "关闭窗口",
        "返回顶部",
        "[返回列表]",
        "分享到：微信 微博 QQ空间",
        "分享到",
        "责任编辑：张三",
        "（责任编辑：李 四）",
        "【字号：大 中 小】",
        "京ICP备12345678号-1",
        "首页 上一页 1 2 3 下一页 尾页",
        "当前位置：首页 > 成果 > 详情",
        "Copyright © 2020 Acme Inc. All rights reserved.",
        "copyright 2019 Acme",
        "© 2021 Acme",
        "Back to top",
        "Print this page",
        "Share on Facebook | Share on LinkedIn",
        "All Rights Reserved",
    ],
)
def test_a_line_of_furniture_goes(line):
    assert remove_furniture(f"{line}\n{BODY}") == (BODY, 1)
    assert remove_furniture(f"{BODY}\n{line}")[0].strip() == BODY


@pytest.mark.parametrize(
    "tail",
    [
        " 上一篇：某技术 下一篇：没有了 打印本页 关闭窗口",
        "版权所有 © 2020 某公司",
        " 点击次数：88",
        " 分享到：微信 返回顶部",
        " 责任编辑：张三",
    ],
)
def test_a_segment_behind_the_article_goes(tail):
    assert remove_furniture(BODY + tail) == (BODY, 1)


def test_a_segment_before_the_article_goes():
    assert remove_furniture(f"打印本页 点击次数：12 {BODY}") == (BODY, 1)


def test_an_english_segment_goes_only_after_a_full_stop():
    assert remove_furniture("It works. Back to top Share on X") == ("It works.", 1)
    text = "A button that lets the user print this page"
    assert remove_furniture(text) == (text, 0)


@pytest.mark.parametrize(
    "sentence",
    [
        "本软件版权所有归甲方，乙方不得复制。",
        "版权所有者应当登记。",
        "系统统计点击次数，并给出浏览次数排行。",
        "用户可打印本页内容，也可关闭窗口后返回首页。",
        "点击次数达到100次的链接将被屏蔽。",
        "支持一键分享到微信、微博。",
        "3D打印",
        "打印",
        "上一篇论文提出的方法不适用于大面积薄膜。",
        "责任编辑系统的研制",
        "阅读 120 篇文献后得出结论。",
        "返回首页按钮的设计",
        "Copyright law protects software.",
        "Print this page only when the sensor is calibrated.",
        "We share on Facebook what we learn.",
        "12 34",
        "位置：上海",
        "",
    ],
)
def test_a_sentence_with_such_a_word_stays(sentence):
    assert remove_furniture(sentence) == (sentence, 0)
    assert remove_furniture(f"{BODY}{sentence}") == (f"{BODY}{sentence}", 0)


def test_walls_of_keywords_are_read_once():
    """A pattern that backtracks would not come back from these."""
    for word in (
        "上一篇：",
        "上一页 1 ",
        "版权所有 ",
        "字号：大",
        "分享到：微信 ",
        "© 2020 ",
        "阅读 1 次 ",
    ):
        text = word * 5_000 + "。x"
        assert remove_furniture(text)[0].endswith("x")
