"""What a term counts as, with the shares worked out by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.text.dictionary import Dictionary, Sense
from matcher.text.expansion import (
    PART_SHARE,
    PHRASE_SHARE,
    Expander,
    Expansion,
    expansion_matrix,
    phrase_key,
)
from matcher.text.stream import TermTable


@pytest.fixture(scope="module")
def expand(dictionary):
    """What a term counts as, when the table holds it and then the terms of `frequency`."""

    def expand(term, frequency=None, known=dictionary):
        table = TermTable()
        counts = [1, *(frequency or {}).values()]
        for name in (term, *(frequency or {})):
            table.number(name)
        found = Expander(table, known, np.array(counts, np.float32)).expand(0, term)
        names = table.names()
        pairs = {(names[key >> 32], names[key & 0xFFFFFFFF]): v for key, v in found.phrases}
        return {names[number]: value for number, value in found.terms}, pairs

    return expand


def test_an_english_stem_counts_as_itself(expand):
    assert expand("coat") == ({"coat": 1.0}, {})


def test_a_chinese_word_without_senses_counts_as_itself(expand):
    assert expand("龘") == ({"龘": 1.0}, {})


def test_a_chinese_word_counts_as_itself_and_its_sense(expand):
    assert expand("石墨烯") == ({"石墨烯": 1.0, "graphen": 1.0}, {})


def test_unseen_senses_share_by_their_weights(expand):
    terms, _ = expand("电池")
    assert terms == pytest.approx({"电池": 1, "batteri": 2 / 3, "cell": 1 / 3})


def test_the_commoner_sense_gets_more(expand):
    """holiday in two texts, false in none: √2.5 against √0.5."""
    terms, _ = expand("假", {"holiday": 2})
    assert terms == pytest.approx({"假": 1, "fals": 0.309017, "holiday": 0.690983}, rel=1e-5)


def test_a_sense_of_two_words_gives_each_less_and_a_phrase(expand):
    """2 ** -0.7 for each."""
    terms, pairs = expand("防腐")
    assert terms == pytest.approx({"防腐": 1, "anti": 0.615572, "corros": 0.615572}, rel=1e-5)
    assert pairs == {("anti", "corros"): PHRASE_SHARE}


def test_an_unknown_word_counts_as_its_parts_and_their_senses(expand):
    terms, _ = expand("石墨烯涂层")
    assert terms == {
        "石墨烯涂层": 1.0,
        "石墨烯": PART_SHARE,
        "涂层": PART_SHARE,
        "graphen": 1.0,
        "coat": 1.0,
    }


@given(
    weights=st.lists(st.floats(0.1, 2), min_size=1, max_size=6),
    frequency=st.lists(st.integers(0, 1000), min_size=6, max_size=6),
)
def test_shares_of_one_word_sum_to_one(expand, weights, frequency):
    senses = tuple(Sense((f"sense{i}",), weight) for i, weight in enumerate(weights))
    seen = {f"sense{i}": count for i, count in enumerate(frequency)}
    terms, _ = expand("词", seen, Dictionary({"词": senses}))
    assert terms.pop("词") == 1
    assert sum(terms.values()) == pytest.approx(1)


def test_stems_that_came_with_a_sense_are_expanded_too(dictionary):
    table = TermTable()
    table.number("石墨烯涂层")
    rows = Expander(table, dictionary, np.ones(1, np.float32)).expand_all()
    assert table.names() == ["石墨烯涂层", "石墨烯", "涂层", "graphen", "coat"]
    assert [number for number, _ in rows[1].terms] == [1, 3]
    assert rows[3].terms == [(3, 1.0)]
    assert len(rows) == len(table)


def test_the_matrix_by_hand():
    """Terms 0 and 1; one prefix, of term 1; one phrase, which the sense of term 0 has."""
    key = phrase_key(0, 1)
    rows = [Expansion([(0, 1.0), (1, 0.5), (1, 0.25)], [(key, 0.5), (99, 0.5)])]
    rows.append(Expansion([(1, 1.0)], []))
    matrix = expansion_matrix(rows, {1: 0}, np.array([key]), 1)
    assert matrix.toarray().tolist() == [[1, 0.75, 0.75, 0.5], [0, 1, 1, 0]]


@given(first=st.integers(0, 2**31 - 1), second=st.integers(0, 2**31 - 1))
def test_a_key_holds_both_numbers(first, second):
    key = phrase_key(first, second)
    assert (key >> 32, key & 0xFFFFFFFF) == (first, second)
    assert key < 2**63
