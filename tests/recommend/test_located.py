"""Where terms stand, and where a text says a concept."""

import pytest

from matcher.domain.enums import Noun
from matcher.domain.item import Item
from matcher.recommend.live import changed
from matcher.recommend.located import Located, Sayings, locate
from tests.recommend.some_collections import built

OUTCOMES = built().models[Noun.OUTCOME]
MODEL = OUTCOMES.text
TEXTS = (
    "Wear resistant graphene coating, for guideways. 石墨烯耐磨涂层的工艺",
    "zzqx lithium-battery recycling / 废旧锂电池",
    "zzqx; coating of the graphene coating",
    "",
    "。。。",
)


def read(text: str) -> Located:
    return locate(MODEL.reading(text), MODEL)


@pytest.mark.parametrize("text", TEXTS)
def test_tokens_are_those_of_the_segmenter_with_their_numbers(text: str) -> None:
    tokens = list(MODEL.reader.segmenter.tokens(text))
    located = read(text)
    assert located.text == text
    wanted: list[tuple[int | None, int, int, bool]] = []
    for token in tokens:
        number = MODEL.reader.table.get(token.term)
        wanted.append((number, token.start, token.end, token.joined))
        if number is None:
            stems = MODEL.space.stems(token.term)
            wanted.extend((stem, token.start, token.end, False) for stem in stems)
    assert located.tokens == wanted


def spans(text: str, *names: str) -> dict[str, tuple[str, int, float]]:
    """Of the concepts of these names, where a text says them."""
    known = list(MODEL.space.names)
    sayings = Sayings.of([known.index(name) for name in names], MODEL.space)
    found = sayings.spans(read(text))
    return {
        known[concept]: (span.words, span.start, span.weight) for concept, span in found.items()
    }


def test_a_concept_stands_at_the_token_that_means_it_most() -> None:
    assert spans("Coating, GRAPHENE and graphene", "graphen") == {"graphen": ("GRAPHENE", 9, 1.0)}
    [found] = spans("石墨烯, graphene", "graphen").values()
    assert found[2] == 1.0


@pytest.mark.parametrize("text", [*TEXTS, "lithium battery, lithium zzqx battery, lithium-battery"])
def test_leaving_out_other_terms_changes_no_place(text: str) -> None:
    names = ("graphen", "coat", "lithium", "batteri", "lithium batteri", "graphen coat")
    known = list(MODEL.space.names)
    sayings = Sayings.of([known.index(name) for name in names if name in known], MODEL.space)
    whole, few = (locate(MODEL.reading(text), MODEL, terms) for terms in (None, sayings.terms))
    assert sayings.spans(whole) == sayings.spans(few)


def test_what_is_not_said_stands_nowhere() -> None:
    assert spans("tea farming", "graphen") == {}
    assert spans("", "graphen", "coat") == {}


def test_a_phrase_is_said_by_two_words_in_a_row() -> None:
    phrase = "wear resist"
    assert phrase in list(MODEL.space.names)
    assert spans("a wear-resistant film", phrase) == {phrase: ("wear-resistant", 2, 1.0)}
    assert spans("resistant to wear. Resistant", phrase) == {}


def test_what_was_read_stays_good_when_records_bring_new_words() -> None:
    """Records come all day; each makes a new text model over the same fitted terms."""
    text = "graphene zzqxium coating"
    before = read(text)
    assert [number for number, *_ in before.tokens][1] is None
    later = changed(OUTCOMES, [Item(id="new", title="zzqxium zzqxium")]).text
    assert later.reading(text) is MODEL.reading(text)
    after = locate(later.reading(text), later)
    assert [number for number, *_ in after.tokens][1] == later.reader.table.get("zzqxium")
    assert [token[1:] for token in after.tokens] == [token[1:] for token in before.tokens]
