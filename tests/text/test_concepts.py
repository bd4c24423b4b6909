"""Texts of both languages as counts in one space."""

import gc
import weakref

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.text.concepts import IMPORTANCE, ConceptSpace, Kind
from matcher.text.dictionary import Dictionary
from matcher.text.segment import Segmenter
from matcher.text.stream import Reader, TermTable
from tests.text.some_texts import texts

CORPUS = (
    "graphene coating for steel",
    "graphene coating for finance",
    "financial 石墨烯 涂层",
    "anti corrosion",
    "防腐 涂层，涂层",
)


class World:
    """A space fitted on `corpus`, and its reader."""

    def __init__(self, segmenter, dictionary, corpus=CORPUS):
        self.reader = Reader(segmenter)
        stream = self.reader.read(corpus)
        self.space = ConceptSpace.fit([stream], self.reader.table, dictionary)

    def matrix(self, *asked):
        return self.space.counts(self.reader.read(asked)).matrix.toarray()

    def counts(self, text):
        [row] = self.matrix(text)
        return {self.space.names[i]: float(row[i]) for i in np.flatnonzero(row)}


@pytest.fixture(scope="module")
def world(segmenter, dictionary):
    return World(segmenter, dictionary)


@pytest.fixture
def make(segmenter, dictionary):
    return lambda *corpus: World(segmenter, dictionary, corpus)


def test_an_english_text_by_hand(world):
    assert world.counts("graphene coating, coatings") == {
        "graphen": 1,
        "graph…": 1,
        "coat": 2,
        "graphen coat": 1,
    }


def test_a_chinese_text_by_hand(world):
    assert world.counts("石墨烯涂层") == {
        "石墨烯": 1,
        "graphen": 1,
        "graph…": 1,
        "涂层": 1,
        "coat": 1,
    }


def test_a_phrase_inside_a_sense_meets_the_same_phrase_in_english(world):
    """The two words of the sense count 2 ** -0.7 each."""
    assert world.counts("防腐") == pytest.approx(
        {"防腐": 1, "anti": 0.615572, "corros": 0.615572, "corro…": 0.615572, "anti corros": 0.5}
    )


def test_both_languages_share_a_concept(world):
    assert "graphen" in world.counts("石墨烯").keys() & world.counts("Graphene").keys()


@pytest.mark.slow
def test_the_standard_dictionary_brings_both_languages_together(standard):
    world = World(Segmenter(standard.words()), standard, ["石墨烯防腐涂层", "锂离子电池回收"])
    assert {"graphen", "coat"} <= world.counts("石墨烯涂层").keys()
    assert {"graphen", "coat"} <= world.counts("graphene coatings").keys()


def test_english_questions_reach_texts_that_are_all_chinese(make):
    world = make("石墨烯 涂层", "电池")
    offered, asked = world.matrix("石墨烯涂层", "graphene coating")
    assert offered @ asked > 0


def test_finance_and_financial_share_their_beginning(world):
    assert world.counts("finance").keys() & world.counts("financial").keys() == {"finan…"}


def test_a_phrase_needs_two_texts(make):
    assert "steel pipe" in make("steel pipe", "a steel pipe").counts("steel pipe")
    assert "steel pipe" not in make("steel pipe, steel pipe", "pipe").counts("steel pipe")


def test_texts_of_two_streams_make_a_phrase(segmenter, dictionary):
    reader = Reader(segmenter)
    streams = [reader.read(["steel pipe"]), reader.read(["steel pipe"])]
    space = ConceptSpace.fit(streams, reader.table, dictionary)
    assert "steel pipe" in space.names


def test_a_phrase_doesnt_reach_over_an_unknown_word(world):
    assert "graphen coat" in world.counts("graphene coating")
    assert "graphen coat" not in world.counts("graphene novel coating")


def test_unknown_terms_count_for_nothing_but_length(world):
    stream = world.reader.read(["zirconium graphene", "zirconium"])
    counts = world.space.counts(stream)
    assert counts.lengths.tolist() == [2, 1]
    assert counts.matrix[1].nnz == 0


def test_the_commoner_sense_wins(make):
    """假 in texts of holidays: √2.5 against √0.5."""
    counts = make("假", "holiday", "holiday holiday").counts("假")
    assert counts["holiday"] == counts["holid…"] == pytest.approx(0.690983, rel=1e-5)
    assert counts["fals"] == pytest.approx(0.309017, rel=1e-5)


def test_concepts_know_their_kind(world):
    space = world.space
    kinds = dict(zip(space.names, space.kinds.tolist(), strict=True))
    assert kinds["graphen"] == kinds["石墨烯"] == Kind.TERM
    assert kinds["graph…"] == Kind.PREFIX
    assert kinds["graphen coat"] == Kind.PHRASE
    assert len(space) == len(space.kinds) == len(space.importance) == len(set(space.names))


def test_importance_is_that_of_the_kind(world):
    expected = [IMPORTANCE[Kind(kind)] for kind in world.space.kinds.tolist()]
    np.testing.assert_allclose(world.space.importance, expected, rtol=1e-6)


