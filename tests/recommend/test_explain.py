"""Evidence: words that stand in both texts, in either language."""

import pytest

from matcher.domain.item import Item
from matcher.recommend.explain import (
    MOST_TERMS,
    Evidence,
    MatchedTerm,
    Span,
    convincing,
    matched_terms,
)
from matcher.recommend.matcher import Matcher
from matcher.recommend.rules import Request
from matcher.text.repair import repair_text

RICE = [Item("q", text="水稻")]


def found(matcher: Matcher, query: Item) -> dict[str, Evidence]:
    """The evidence of every match of a query, by candidate."""
    [ranking] = matcher.search([query])
    return {match.candidate_id: match.evidence for match in ranking.matches if match.evidence}


def words(terms: tuple[MatchedTerm, ...]) -> list[tuple[str, str]]:
    return [(term.query.words, term.candidate.words) for term in terms]


def test_terms_are_substrings_at_their_spans(matcher: Matcher, needs: tuple[Item, ...]) -> None:
    seen = 0
    for need in needs:
        body = repair_text(need.body)
        for evidence in found(matcher, need).values():
            for term in evidence.terms:
                assert body[term.query.start : term.query.end] == term.query.words != ""
                text = evidence.text[term.candidate.start : term.candidate.end]
                assert text == term.candidate.words != ""
                seen += 1
    assert seen >= len(needs)


def test_shares_are_parts_of_one_score(matcher: Matcher, needs: tuple[Item, ...]) -> None:
    for need in needs:
        for evidence in found(matcher, need).values():
            shares = [term.share for term in evidence.terms]
            assert shares == sorted(shares, reverse=True)
            assert len(shares) <= MOST_TERMS
            assert sum(shares) <= 1 + 1e-6
            assert all(share > 0 for share in shares)


def test_an_english_query_meets_a_chinese_text(matcher: Matcher) -> None:
    assert ("graphene", "石墨烯") in words(found(matcher, Item("q", text="graphene"))["o1"].terms)


def test_a_chinese_query_meets_an_english_text() -> None:
    fitted = Matcher.fit([Item("o1", text="Rice varieties"), Item("o2", text="Paint")], RICE)
    [ranking] = fitted.match()
    assert ranking.matches[0].evidence is not None
    terms = ranking.matches[0].evidence.terms
    assert ("水稻", "rice") in [(one, other.lower()) for one, other in words(terms)]


def test_the_case_of_a_text_is_kept(matcher: Matcher) -> None:
    terms = found(matcher, Item("q", text="GRAPHENE"))["o1"].terms
    assert ("GRAPHENE", "石墨烯") in words(terms)


@pytest.fixture(scope="module")
def phrases() -> Matcher:
    texts = ("a heat pump for hot water", "heat pump dryer", "pump seals", "heat shields", "paint")
    return Matcher.fit([Item(f"p{i}", text=text) for i, text in enumerate(texts)], [])


def test_a_phrase_covers_its_words(phrases: Matcher) -> None:
    terms = found(phrases, Item("q", text="a heat pump"))["p1"].terms
    assert words(terms) == [("heat pump", "heat pump")]
    assert terms[0].share == pytest.approx(1)


def test_words_apart_are_no_phrase(phrases: Matcher) -> None:
    terms = found(phrases, Item("q", text="pump. Something of heat"))["p1"].terms
    assert set(words(terms)) == {("heat", "heat"), ("pump", "pump")}


@pytest.mark.parametrize("order", [(3, 7, 9), (9, 7, 3)])
def test_equals_stand_in_the_order_of_the_text(order: tuple[int, ...]) -> None:
    """Numbers of concepts follow what was added to the index, for others to see or not."""
    spans = {
        3: Span("kiln", 8, 12, 1.0),
        7: Span("fibre", 0, 5, 1.0),
        9: Span("hot", 20, 23, 1.0),
    }
    shares = [(concept, 0.5 if concept == 9 else 0.25) for concept in order]
    found = matched_terms(shares, spans, spans)
    assert [term.query.words for term in found] == ["hot", "fibre", "kiln"]


