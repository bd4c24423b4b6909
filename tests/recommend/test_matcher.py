"""The engine as a library, from its front door."""

import doctest
import random

import numpy as np
import pytest
from scipy import sparse

import matcher as package
from matcher import Item, Matcher
from matcher.errors import DuplicateId, InvalidValue
from matcher.files.records import read_records
from matcher.files.vocabulary import Role
from matcher.files.vocabulary_file import load_vocabulary
from matcher.recommend import matcher as module
from matcher.recommend.ranking import Ranking
from matcher.recommend.rules import Request, Rule
from matcher.resources import data_path

OUTCOMES = [
    Item("o1", text="graphene coating for guideways"),
    Item("o2", text="rice breeding"),
    Item("o3", text="graphene paste for rice cookers"),
]


def ids(ranking: Ranking) -> list[str]:
    return [match.candidate_id for match in ranking.matches]


def test_the_front_door() -> None:
    assert package.Matcher is Matcher
    assert package.Item is Item
    with pytest.raises(AttributeError, match="Nothing"):
        _ = package.Nothing  # type: ignore[attr-defined]


def test_the_example_in_the_docstring_runs() -> None:
    found = doctest.testmod(module)
    assert found.attempted >= 4
    assert found.failed == 0


def test_duplicate_candidates_are_named() -> None:
    with pytest.raises(DuplicateId, match="candidate id 'o1'") as caught:
        Matcher.fit([*OUTCOMES, OUTCOMES[0]], [])
    assert caught.value.values["rows"] == (1, 4)


def test_duplicate_queries_are_named() -> None:
    with pytest.raises(DuplicateId, match="query id 'n'"):
        Matcher.fit(OUTCOMES, [Item("n"), Item("n")])


def test_a_candidate_and_a_query_may_share_an_id() -> None:
    [ranking] = Matcher.fit(OUTCOMES, [Item("o1", text="rice breeding")]).match()
    assert ids(ranking)[0] == "o2"


def test_no_candidates_are_refused() -> None:
    with pytest.raises(InvalidValue, match="no candidates"):
        Matcher.fit([], [Item("n", text="rice")])


def test_one_candidate_and_one_query() -> None:
    fitted = Matcher.fit(OUTCOMES[:1], [Item("n", text="石墨烯")])
    [ranking] = fitted.match()
    assert ids(ranking) == ["o1"]
    # All that is asked is covered by terms; the content of so few texts may say nothing.
    texts = fitted.model.recipe.texts
    assert texts["concepts"] <= ranking.matches[0].score <= 1
    assert ranking.matches[0].parts["concepts"] == pytest.approx(texts["concepts"])


def test_no_queries_no_rankings_but_searches() -> None:
    fitted = Matcher.fit(OUTCOMES, [])
    assert list(fitted.match()) == []
    assert list(fitted.search([])) == []
    assert [ids(ranking) for ranking in fitted.search([Item("x", text="breeding")])] == [["o2"]]


@pytest.mark.parametrize("text", ["", "zzqx vvkw", "。,!", "the of and"])
def test_a_query_without_a_known_word_has_no_matches(text: str) -> None:
    fitted = Matcher.fit(OUTCOMES, [Item("n", text=text)])
    [ranking] = fitted.match()
    assert ranking.matches == ()
    assert [r.matches for r in fitted.search([Item("x", text=text)])] == [()]


def test_candidates_without_a_word_match_nothing() -> None:
    [ranking] = Matcher.fit([Item("a"), Item("b")], [Item("n", text="rice")]).match()
    assert ranking.matches == ()


def test_rankings_come_in_the_order_of_the_queries() -> None:
    queries = [Item(f"n{i}", text="rice") for i in (3, 1, 2)]
    assert [r.query_id for r in Matcher.fit(OUTCOMES, queries).match()] == ["n3", "n1", "n2"]


def test_k_and_request() -> None:
    fitted = Matcher.fit(OUTCOMES, [Item("n", text="graphene rice")])
    assert len(ids(next(fitted.match(k=2)))) == 2
    assert len(ids(next(fitted.match(k=2, request=Request(k=3))))) == 3


