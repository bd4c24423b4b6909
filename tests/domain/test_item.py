"""What of an item is read and searched."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.item import Facts, Item

texts = st.text("ab 石\n", max_size=6)
items = st.builds(
    Item,
    id=st.just("1"),
    title=texts,
    text=texts,
    keywords=st.lists(texts, max_size=3).map(tuple),
    portfolio=st.lists(texts, max_size=3).map(tuple),
)


@pytest.mark.parametrize(
    ("item", "body"),
    [
        (Item("1", "Title", "Text", ("a", "b")), "Title\nText\na, b"),
        (Item("1", "Title", keywords=("a",)), "Title\na"),
        (Item("1", text="Text"), "Text"),
        (Item("1"), ""),
    ],
)
def test_the_body_has_a_line_for_each_part_there_is(item, body):
    assert item.body == body


@pytest.mark.parametrize(
    ("item", "documents"),
    [
        (Item("1", "Title"), ("Title",)),
        (Item("1", "Title", portfolio=("one", "two")), ("Title", "one", "two")),
        (Item("1", portfolio=("one", "two")), ("one", "two")),
        (Item("1"), ("",)),
    ],
)
def test_documents_are_the_body_and_the_portfolio(item, documents):
    assert item.documents == documents


@given(item=items)
def test_there_is_always_a_document_and_nothing_is_lost(item):
    documents = item.documents
    assert documents
    assert documents[len(documents) - len(item.portfolio) :] == item.portfolio
    assert item.body in documents or not item.body
    assert len(documents) <= 1 + len(item.portfolio)


def test_an_item_states_nothing_it_wasnt_told():
    item = Item("1")
    assert item.facts == Facts()
    assert item.lang is None
    assert set(dataclasses.astuple(item.facts)) == {None, "", ()}


def test_items_are_values():
    item = Item("1", "Title", keywords=("a",))
    assert item == Item("1", "Title", keywords=("a",))
    assert hash(item) == hash(dataclasses.replace(item))
    with pytest.raises(dataclasses.FrozenInstanceError):
        item.title = "Other"
