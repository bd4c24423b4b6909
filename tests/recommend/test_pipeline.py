"""One query through the whole line."""

import math

import pytest

from matcher.domain.item import Item
from matcher.recommend.bands import Band
from matcher.recommend.matcher import Matcher
from matcher.recommend.pipeline import recommend
from matcher.recommend.ranking import Ranking
from matcher.recommend.rules import Request, Rule, Rules


def ask(matcher: Matcher, request: Request, *, explain: bool = True) -> list[Ranking]:
    rules = Rules(matcher.model.candidates, request)
    return [
        recommend(query, matcher.model, rules, request, explain=explain)
        for query in matcher.queries
    ]


def test_parts_sum_to_the_score_to_the_bit(matcher: Matcher) -> None:
    for ranking in ask(matcher, Request()):
        assert ranking.matches
        for match in ranking.matches:
            assert math.fsum(match.parts.values()) == match.score
            assert all(part >= 0 for part in match.parts.values())
            assert 0 < match.score <= 1 + 1e-9


def test_ranks_count_up_and_scores_go_down(matcher: Matcher) -> None:
    for ranking in ask(matcher, Request()):
        assert [m.rank for m in ranking.matches] == list(range(1, len(ranking.matches) + 1))
        scores = [m.score for m in ranking.matches]
        assert scores == sorted(scores, reverse=True)


def test_k_cuts_the_list(matcher: Matcher) -> None:
    longer, shorter = ask(matcher, Request()), ask(matcher, Request(k=1))
    for one, other in zip(longer, shorter, strict=True):
        assert other.matches == one.matches[:1]


def test_what_is_explained_is_ranked_alike(matcher: Matcher) -> None:
    for bare, told in zip(
        ask(matcher, Request(), explain=False), ask(matcher, Request()), strict=True
    ):
        assert [m.candidate_id for m in bare.matches] == [m.candidate_id for m in told.matches]
        assert [m.score for m in bare.matches] == [m.score for m in told.matches]
        assert all(m.band is None and m.evidence is None and not m.reasons for m in bare.matches)
        assert all(isinstance(m.band, Band) and m.evidence for m in told.matches)


def test_a_removed_candidate_is_counted_and_gone(matcher: Matcher) -> None:
    best = ask(matcher, Request())[0].matches[0].candidate_id
    ranking = ask(matcher, Request(excluded=[best]))[0]
    assert ranking.removed == {Rule.EXCLUDED: 1}
    assert best not in {match.candidate_id for match in ranking.matches}


def test_equal_scores_stand_in_order_of_id() -> None:
    twins = [Item(id_, text="steel pump") for id_ in ("b10", "a", "b9", "c")]
    fitted = Matcher.fit([*twins, Item("z", text="tea farming")], [Item("n", text="steel pump")])
    [ranking] = ask(fitted, Request())
    assert [match.candidate_id for match in ranking.matches] == ["a", "b10", "b9", "c"]
    assert len({match.score for match in ranking.matches}) == 1


TEXTS = {
    "p1": "steel pump housing",
    "p2": "steel pump housing",
    "p3": "pump bearing for dredgers",
    "p4": "tea farming",
    "p5": "ceramic pump",
}


@pytest.fixture(scope="module")
def pumps() -> Matcher:
    items = [Item(id_, text=text) for id_, text in TEXTS.items()]
    return Matcher.fit(items, [Item("n", text="steel pump housing bearing")])


def test_without_diversity_the_order_stays(pumps: Matcher) -> None:
    [plain], [zero] = ask(pumps, Request()), ask(pumps, Request(diversity=0.0))
    assert zero.matches == plain.matches


def test_diversity_takes_the_repeat_later(pumps: Matcher) -> None:
    [plain], [mixed] = ask(pumps, Request()), ask(pumps, Request(diversity=0.7))
    assert [m.candidate_id for m in plain.matches[:2]] == ["p1", "p2"]
    assert mixed.matches[0].candidate_id == "p1"
    assert mixed.matches[1].candidate_id != "p2"
    assert {m.candidate_id for m in mixed.matches} == {m.candidate_id for m in plain.matches}
    assert [m.rank for m in mixed.matches] == list(range(1, len(mixed.matches) + 1))
