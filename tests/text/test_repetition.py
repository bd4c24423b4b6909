"""The same passage is kept once; what tables and lists repeat stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.text.repetition import LONG_ENOUGH, drop_repetitions

FIRST = "本项目研究石墨烯复合材料的制备方法与工程应用技术。"
SECOND = "The coating is made of graphene and resists corrosion for more than ten years. "


def test_the_same_article_twice_is_kept_once():
    article = f"标题\n{FIRST}效果好。{SECOND}"
    assert drop_repetitions(article + article) == (article, 1)


def test_each_repeated_passage_counts():
    text = f"{FIRST}中间一句。{FIRST}又一句。{FIRST}"
    assert drop_repetitions(text) == (f"{FIRST}中间一句。又一句。", 2)


def test_a_sentence_said_again_at_the_end_goes():
    assert drop_repetitions(f"{SECOND}Cheap. {SECOND}") == (f"{SECOND}Cheap. ", 1)


def test_lines_stay_apart_where_a_passage_between_them_goes():
    assert drop_repetitions(f"{FIRST}中。{FIRST}\n二") == (f"{FIRST}中。\n二", 1)


@pytest.mark.parametrize(
    "text",
    [
        "是\n否\n是\n是\n否\n" * 5,
        "耐腐蚀性好。" * 8,
        "Low cost. High strength. " * 5,
        f"{FIRST}{SECOND}",
        "误差小于0.5%，U.S. patent No. 5, e.g. 0.35 and 0.35",
        "",
    ],
)
def test_short_repetitions_stay(text):
    assert drop_repetitions(text) == (text, 0)


def test_length_counts_in_bytes_so_that_chinese_needs_fewer_characters():
    chinese, english = "字" * (LONG_ENOUGH // 3), "x" * (LONG_ENOUGH - 2)
    assert drop_repetitions(f"{chinese}\n中\n{chinese}\n")[1] == 1
    assert drop_repetitions(f"{english}\n中\n{english}\n")[1] == 0


@given(
    st.lists(st.sampled_from([FIRST, SECOND, "短句。", "0.5%", "U.S.", "\n", "中"]), max_size=12)
)
def test_nothing_new_is_said_and_nothing_is_left_to_drop(parts):
    text = "".join(parts)
    kept, _ = drop_repetitions(text)
    assert len(kept) <= len(text)
    assert set(kept) - {"\n"} == set(text) - {"\n"}
    assert kept.count("\n") <= text.count("\n")
    assert drop_repetitions(kept) == (kept, 0)