def test_a_guess_adds_to_a_pair_with_a_chinese_word_and_makes_none() -> None:
    asked = {1: Span("铁路", 0, 2, 0.6), 2: Span("铁路", 0, 2, 0.6), 3: Span("石墨烯", 3, 6, 0.6)}
    offered = {
        1: Span("railway", 0, 7, 1.0),
        2: Span("railway", 0, 7, 1.0),
        3: Span("graph", 9, 14, 1.0),
    }
    shares = [(3, 0.5), (2, 0.3), (1, 0.2)]
    found = matched_terms(shares, asked, offered, range(2, 4))
    assert [(term.candidate.words, term.share) for term in found] == [("railway", 0.5)]
    latin = {3: Span("graphite", 0, 8, 1.0)}
    found = matched_terms(shares, latin, offered, range(2, 4))
    assert [term.candidate.words for term in found] == ["graph"]
    unlike = {3: Span("graphene", 0, 8, 1.0)}, {3: Span("graveyards", 0, 10, 1.0)}
    assert matched_terms(shares, *unlike, range(2, 4)) == ()


def test_words_that_name_nothing_are_no_terms() -> None:
    asked = {1: Span("mm", 0, 2, 1.0), 2: Span("5 mm", 4, 8, 1.0), 3: Span("用", 9, 10, 1.0)}
    found = matched_terms([(1, 0.5), (2, 0.3), (3, 0.2)], asked, asked)
    assert [(term.query.words, term.share) for term in found] == [("5 mm", 0.3)]


def test_no_term_stands_inside_another(matcher: Matcher, needs: tuple[Item, ...]) -> None:
    def inside(one: MatchedTerm, other: MatchedTerm) -> bool:
        return all(
            b.start <= a.start and a.end <= b.end
            for a, b in ((one.query, other.query), (one.candidate, other.candidate))
        )

    for need in needs:
        for evidence in found(matcher, need).values():
            terms = evidence.terms
            assert not any(inside(a, b) for a in terms for b in terms if a is not b)


def test_without_a_query_text_there_are_no_terms(outcomes: tuple[Item, ...]) -> None:
    liked = [("q", "o3", 1.0), ("other", "o3", 1.0), ("other", "o4", 1.0)]
    queries = [Item("q"), Item("other")]
    fitted = Matcher.fit(outcomes, queries, interactions=liked)
    ranking = next(fitted.match(request=Request(keep_known=True)))
    assert ranking.matches
    for match in ranking.matches:
        assert match.evidence is not None
        assert match.evidence.terms == ()


@pytest.fixture(scope="module")
def people() -> Matcher:
    portfolio = ("Laser cladding of shafts.", "冷链物流温度监测。", "Coffee roasting.")
    return Matcher.fit(
        [
            Item("m1", text="Sells things.", portfolio=portfolio),
            Item("m2", portfolio=("Bridge paint.", "Tunnel paint.")),
            Item("m3", text="Tea farming."),
        ],
        [],
    )


@pytest.mark.parametrize(
    ("asked", "person", "text"),
    [
        ("laser cladding", "m1", "Laser cladding of shafts."),
        ("coffee", "m1", "Coffee roasting."),
        ("tunnel paint", "m2", "Tunnel paint."),
        ("tea", "m3", "Tea farming."),
    ],
)
def test_the_best_text_of_a_portfolio_is_shown(
    people: Matcher, asked: str, person: str, text: str
) -> None:
    assert found(people, Item("q", text=asked))[person].text == text


def test_more_of_the_query_is_more_strength(matcher: Matcher) -> None:
    whole = found(matcher, Item("q", text="ultrasonic inspection of welds"))["o5"]
    part = found(matcher, Item("q", text="ultrasonic rice battery lithium"))["o5"]
    assert whole.strength > part.strength > 0


@pytest.mark.parametrize(
    ("one", "other", "shown"),
    [
        (("石墨烯", 1.0), ("graphene", 1.0), True),
        (("维护", 0.2), ("保温", 0.2), False),
        (("劈", 1.0), ("open", 1.0), False),
        (("0", 1.0), ("0", 1.0), False),
        (("mm", 1.0), ("MM", 1.0), True),
        (("骨", 0.01), ("骨", 0.01), True),
        (("南方", 0.5), ("零件", 0.5), False),
        (("雨季", 0.6), ("阴天", 0.6), True),
        (("腐蚀", 0.4), ("腐蚀速率", 0.4), True),
    ],
)
def test_only_pairs_a_person_would_understand_are_shown(one, other, shown):
    """`劈` can mean open, and both `维护` and `保温` can mean keep: true, and no reason. Chinese
    words without a common character are held to more."""
    spans = [Span(words, 0, len(words), weight) for words, weight in (one, other)]
    assert convincing(*spans) is shown
