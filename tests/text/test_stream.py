"""Texts as arrays of term numbers, against the plain way of reading and counting them."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.text.stream import Reader, TermTable
from tests.text.some_texts import texts

batches = st.lists(texts, max_size=6)


@pytest.fixture
def reader(segmenter):
    return Reader(segmenter)


def tokens(stream, names, text):
    """The tokens of one text of a stream as (term, joined)."""
    span = slice(stream.starts[text], stream.starts[text + 1])
    numbers, joined = stream.terms[span].tolist(), stream.joined[span].tolist()
    return [(names[number], together) for number, together in zip(numbers, joined, strict=True)]


def plain(segmenter, text):
    return [(token.term, token.joined) for token in segmenter.tokens(text)]


def test_a_table_numbers_in_order_of_appearance():
    table = TermTable()
    assert [table.number(term) for term in ("b", "a", "b")] == [0, 1, 0]
    assert table.names() == ["b", "a"]
    assert len(table) == 2


def test_two_texts_by_hand(reader):
    stream = reader.read(["coating of steel, coating", "steel"])
    assert reader.table.names() == ["coat", "steel"]
    assert stream.terms.tolist() == [0, 1, 0, 1]
    assert stream.starts.tolist() == [0, 3, 4]
    assert stream.joined.tolist() == [False, True, False, False]
    assert stream.lengths.tolist() == [3, 1]
    assert stream.owners.tolist() == [0, 0, 0, 1]
    assert stream.counts(2).toarray().tolist() == [[2, 1], [0, 1]]


@given(batch=batches)
def test_reading_agrees_with_the_segmenter(segmenter, batch):
    reader = Reader(segmenter)
    stream = reader.read(batch)
    names = reader.table.names()
    found = [tokens(stream, names, text) for text in range(len(stream))]
    assert found == [plain(segmenter, text) for text in batch]


@given(text=texts)
def test_what_was_read_before_changes_nothing(segmenter, text):
    reader = Reader(segmenter)
    reader.read(["graphene 石墨烯", text, "don't 10kV"])
    assert tokens(reader.read([text]), reader.table.names(), 0) == plain(segmenter, text)


@given(batch=batches)
def test_counts_are_those_of_a_counter(segmenter, batch):
    reader = Reader(segmenter)
    stream = reader.read(batch)
    names = reader.table.names()
    counts = stream.counts(len(names))
    assert counts.shape == (len(batch), len(names))
    for row, text in zip(counts.toarray(), batch, strict=True):
        expected = Counter(token.term for token in segmenter.tokens(text))
        assert {names[i]: int(row[i]) for i in np.flatnonzero(row)} == expected


def test_counting_leaves_the_stream_as_it_was(reader):
    stream = reader.read(["b c a b c a"])
    before = stream.terms.copy()
    stream.counts(len(reader.table))
    assert (stream.terms == before).all()


@given(batch=batches, size=st.integers(1, 5))
def test_spans_partition_the_texts(segmenter, batch, size):
    reader = Reader(segmenter)
    stream = reader.read(batch)
    spans, owners = stream.spans(size)
    assert spans.terms is stream.terms
    assert set(stream.starts.tolist()) <= set(spans.starts.tolist())
    assert sorted(set(owners.tolist())) == list(range(len(batch)))
    assert (np.diff(owners) >= 0).all()
    whole = np.bincount(owners, spans.lengths, minlength=len(batch))
    np.testing.assert_array_equal(whole, stream.lengths)


@given(batch=batches, size=st.integers(1, 5))
def test_spans_of_a_text_are_of_nearly_one_length(segmenter, batch, size):
    spans, owners = Reader(segmenter).read(batch).spans(size)
    for text in set(owners.tolist()):
        lengths = spans.lengths[owners == text]
        assert lengths.max() - lengths.min() <= 1
        assert len(lengths) == 1 or (lengths.min() >= 1 and lengths.max() <= 2 * size)


@pytest.mark.parametrize(("tokens", "runs"), [(0, 1), (1, 1), (5, 1), (7, 2), (8, 2), (40, 10)])
def test_runs_are_about_as_long_as_asked(reader, tokens, runs):
    spans, owners = reader.read(["steel " * tokens]).spans(4)
    assert len(spans) == len(owners) == runs


def test_no_texts_make_an_empty_stream(reader):
    stream = reader.read([])
    assert len(stream) == 0
    assert stream.counts(3).shape == (0, 3)
    assert len(stream.spans(4)[1]) == 0


def test_a_given_table_is_the_one_that_grows(segmenter):
    """An empty one too, though it is false."""
    table = TermTable()
    Reader(segmenter, table).read(["steel"])
    assert table.names() == ["steel"]


def test_a_table_over_another_leaves_it_alone():
    base = TermTable()
    assert [base.number(term) for term in ("a", "b")] == [0, 1]
    over = TermTable(base)
    assert [over.number(term) for term in ("b", "c", "a", "c")] == [1, 2, 0, 2]
    assert (len(over), len(base)) == (3, 2)
    assert (over.get("c"), base.get("c"), over.get("d")) == (2, None, None)
    assert over.names() == ["a", "b", "c"]
    assert over.names(1) == ["b", "c"]
    assert over.names(2) == ["c"]


def test_a_table_of_terms_numbers_each_once():
    table = TermTable.of(["b", "a", "b"])
    assert table.names() == ["b", "a"]
    assert [table.number(term) for term in ("a", "c")] == [1, 2]


@given(words=st.lists(st.lists(st.sampled_from("abcdefgh"), max_size=3), max_size=6))
def test_a_table_stays_as_it_was_when_others_follow_it(words):
    base = TermTable.of("ab")
    tables, names = [TermTable(base)], [["a", "b"]]
    for step in words:
        tables.append(tables[-1].followed_by(step))
        names.append(list(dict.fromkeys([*names[-1], *step])))
    tables.append(tables[0].followed_by("zh"))
    names.append([*names[0], "z", "h"])
    for table, wanted in zip(tables, names, strict=True):
        assert table.names() == wanted
        assert [table.get(term) for term in wanted] == list(range(len(wanted)))
        assert [table.get(term) for term in set("abcdefghz") - set(wanted)].count(None) == len(
            set("abcdefghz") - set(wanted)
        )


@given(batch=batches)
def test_readers_over_one_know_only_what_all_agree_on(segmenter, batch):
    first = Reader(segmenter)
    first.read(["coating of steel"])
    for _ in range(2):
        table = TermTable(first.table)
        found = first.over(table).read(["graphene", *batch])
        own = TermTable(first.table)
        wanted = Reader(segmenter, own).read(["graphene", *batch])
        assert found.terms.tolist() == wanted.terms.tolist()
        assert table.names() == own.names()
        batch = batch[::-1]


def test_what_one_reader_over_another_has_read_the_next_one_knows(segmenter, monkeypatch):
    first = Reader(segmenter)
    first.read(["coating of steel"])
    first.over(TermTable(first.table)).read(["Coatings of steels, zirconium"])
    looked = []
    words = type(segmenter).words
    monkeypatch.setattr(
        type(segmenter), "words", lambda self, piece: looked.append(piece) or words(self, piece)
    )
    first.over(TermTable(first.table)).read(["Coatings of steels, zirconium"])
    assert looked == ["zirconium"]
