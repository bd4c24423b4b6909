"""Records named by the address of their page."""

import pytest
from flask import Flask, url_for

from matcher.domain.enums import Noun
from matcher.domain.event import Subject
from matcher.store.tables import RECORD_NOUNS
from matcher.web.deeds import address_of
from matcher.web.pasted import pasted, pasted_id


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("https://here/needs/N%201?from=find#x", "N 1"),
        ("/outcomes/a/b", "a/b"),
        ("/managers/edit/M1", "M1"),
        ("http://here/edit/need/a%2Fb?x", "a/b"),
        ("/edit/outcome/O2#saved", "O2"),
        (" O7 ", "O7"),
        ("", ""),
    ],
)
def test_an_address_or_an_id_names_a_record(text: str, id: str) -> None:
    assert pasted_id(text) == id


def test_every_address_reads_back(app: Flask) -> None:
    without_ids = (Noun.MODEL, Noun.JOB)
    with app.test_request_context():
        for noun in Noun:
            one = Subject(noun=noun, id="a b/编?c" if noun in RECORD_NOUNS else "a b编c")
            address = address_of(one)
            assert pasted(f"https://here{address}") == (
                None if noun in without_ids or not address else one
            )
        for noun in (Noun.NEED, Noun.OUTCOME):
            assert pasted(url_for(f"page.{noun}s.edit", id="a/b")) == Subject(noun=noun, id="a/b")


@pytest.mark.parametrize(
    ("text", "one"),
    [
        ("/plans/drafts/J1", Subject(noun=Noun.JOB, id="J1")),
        ("/people/A1/password", Subject(noun=Noun.ACCOUNT, id="A1")),
        ("/people/new", None),
        ("/people/managers?q=x", None),
        ("/people/", None),
        ("N1", None),
    ],
)
def test_what_follows_the_id_isnt_part_of_it(text: str, one: Subject | None) -> None:
    assert pasted(text) == one