def test_the_rules_of_the_request_apply() -> None:
    fitted = Matcher.fit(OUTCOMES, [Item("n", text="graphene rice")])
    [ranking] = fitted.match(request=Request(only=["o2"]))
    assert ids(ranking) == ["o2"]
    assert ranking.removed == {Rule.NOT_LISTED: 2}


CROSSED = [
    Item("a1", text="lithium battery"),
    Item("a2", text="cobalt recovery"),
    Item("a3", text="tea farming"),
    Item("a4", text="bridge paint"),
]
# q1 and q2 like the same; only q2 was seen with a2.
TASTES = [("q1", "a1", 1.0), ("q2", "a1", 1.0), ("q2", "a2", 1.0), ("q3", "a3", 1.0),
          ("q4", "a3", 1.0), ("q4", "a4", 1.0)]  # fmt: skip
ASKERS = [Item(f"q{i}") for i in (1, 2, 3, 4)]


def test_a_query_with_interactions_only_finds_what_its_like_goes_with() -> None:
    fitted = Matcher.fit(CROSSED, ASKERS, interactions=TASTES)
    rankings = {ranking.query_id: ranking for ranking in fitted.match()}
    assert ids(rankings["q1"])[0] == "a2"
    assert rankings["q1"].matches[0].parts["collaborative"] > 0
    assert rankings["q1"].removed == {Rule.KNOWN: 1}


def test_known_pairs_stay_when_asked() -> None:
    fitted = Matcher.fit(CROSSED, ASKERS, interactions=TASTES)
    for ranking in fitted.match(request=Request(keep_known=True)):
        liked = {candidate for query, candidate, _ in TASTES if query == ranking.query_id}
        assert liked <= set(ids(ranking))
        assert not ranking.removed


def test_interactions_may_be_a_matrix() -> None:
    matrix = np.zeros((4, 4), np.int64)
    for query, candidate, _ in TASTES:
        matrix[int(query[1]) - 1, int(candidate[1]) - 1] = 1
    pairs = Matcher.fit(CROSSED, ASKERS, interactions=TASTES)
    for kind in (sparse.csr_array, sparse.csr_matrix):
        fitted = Matcher.fit(CROSSED, ASKERS, interactions=kind(matrix))
        assert list(fitted.rank()) == list(pairs.rank())


def test_interactions_of_strangers_and_of_weight_0_say_nothing() -> None:
    strangers = [("q1", "nobody", 1.0), ("nobody", "a1", 1.0), ("q1", "a1", 0.0)]
    queries = [Item("q1", text="lithium battery")]
    [ranking] = Matcher.fit(CROSSED, queries, interactions=strangers).match()
    assert ids(ranking)[0] == "a1"
    assert not ranking.removed


@pytest.mark.parametrize("weight", [-1.0, float("nan"), float("inf")])
def test_a_weight_has_to_be_a_number_from_0_up(weight: float) -> None:
    with pytest.raises(InvalidValue, match="weight"):
        Matcher.fit(CROSSED, ASKERS, interactions=[("q1", "a1", weight)])


def test_a_matrix_of_another_shape_is_refused() -> None:
    with pytest.raises(InvalidValue, match="4 queries and 4 candidates"):
        Matcher.fit(CROSSED, ASKERS, interactions=sparse.csr_array((4, 3), dtype=np.float32))


def test_legs(outcomes: tuple[Item, ...]) -> None:
    assert Matcher.fit(outcomes, []).legs == ("concepts", "content")
    fitted = Matcher.fit(CROSSED, ASKERS, interactions=TASTES)
    assert fitted.legs == ("concepts", "content", "factors", "collaborative")


def test_two_fits_rank_alike(outcomes: tuple[Item, ...], needs: tuple[Item, ...]) -> None:
    liked = [("n1", "o3", 1.0), ("n2", "o3", 1.0), ("n2", "o4", 2.0)]
    one, other = (Matcher.fit(outcomes, needs, interactions=liked) for _ in range(2))
    assert list(one.match()) == list(other.match())


