"""Needs and outcomes as pages show them, to those who may know of them."""

from __future__ import annotations

from matcher.actions.cards import cards
from matcher.actions.platform import Platform
from matcher.domain.enums import Language, Noun, Visibility
from matcher.domain.organisation import Organisation
from matcher.domain.visibility import PUBLIC, SYSTEM, Viewer
from tests.platforms import need, outcome, put, remove

ANYONE = Viewer(None, frozenset({PUBLIC}))


def test_a_card_says_whose_the_record_is_in_the_readers_language(platform: Platform) -> None:
    put(platform, Noun.ORGANISATION, Organisation(id="u1", name="某大学", name_en="A university"))
    put(platform, Noun.OUTCOME, outcome("o1", "Coating", holder="u1"))
    put(platform, Noun.NEED, need("w1", "Wanted", organisation="Some Works"))
    [own] = cards(platform, ANYONE, Noun.OUTCOME, ["o1"], Language.EN).values()
    assert (own.party, own.noun, own.record.title) == ("A university", Noun.OUTCOME, "Coating")
    [own] = cards(platform, ANYONE, Noun.OUTCOME, ["o1"], Language.ZH).values()
    assert own.party == "某大学"
    [own] = cards(platform, ANYONE, Noun.NEED, ["w1"], Language.ZH).values()
    assert (own.party, own.noun) == ("Some Works", Noun.NEED)


def test_what_the_viewer_may_not_know_of_has_none(platform: Platform) -> None:
    put(platform, Noun.OUTCOME, outcome("o1", visibility=Visibility.MEMBERS))
    remove(platform, Noun.OUTCOME, ["o2"])
    ids = ["o1", "o2", "o3", "never"]
    assert cards(platform, ANYONE, Noun.OUTCOME, ids, Language.ZH).keys() == {"o3"}
    assert cards(platform, SYSTEM, Noun.OUTCOME, ids, Language.ZH).keys() == {"o1", "o3"}