@given(batch=st.lists(texts | st.sampled_from(CORPUS), min_size=1, max_size=5))
def test_a_text_counts_the_same_in_any_company(world, batch):
    together = world.matrix(*batch)
    alone = np.vstack([world.matrix(text) for text in batch])
    np.testing.assert_array_equal(together, alone)


@given(batch=st.lists(texts | st.sampled_from(CORPUS), min_size=1, max_size=5))
def test_counts_are_positive_and_as_wide_as_the_space(world, batch):
    counts = world.space.counts(world.reader.read(batch))
    assert counts.matrix.shape == (len(batch), len(world.space))
    assert (counts.matrix.data > 0).all()
    assert counts.matrix.dtype == counts.lengths.dtype == np.float32


@given(corpus=st.lists(texts, max_size=5), asked=texts)
def test_any_corpus_makes_a_space(segmenter, dictionary, corpus, asked):
    world = World(segmenter, dictionary, corpus)
    assert np.isfinite(world.matrix(*corpus, asked)).all()


def test_spans_together_count_as_their_text(world):
    stream = world.reader.read(CORPUS)
    spans, owners = stream.spans(2)
    parts = world.space.counts(spans).matrix.toarray()
    whole = np.zeros((len(CORPUS), len(world.space)), np.float32)
    np.add.at(whole, owners, parts)
    np.testing.assert_allclose(whole, world.space.counts(stream).matrix.toarray(), rtol=1e-6)


def test_some_rows_of_counts(world):
    counts = world.space.counts(world.reader.read(CORPUS))
    for rows in (np.array([3, 1]), slice(1, 3)):
        part = counts.rows(rows)
        assert (part.matrix != counts.matrix[rows]).nnz == 0
        assert part.lengths.tolist() == counts.lengths[rows].tolist()


def test_translations_pair_a_word_with_its_senses(world):
    words, senses = world.space.translations()
    names = np.array(world.space.names)
    pairs = {
        str(names[word.indices][0]): set(names[sense.indices].tolist())
        for word, sense in zip(words, senses, strict=True)
    }
    assert pairs == {
        "石墨烯": {"graphen", "graph…"},
        "涂层": {"coat"},
        "防腐": {"anti", "corros", "corro…", "anti corros"},
    }
    assert words.shape == senses.shape == (3, len(world.space))


def test_without_chinese_there_is_nothing_to_translate(segmenter):
    words, senses = World(segmenter, Dictionary({}), ["steel"]).space.translations()
    assert words.shape == senses.shape == (0, len(["steel", "steel…"]))


def test_the_expansion_of_a_term_is_what_it_counts_as(world):
    number = world.reader.table.number("防腐")
    names = world.space.names
    found = {names[concept]: share for concept, share in world.space.expansion(number)}
    assert found == pytest.approx(world.counts("防腐"))


def test_terms_of_the_corpus_and_of_its_senses_are_known(make):
    world = make("石墨烯")
    table = world.reader.table
    assert world.space.knows(table.number("石墨烯"))
    assert world.space.knows(table.number("graphen"))
    assert not world.space.knows(table.number("zirconium"))


def test_a_chinese_word_that_came_later_counts_as_its_senses(make, segmenter):
    world = make("graphene coating", "a coating of steel")
    later = Reader(segmenter, TermTable(world.reader.table))
    before = len(world.reader.table)
    stream = later.read(["石墨烯涂层, titanium"])
    [row] = world.space.counts(stream, later.table).matrix.toarray()
    found = {world.space.names[i]: float(row[i]) for i in np.flatnonzero(row)}
    assert found == {"graphen": 1, "graph…": 1, "coat": 1}
    assert len(world.reader.table) == before
    names = [world.space.names[number] for number in world.space.stems("石墨烯")]
    assert names == ["graphen"]
    assert world.space.stems("titanium") == []


def test_names_are_put_together_when_asked_for(world):
    names, space = world.space.names, world.space
    every = list(names)
    assert len(every) == len(names) == len(space.kinds)
    assert every[len(names.terms)] == names.prefixes[0] + "…"
    assert "graphen coat" in every[-len(space.phrases) :]
    assert names[1:4] == every[1:4]
    assert [every[i] for i in np.flatnonzero(space.kinds == Kind.TERM)] == list(names.terms)


def test_room_is_there_and_empty(segmenter, dictionary):
    reader = Reader(segmenter)
    space = ConceptSpace.fit([reader.read(CORPUS)], reader.table, dictionary, room=7)
    assert len(space) == len(space.names) + 7 == len(space.importance)
    assert (space.importance[-7:] == IMPORTANCE[Kind.TERM]).all()
    matrix = space.counts(reader.read(CORPUS)).matrix
    assert matrix.shape == (len(CORPUS), len(space))
    assert not matrix[:, -7:].nnz


def test_what_reads_its_texts_goes_with_the_space(make, segmenter):
    world = make("graphene coating")
    reader = world.space.reader(segmenter)
    assert world.space.grown(["zirconium"]).reader(segmenter) is reader
    gone = weakref.ref(reader)
    del reader, world
    gc.collect()
    assert gone() is None