def test_the_order_of_the_candidates_does_not_matter(
    matcher: Matcher, outcomes: tuple[Item, ...], needs: tuple[Item, ...]
) -> None:
    shuffled = random.Random(5).sample(outcomes, len(outcomes))
    fitted = Matcher.fit(shuffled, needs)
    concepts = {"concepts": 1.0}
    for (_, one), (_, other) in zip(
        matcher.rank(weights=concepts), fitted.rank(weights=concepts), strict=True
    ):
        assert [id_ for id_, _ in one] == [id_ for id_, _ in other]
        assert [score for _, score in one] == pytest.approx([score for _, score in other])


def test_a_query_ranks_alike_whoever_else_is_searched_for(
    matcher: Matcher, needs: tuple[Item, ...]
) -> None:
    together = list(matcher.search(needs))
    assert [next(matcher.search([need])) for need in needs] == together


def test_weights_of_one_leg_leave_the_others_out(matcher: Matcher) -> None:
    ranked = dict(matcher.rank(weights={"content": 1.0}))
    content = dict(matcher.rank(weights={"content": 3.0, "concepts": 0.0}))
    assert ranked == content
    assert ranked != dict(matcher.rank(weights={"concepts": 1.0}))


def test_rank_says_what_match_says(matcher: Matcher) -> None:
    for (query, ranked), ranking in zip(matcher.rank(), matcher.match(k=100), strict=True):
        assert query == ranking.query_id
        assert ranked == [(match.candidate_id, match.score) for match in ranking.matches]


@pytest.mark.parametrize(
    "weights",
    [{"concept": 1.0}, {}, {"concepts": 0.0}, {"concepts": -1.0, "content": 2.0},
     {"concepts": float("nan")}, {"concepts": float("inf")}],
)  # fmt: skip
def test_weights_that_can_not_be_used(matcher: Matcher, weights: dict[str, float]) -> None:
    with pytest.raises(InvalidValue, match="leg"):
        list(matcher.rank(weights=weights))


# Needs whose one best outcome stands far ahead; the last five are in the other language.
GOLDEN = ["N102", "N113", "N202", "N206", "N604", "N103", "N203", "N207", "N309", "N817"]


@pytest.fixture(scope="module")
def sample() -> dict[str, list[str]]:
    """The three best outcomes of every need of the sample."""
    vocabulary = load_vocabulary(data_path("mappings", "default.toml"))
    queries, candidates = (
        [
            Item(r.id, r.title, r.text, r.keywords, r.lang, r.portfolio, r.facts)
            for r in read_records(data_path("sample", f"{name}.jsonl"), vocabulary, role)
        ]
        for name, role in (("needs", Role.QUERY), ("outcomes", Role.CANDIDATE))
    )
    fitted = Matcher.fit(candidates, queries)
    return {ranking.query_id: ids(ranking) for ranking in fitted.match(k=3, explain=False)}


def best_outcomes(need: str) -> set[str]:
    lines = data_path("sample", "judgements.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines]
    return {
        id_ for query, kind, id_, grade in rows if (query, kind, grade) == (need, "outcome", "3")
    }


@pytest.mark.slow
@pytest.mark.parametrize("need", GOLDEN)
def test_the_best_outcome_is_among_the_first_three(sample: dict[str, list[str]], need: str) -> None:
    best = best_outcomes(need)
    assert best
    assert best <= set(sample[need])


def test_search_understands_chinese_words_that_were_nowhere_when_it_learned():
    outcomes = [Item("o1", text="graphene coating for guideways"), Item("o2", text="rice breeding")]
    matcher = Matcher.fit(outcomes, [])
    found = list(matcher.search([Item("n1", text="水稻"), Item("n2", text="石墨烯涂层")]))
    assert [ranking.matches[0].candidate_id for ranking in found] == ["o2", "o1"]
    [why] = found[0].matches[0].reasons
    assert why.values["pairs"][0]["query"] == "水稻"
    assert why.values["pairs"][0]["candidate"] == "rice"
    again = list(matcher.search([Item("n1", text="水稻")]))
    assert again[0].matches[0].score == found[0].matches[0].score
