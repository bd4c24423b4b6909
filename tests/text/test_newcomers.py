"""Terms that came after the fit count as if the fit had known what they mean."""

import numpy as np
import pytest

from matcher.text.concepts import ConceptSpace
from matcher.text.dictionary import Dictionary
from matcher.text.segment import Segmenter
from matcher.text.stream import Reader, TermTable

CORPUS = ("graphene coating of steel", "coatings", "financial plans")


class Later:
    """A space fitted with room, and texts that are read later."""

    def __init__(self, segmenter: Segmenter, dictionary: Dictionary, room: int = 20) -> None:
        self.reader = Reader(segmenter)
        stream = self.reader.read(CORPUS)
        self.space = ConceptSpace.fit([stream], self.reader.table, dictionary, room)
        self.segmenter = segmenter
        self.table = TermTable(self.reader.table)

    def come(self, *texts: str) -> None:
        first = len(self.table)
        Reader(self.segmenter, self.table).read(texts)
        self.space.newcomers.bring(self.table, first)
        self.space = self.space.grown(self.table.names(first))

    def counts(self, text: str) -> dict[str, float]:
        table = TermTable(self.table)
        stream = Reader(self.segmenter, table).read([text])
        [row] = self.space.counts(stream, table).matrix.toarray()
        names = [*self.space.names, *self.space.fresh]
        return {names[i]: float(row[i]) for i in np.flatnonzero(row)}


@pytest.fixture
def later(segmenter: Segmenter, dictionary: Dictionary) -> Later:
    return Later(segmenter, dictionary)


def test_a_new_english_word_counts_as_itself_and_its_beginning(later: Later) -> None:
    assert later.counts("finance zirconium") == {}
    later.come("finance zirconium")
    assert later.counts("finance zirconium zirconium") == {
        "financ": 1,
        "finan…": 1,
        "zirconium": 2,
    }


def test_a_new_chinese_word_counts_as_itself_and_its_known_senses(later: Later) -> None:
    assert later.counts("涂层") == {"coat": 1}
    later.come("涂层")
    assert later.counts("涂层") == {"涂层": 1, "coat": 1}


@pytest.mark.parametrize("texts", [["假", "a holiday"], ["a holiday", "假"], ["假 holiday"]])
def test_new_words_meet_in_whatever_order_they_come(later: Later, texts: list[str]) -> None:
    for text in texts:
        later.come(text)
    found = later.counts("假")
    assert found == pytest.approx({"假": 1, "fals": 0.5, "holiday": 0.5})
    assert later.counts("holidays") == {"holiday": 1}


def test_an_unknown_chinese_query_reaches_a_new_english_word(later: Later) -> None:
    later.come("a holiday")
    assert later.counts("假") == pytest.approx({"holiday": 0.5})
    number = later.space.newcomers.number("holiday")
    assert later.space.stems("假") == [number]


def test_a_new_term_knows_its_concepts(later: Later) -> None:
    later.come("石墨烯")
    number = later.space.newcomers.number("石墨烯")
    assert number is not None
    own = len(later.space.names) + list(later.space.fresh).index("石墨烯")
    names = {
        concept: later.space.names[concept]
        for concept, _ in later.space.expansion(number)
        if concept != own
    }
    assert own in dict(later.space.expansion(number))
    assert "graphen" in names.values()


def test_growing_by_steps_is_growing_at_once(segmenter: Segmenter, dictionary: Dictionary) -> None:
    texts = ("假 zirconium", "防腐 电池", "finance 石墨烯")
    at_once, by_steps = Later(segmenter, dictionary), Later(segmenter, dictionary)
    at_once.come(*texts)
    for text in texts:
        by_steps.come(text)
    assert set(at_once.space.fresh) == set(by_steps.space.fresh)
    for text in (*texts, "holiday cells 涂层防腐"):
        assert at_once.counts(text) == pytest.approx(by_steps.counts(text))


def test_the_space_before_stays_as_it_was(later: Later) -> None:
    before = later.space
    later.come("zirconium 假")
    assert before.fresh == ()
    assert len(before) == len(later.space)
    assert before.newcomers.number("zirconium") is None
    assert before.newcomers.number("steel") == later.space.newcomers.number("steel")


def test_without_room_a_word_counts_as_if_it_were_unknown(
    segmenter: Segmenter, dictionary: Dictionary
) -> None:
    later = Later(segmenter, dictionary, room=1)
    later.come("zirconium", "石墨烯", "hafnium")
    assert list(later.space.fresh) == ["zirconium"]
    assert later.counts("zirconium hafnium 石墨烯") == {"zirconium": 1, "graphen": 1, "graph…": 1}
