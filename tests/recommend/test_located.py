"""Where a text says a concept."""

import pytest

from matcher.domain.enums import Noun
from matcher.domain.item import Item
from matcher.recommend.corpus import TextModel
from matcher.recommend.live import changed
from matcher.recommend.located import spans
from tests.recommend.some_collections import built

OUTCOMES = built().models[Noun.OUTCOME]
MODEL = OUTCOMES.text
NAMES = list(MODEL.space.names)


def found(text: str, *names: str, model: TextModel = MODEL) -> dict[str, tuple[str, int, float]]:
    """Of the concepts of these names, where a text says them."""
    concepts = [NAMES.index(name) for name in names]
    said = spans(model.reading(text), concepts, model)
    return {NAMES[concept]: (span.words, span.start, span.weight) for concept, span in said.items()}


def test_a_concept_stands_at_the_token_that_means_it_most() -> None:
    assert found("Coating, GRAPHENE and graphene", "graphen") == {"graphen": ("GRAPHENE", 9, 1.0)}
    [own] = found("石墨烯, graphene", "graphen").values()
    assert own[2] == 1.0


def test_only_what_is_asked_for_is_told() -> None:
    assert found("graphene coating", "coat").keys() == {"coat"}
    assert spans(MODEL.reading("graphene coating"), [], MODEL) == {}


@pytest.mark.parametrize("text", ["tea farming", "", "。。。"])
def test_what_is_not_said_stands_nowhere(text: str) -> None:
    assert found(text, "graphen", "coat") == {}


def test_a_phrase_is_said_by_two_words_in_a_row() -> None:
    phrase = "wear resist"
    assert found("a wear-resistant film", phrase) == {phrase: ("wear-resistant", 2, 1.0)}
    assert found("resistant to wear. Resistant", phrase) == {}


def test_a_chinese_word_that_nobody_had_before_says_what_its_stems_say() -> None:
    word = "耐磨损涂层"
    told = found(f"zzqx {word}", "coat")
    assert told["coat"][0] in word


def test_a_word_that_came_later_says_its_own_concept_and_stands_where_it_is() -> None:
    """Records come all day; each makes a new text model over the same fitted terms."""
    text = "graphene zzqxium coating"
    assert found(text, "graphen", "coat").keys() == {"graphen", "coat"}
    later = changed(OUTCOMES, [Item(id="new", title="zzqxium zzqxium")]).text
    assert later.reading(text) is MODEL.reading(text)
    own = len(NAMES) + list(later.space.fresh).index("zzqxium")
    [span] = spans(later.reading(text), [own], later).values()
    assert (span.words, span.start, span.weight) == ("zzqxium", 9, 1.0)
    assert spans(MODEL.reading(text), [own], MODEL) == {}


def test_what_is_said_first_counts_among_equals_whether_it_was_fitted_or_came_later() -> None:
    later = changed(OUTCOMES, [Item(id="new", title="coatings coatingest")]).text
    assert found("coating coatings", "coat", model=later)["coat"][1] == 0
