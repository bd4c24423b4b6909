"""Searching and looking through the live platform."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.actions.answer import Answer, Wish
from matcher.actions.items import live_items
from matcher.actions.platform import Platform
from matcher.actions.search import counted, search
from matcher.domain.enums import Language, Noun, TransferMode
from matcher.domain.record import Record
from matcher.domain.visibility import ANONYMOUS, PUBLIC, SYSTEM, Viewer
from matcher.errors import UsageError
from matcher.recommend.collections import NOUNS
from matcher.recommend.filters import Filters
from matcher.recommend.live import changed
from tests.platforms import manager, need, outcome, put, remove, standard_platform

ANYONE = Viewer(None, frozenset({PUBLIC}))


def ids(answer: Answer) -> list[str]:
    return [match.candidate_id for match in answer.matches]


def test_the_best_come_first_with_reasons_in_the_language_asked_for(platform: Platform) -> None:
    answer = search(platform, ANYONE, Noun.OUTCOME, "cobalt from batteries", Wish(k=2))
    assert set(ids(answer)) == {"o3", "o4"}
    assert answer.noun is Noun.OUTCOME
    assert answer.model_version.startswith("0001-")
    assert answer.matches[0].score >= answer.matches[1].score
    assert answer.matches[0].reason_texts[0].startswith("共同术语")
    english = search(platform, ANYONE, Noun.OUTCOME, "cobalt", Wish(k=1, language=Language.EN))
    assert english.matches[0].reason_texts[0].startswith("Terms in common")
    assert (
        search(platform, ANYONE, Noun.OUTCOME, "cobalt", Wish(k=1, explain=False))
        .matches[0]
        .reasons
        == []
    )


@pytest.mark.parametrize("noun", NOUNS)
def test_every_noun_is_searched(platform: Platform, noun: Noun) -> None:
    first = {"outcome": "o1", "need": "w1", "manager": "m1"}[noun]
    assert ids(search(platform, ANYONE, noun, "石墨烯涂层", Wish(k=1))) == [first]


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_more_may_be_asked_for_than_there_are(platform: Platform) -> None:
    """Room is made for what there is, not for what is asked for."""
    few = search(platform, ANYONE, Noun.OUTCOME, "cobalt from batteries", Wish(k=100))
    many = search(platform, ANYONE, Noun.OUTCOME, "cobalt from batteries", Wish(k=10**12))
    assert ids(many) == ids(few)


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_organisations_are_not_searched(platform: Platform) -> None:
    for read in (
        lambda: search(platform, ANYONE, Noun.ORGANISATION, "x", Wish()),
        lambda: counted(platform, ANYONE, Noun.ORGANISATION, Wish()),
    ):
        with pytest.raises(UsageError, match="aren't searched"):
            read()


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize("k", [0, -1])
def test_no_matches_at_all_can_not_be_asked_for(platform: Platform, k: int) -> None:
    with pytest.raises(UsageError):
        search(platform, ANYONE, Noun.OUTCOME, "x", Wish(k=k))


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize("text", ["\x00", "\ud800", "。。。", "x" * 20_000, "გამარჯობა"])
def test_an_odd_text_finds_nothing(platform: Platform, text: str) -> None:
    assert ids(search(platform, ANYONE, Noun.OUTCOME, text, Wish())) == []


def test_without_a_text_the_newest_come_first(platform: Platform) -> None:
    put(
        platform,
        Noun.OUTCOME,
        outcome("old", updated_at=date(2024, 1, 1)),
        outcome("new", updated_at=date(2026, 1, 1)),
        outcome("mid", updated_at=date(2025, 1, 1)),
    )
    answer = search(platform, ANYONE, Noun.OUTCOME, " \n", Wish(k=3))
    assert ids(answer) == ["new", "mid", "old"]
    assert answer.found == 8
    assert [match.rank for match in answer.matches] == [1, 2, 3]


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize("text", ["", "battery"])
def test_filters_restrict_and_are_counted(platform: Platform, text: str) -> None:
    put(
        platform,
        Noun.OUTCOME,
        outcome("x", "Battery", trl=8, region="350200", transfer_modes=(TransferMode.LICENSE,)),
        outcome("y", "Battery", trl=3, region="110000", pay_after_use=True),
    )
    for filters in (
        Filters(trl_min=8),
        Filters(region="350000"),
        Filters(modes=(TransferMode.LICENSE,)),
    ):
        answer = search(platform, ANYONE, Noun.OUTCOME, text, Wish(filters=filters))
        assert ids(answer) == ["x"]
        assert answer.removed == {"filtered": 6}
        assert dict(answer.facets["trl"]) == {"8": 1}
        assert counted(platform, ANYONE, Noun.OUTCOME, Wish(filters=filters))[0] == 1
    answer = search(platform, ANYONE, Noun.OUTCOME, text, Wish(filters=Filters(pay_after_use=True)))
    assert ids(answer) == ["y"]
    assert dict(answer.facets["pay_after_use"]) == {"yes": 1}


def test_counts_are_of_everything_that_is_visible(platform: Platform) -> None:
    assert [counted(platform, ANYONE, noun, Wish())[0] for noun in NOUNS] == [5, 3, 2]
    assert [counted(platform, ANONYMOUS, noun, Wish())[0] for noun in NOUNS] == [0, 0, 0]


WORDS = ("graphene", "battery", "水稻", "涂层", "ultrasonic", "zirbolite", "锂电池", "quaxenium")
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
EDITS = st.lists(
    st.tuples(
        st.sampled_from(NOUNS), st.sampled_from(["put", "put", "remove"]), st.integers(0, 6), TEXTS
    ),
    min_size=1,
    max_size=12,
)


def made(noun: Noun, number: int, text: str) -> Record:
    if noun is Noun.OUTCOME:
        return outcome(f"o{number}", text, f"{text} process")
    if noun is Noun.NEED:
        return need(f"w{number}", text, f"{text} wanted")
    return manager(f"m{number}", text, text)


def edit(platform: Platform, edits: list[tuple[Noun, str, int, str]]) -> None:
    for noun, what, number, text in edits:
        record = made(noun, number, text)
        put(platform, noun, record)  # type: ignore[arg-type]
        if what == "remove":
            remove(platform, noun, [record.id])  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Platform:
    return standard_platform(tmp_path_factory.mktemp("edited") / "home")


def anew(platform: Platform) -> Platform:
    """The same database and text model, with every record read anew at once."""
    with platform.database.reading() as session:
        items = {noun: list(live_items(session, noun)) for noun in NOUNS}
    serving = type(platform.live)(platform.database, platform.library, 3600.0).serving()
    models = {}
    for noun in NOUNS:
        model = serving.models[noun]
        there = model.candidates.ids_at(np.flatnonzero(model.candidates.live))
        models[noun] = changed(changed(model, [], there.tolist()), items[noun])
    return replace(platform, live=Fixed(replace(serving, models=models)))  # type: ignore[arg-type]


def held(platform: Platform, noun: Noun) -> set[str]:
    """The words of all records of a kind."""
    with platform.database.reading() as session:
        items = list(live_items(session, noun))
    return {word for item in items for text in item.documents for word in text.split()}


class Fixed:
    """What is searched, once and for all."""

    def __init__(self, serving: object) -> None:
        self._serving = serving

    def serving(self) -> object:
        return self._serving

    look_now = serving


@pytest.mark.slow
@settings(max_examples=8)
@given(edits=EDITS, text=TEXTS)
def test_after_any_edits_it_finds_what_a_platform_read_anew_finds(
    edited: Platform, edits: list[tuple[Noun, str, int, str]], text: str
) -> None:
    for start in range(0, len(edits), 3):
        edit(edited, edits[start : start + 3])
        edited.live.serving()
    fresh = anew(edited)
    for noun in NOUNS:
        one, other = (
            search(platform, SYSTEM, noun, text, Wish(k=20)) for platform in (edited, fresh)
        )
        assert set(ids(one)) == set(ids(other))
        assert one.found == other.found
        # A word that no record of the kind holds any more still counts as asked until the next
        # training, so that what is covered is a smaller share.
        if set(text.split()) <= held(fresh, noun):
            scores = [[match.score for match in answer.matches] for answer in (one, other)]
            shares = [[score / max(own) for score in own] for own in scores]
            assert np.allclose(*shares, atol=0.05)
