"""What came, changed or went is searched at once, and in whatever order it came."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.domain.enums import Noun
from matcher.domain.item import Item
from matcher.errors import InvalidValue
from matcher.recommend.collections import build_collections
from matcher.recommend.live import changed
from matcher.recommend.model import Model
from matcher.recommend.recipe import CONCEPTS, CONTENT
from matcher.text.concepts import ConceptSpace
from tests.recommend.some_collections import (
    MANAGERS,
    ROOM,
    built,
    found,
    live_ids,
    ranking,
    recipe,
)

OUTCOMES, PEOPLE = built().models[Noun.OUTCOME], built().models[Noun.MANAGER]
# No text that the models were built of says zirconium, 锆, perovskite or 钙钛矿.
TEXTS = (
    "zirconium alloy",
    "锆合金精炼",
    "perovskite graphene coating",
    "钙钛矿太阳能电池",
    "laser welding of zirconium",
    "锂电池回收",
    "",
)
QUERIES = ("zirconium", "锆合金", "perovskite", "钙钛矿", "graphene coating", "laser 锂电池")
IDS = ("o1", "o2", "m1", "m3", "new1", "new2")

Step = tuple[str, Item | None]
PORTFOLIOS = st.lists(st.sampled_from(TEXTS), max_size=3).map(tuple)


def steps(portfolios: st.SearchStrategy[tuple[str, ...]]) -> st.SearchStrategy[list[list[Step]]]:
    """Changes one after the other, each of one or more ids: an item, or None where it goes."""
    item = st.builds(lambda text, more: (text, more), st.sampled_from(TEXTS), portfolios)
    edit = st.tuples(st.sampled_from(IDS), st.none() | item).map(
        lambda pair: (pair[0], pair[1] and Item(pair[0], text=pair[1][0], portfolio=pair[1][1]))
    )
    return st.lists(st.lists(edit, min_size=1, max_size=3), max_size=6)


def apply(model: Model, step: Iterable[Step]) -> Model:
    last = dict(step)
    items = [item for item in last.values() if item is not None]
    return changed(model, items, [id_ for id_, item in last.items() if item is None])


def after(model: Model, edits: Iterable[Iterable[Step]]) -> dict[str, Item]:
    """The items there have to be, by id."""
    there = {item.id: item for item in model.candidates}
    for step in edits:
        for id_, item in dict(step).items():
            there.pop(id_, None)
            if item is not None:
                there[id_] = item
    return there


def assert_says_the_same(one: Model, other: Model) -> None:
    assert live_ids(one) == live_ids(other)
    for query in QUERIES:
        left, right = found(one, query), found(other, query)
        assert left == pytest.approx(right, abs=1e-5), query
        # In the same order, but for what ties.
        assert all(right[a] >= right[b] - 1e-5 for a, b in pairwise(left)), query


def assert_same_however_it_came(model: Model, edits: Sequence[Sequence[Step]]) -> None:
    before = {query: found(model, query) for query in QUERIES}
    step_by_step = model
    for step in edits:
        step_by_step = apply(step_by_step, step)
    final = after(model, edits)
    assert live_ids(step_by_step) == final.keys()
    from_nothing = changed(changed(model, (), live_ids(model)), list(final.values()))
    at_once = changed(model, list(final.values()), live_ids(model) - final.keys())
    backwards = model
    for id_ in live_ids(model) - final.keys():
        backwards = changed(backwards, (), [id_])
    for item in reversed(final.values()):
        backwards = changed(backwards, [item])
    for other in (from_nothing, at_once, backwards):
        assert_says_the_same(step_by_step, other)
    assert {query: found(model, query) for query in QUERIES} == before


@pytest.mark.slow
@given(edits=steps(st.just(())))
@settings(max_examples=25)
def test_changes_of_texts_equal_a_rebuild(edits: list[list[Step]]) -> None:
    assert_same_however_it_came(OUTCOMES, edits)


@pytest.mark.slow
@given(edits=steps(PORTFOLIOS))
@settings(max_examples=25)
def test_changes_of_portfolios_equal_a_rebuild(edits: list[list[Step]]) -> None:
    assert_same_however_it_came(PEOPLE, edits)


def test_what_is_built_anew_from_nothing_is_what_was_built() -> None:
    for model in built().models.values():
        items = list(model.candidates)
        assert_says_the_same(changed(changed(model, (), live_ids(model)), items), model)


@pytest.mark.parametrize("text", ["zirconium", "锆合金", "perovskite", "钙钛矿"])
def test_a_new_word_is_found_at_once_and_gone_with_its_item(text: str) -> None:
    assert found(OUTCOMES, text) == {}
    came = changed(OUTCOMES, [Item("new", text=f"{text}, graphene")])
    # All that is asked is covered; vectors learned before know nothing of it.
    covered = OUTCOMES.recipe.texts[CONCEPTS]
    assert found(came, text) == {"new": pytest.approx(covered, abs=1e-6)}
    assert "new" not in found(changed(came, [Item("new", text="石墨烯")]), text)
    assert found(changed(came, (), ["new"]), text) == {}


@pytest.mark.parametrize(
    ("offered", "asked"), [("锆，精炼", "zirconium"), ("zirconium refining", "锆")]
)
def test_new_words_of_two_languages_meet(offered: str, asked: str) -> None:
    came = changed(OUTCOMES, [Item("new", text=offered)])
    assert next(iter(found(came, asked))) == "new"


def test_a_new_word_is_a_reason() -> None:
    word = "钙钛矿太阳能电池"
    came = changed(OUTCOMES, [Item("new", text=f"锆，{word}")])
    for asked in (word, "perovskite"):
        evidence = ranking(came, asked).matches[0].evidence
        assert evidence is not None
        assert [(t.query.words, t.candidate.words) for t in evidence.terms] == [(asked, word)]


def test_a_word_that_only_the_other_side_used_counts_once_a_document_brings_it() -> None:
    steel = [Item(f"o{number}", text=f"steel {number}") for number in range(25)]
    items = {Noun.OUTCOME: steel, Noun.NEED: [Item("n1", text="steel guideways")]}
    model = build_collections(items, recipe(), room=ROOM).models[Noun.OUTCOME]
    guideway = list(model.text.space.names.terms).index("guideway")
    assert model.text.weights.weights[guideway] == 0
    assert found(model, "guideway") == {}
    came = changed(model, [Item("new", text="guideway")])
    assert list(found(came, "guideway")) == ["new"]
    assert came.text.space is model.text.space


def test_a_weight_stays_once_it_is_given() -> None:
    once = changed(OUTCOMES, [Item("new", text="zirconium")])
    twice = changed(once, [Item("newer", text="zirconium oxide")])
    number = twice.text.space.newcomers.number("zirconium")
    assert number is not None
    concept = len(twice.text.space.names) + number - twice.text.space.fitted
    assert once.text.weights.weights[concept] == twice.text.weights.weights[concept] > 0
    known = OUTCOMES.text.weights.weights > 0
    np.testing.assert_array_equal(
        twice.text.weights.weights[known], OUTCOMES.text.weights.weights[known]
    )


def test_an_item_that_comes_back_is_found_once() -> None:
    gone = changed(OUTCOMES, (), ["o5"])
    assert "o5" not in found(gone, "ultrasonic")
    back = changed(gone, [Item("o5", text="Ultrasonic flaw detection")])
    assert list(found(back, "ultrasonic")).count("o5") == 1
    assert live_ids(back) == live_ids(OUTCOMES)


def test_what_is_changed_and_gone_at_once_is_gone() -> None:
    model = changed(OUTCOMES, [Item("o5", text="ultrasonic"), Item("o1", text="tea")], ["o5"])
    assert live_ids(model) == {"o1", "o2", "o3", "o4"}


def test_of_several_items_of_one_id_the_last_counts() -> None:
    model = changed(OUTCOMES, [Item("new", text="zirconium"), Item("new", text="perovskite")])
    assert found(model, "zirconium") == {}
    assert list(found(model, "perovskite")) == ["new"]


def test_removing_what_is_not_there_changes_nothing() -> None:
    assert_says_the_same(changed(OUTCOMES, (), ["nobody", "锆"]), OUTCOMES)


def test_all_may_go_and_come_back() -> None:
    empty = changed(PEOPLE, (), live_ids(PEOPLE))
    assert live_ids(empty) == set()
    assert all(found(empty, query) == {} for query in QUERIES)
    assert_says_the_same(changed(empty, MANAGERS), PEOPLE)


def test_a_portfolio_among_single_texts_is_refused_and_nothing_changes() -> None:
    with pytest.raises(InvalidValue, match="portfolio"):
        changed(OUTCOMES, [Item("new", text="tea", portfolio=("steel", "paint"))])
    assert "new" not in live_ids(OUTCOMES)


def test_the_best_text_of_a_changed_portfolio_is_shown() -> None:
    person = Item("m2", text="Tea farming", portfolio=("zirconium alloy", "锆合金精炼", "paint"))
    match = ranking(changed(PEOPLE, [person]), "zirconium alloy").matches[0]
    assert match.candidate_id == "m2"
    assert match.evidence is not None
    assert match.evidence.text == "zirconium alloy"


def test_without_room_a_new_word_counts_as_its_senses_alone() -> None:
    """And nothing breaks; other changes go on being searched."""
    model = OUTCOMES
    words = [f"q{number}x" for number in range(500)]
    for start in range(0, 500, 100):
        model = changed(model, [Item(f"new{start}", text=" ".join(words[start : start + 100]))])
    assert len(model.text.space.fresh) == model.text.space.room
    assert list(found(model, words[0])) == ["new0"]
    assert found(model, words[-1]) == {}
    later = changed(model, [Item("later", text="石墨烯 q499x q777x zirconium")])
    assert "later" in found(later, "graphene")
    assert found(later, "zirconium") == {}
    assert live_ids(later) >= {"later", "new400"}


def test_a_change_reads_and_expands_only_what_is_new(monkeypatch: pytest.MonkeyPatch) -> None:
    """The hundredth change costs what the first did: one item's documents, one item's words."""
    model = OUTCOMES
    for number in range(20):
        model = changed(model, [Item(f"new{number}", text=f"锆合金{number} w{number}x")])
    expanded: list[str] = []
    known = type(model.text.space.expander).known
    monkeypatch.setattr(
        type(model.text.space.expander),
        "known",
        lambda self, term: expanded.append(term) or known(self, term),  # type: ignore[func-returns-value]
    )
    after = changed(model, [Item("last", text="锆合金 石墨烯 w99x")])
    assert expanded == []
    assert len(after.text.space.fresh) == len(model.text.space.fresh) + 1
    assert len(after.owners) == len(model.owners) + 1


def test_the_rows_that_were_there_are_shared_and_not_copied() -> None:
    after = changed(OUTCOMES, [Item("new", text="zirconium")])
    for name in (CONCEPTS, CONTENT):
        before = OUTCOMES.index.spaces[name].leaves[0].segment
        assert any(leaf.segment is before for leaf in after.index.spaces[name].leaves)
    assert isinstance(after.text.space, ConceptSpace)
    assert after.text.space.matrix is OUTCOMES.text.space.matrix
    assert after.text.encoder is OUTCOMES.text.encoder


def test_gone_is_looked_up_and_not_searched_through() -> None:
    """Reading everything anew compares every record with everything that went."""

    class Counted(list[str]):
        looked = 0

        def __contains__(self, id_: object) -> bool:
            Counted.looked += 1
            return super().__contains__(id_)

    changed(OUTCOMES, [Item(f"new{i}", text="tea") for i in range(5)], Counted(["o1", "o2"]))
    assert Counted.looked == 0
