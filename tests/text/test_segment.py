"""How texts of both languages fall into tokens."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given

from matcher.text.segment import Segmenter, Token, is_chinese
from tests.text.some_texts import texts


def terms(segmenter, text):
    return [token.term for token in segmenter.tokens(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Coatings coated", ["coat", "coat"]),
        ("finance and financial", ["financ", "financi"]),
        ("the company's plan", ["compani", "plan"]),
        ("the company’s plan", ["compani", "plan"]),
        ("钢材 Q235B 10kV", ["钢材", "q235b", "10kv"]),
        ("5G 网络", ["5g", "网络"]),
        ("café", ["café"]),
        ("μm", ["μm"]),
        ("X-ray", ["ray"]),
        ("𬬻电池", ["𬬻", "电池"]),
        ("", []),
        ("，。!?", []),
        ("of the", []),
    ],
)
def test_terms_are_stems_numbers_and_chinese_words(segmenter, text, expected):
    assert terms(segmenter, text) == expected


def test_a_chinese_stop_word_is_left_out(segmenter):
    assert terms(segmenter, "电池的涂层") == ["电池", "涂层"]


def test_a_word_of_the_dictionary_stays_whole():
    assert terms(Segmenter(), "石墨烯涂层")[:2] == ["石墨", "烯"]
    assert terms(Segmenter(["石墨烯"]), "石墨烯涂层")[0] == "石墨烯"


def test_a_word_jieba_has_keeps_its_own_frequency():
    """Given our low count, 中国 would lose against its parts."""
    assert terms(Segmenter(["中国"]), "中国电池") == terms(Segmenter(), "中国电池")


@pytest.mark.slow
def test_the_standard_dictionary_keeps_graphene_whole(standard):
    assert "石墨烯" in terms(Segmenter(standard.words()), "高导热石墨烯薄膜的制备")


def test_punctuation_parts_and_stop_words_dont(segmenter):
    found = list(segmenter.tokens("coating of steel, graphene-oxide"))
    assert found == [
        Token("coat", 0, 7, False),
        Token("steel", 11, 16, True),
        Token("graphen", 18, 26, False),
        Token("oxid", 27, 32, True),
    ]


@pytest.mark.parametrize("mark", [",", "。", ";", "(", "："])
def test_a_mark_ends_a_phrase(segmenter, mark):
    assert [token.joined for token in segmenter.tokens(f"steel{mark}pipe")] == [False, False]


@pytest.mark.parametrize("mark", [" ", "-", "/", "·", "\n"])
def test_a_blank_or_hyphen_doesnt(segmenter, mark):
    assert [token.joined for token in segmenter.tokens(f"steel{mark}pipe")] == [False, True]


@given(text=texts)
def test_spans_cut_the_text_in_order(segmenter, text):
    end = 0
    for token in segmenter.tokens(text):
        assert end <= token.start < token.end
        end = token.end
        cut = text[token.start : token.end]
        assert token.term == (cut if is_chinese(cut) else segmenter.stem(cut))
    assert end <= len(text)


@given(text=texts)
def test_words_measure_their_piece(segmenter, text):
    for piece in segmenter.pieces(text):
        assert sum(width for _, width in segmenter.words(piece)) == len(piece)


@given(text=texts)
def test_pieces_leave_out_only_what_joins(segmenter, text):
    kept = "".join(segmenter.pieces(text))
    assert kept == "".join(c for c in text if not c.isspace() and c not in "-/·")


def test_threads_may_share_one(segmenter):
    many = ["graphene coatings 石墨烯防腐涂层 Q235B", "lithium batteries 电池的涂层"] * 100
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda text: terms(segmenter, text), many))
    assert found == [terms(segmenter, text) for text in many]


@pytest.mark.parametrize(("text", "expected"), [("a石", True), ("abc", False), ("の", False)])
def test_chinese_is_a_han_character(text, expected):
    assert is_chinese(text) is expected
