"""One query through the whole line."""

import math
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from matcher.domain.item import Facts, Item
from matcher.domain.track import Track
from matcher.recommend.asking import Asking
from matcher.recommend.bands import Band
from matcher.recommend.calibration import Calibration
from matcher.recommend.corpus import read_queries
from matcher.recommend.facts import Standing
from matcher.recommend.learned import Learned
from matcher.recommend.matcher import Matcher
from matcher.recommend.model import query_of
from matcher.recommend.pipeline import recommend, recommend_each, with_reasons
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


def test_scores_of_two_queries_can_be_compared() -> None:
    """The one that is covered scores more than the one of which half is missing."""
    outcomes = [Item("a", text="laser cladding"), Item("b", text="graphene")]
    queries = [
        Item("whole", text="laser cladding"),
        Item("half", text="graphene rolling mill bearing"),
    ]
    fitted = Matcher.fit([*outcomes, Item("z", text="rolling mill bearing seat")], queries)
    request = Request(only=["a", "b"])
    best = {ranking.query_id: ranking.matches[0].score for ranking in ask(fitted, request)}
    assert best["whole"] > 0.9
    assert best["half"] < 0.6


@pytest.fixture(scope="module")
def steels() -> Matcher:
    items = [
        Item("near", text="steel pump", facts=Facts(region="330106", trl=9)),
        Item("far", text="steel pump", facts=Facts(region="510100", trl=9)),
        Item("tea", text="tea farming", facts=Facts(region="330106", trl=9)),
    ]
    return Matcher.fit(items, [Item("n", text="steel pump", facts=Facts(region="330106"))])


def test_facts_decide_where_they_weigh_and_find_nobody(steels: Matcher) -> None:
    [query], request = steels.queries, Request()
    rules = Rules(steels.model.candidates, request)
    weights = {"concepts": 0.5, "region": 0.5}
    ranking = recommend(query, steels.model, rules, request, weights)
    assert [match.candidate_id for match in ranking.matches] == ["near", "far"]
    near, far = ranking.matches
    assert near.parts == pytest.approx({"concepts": 0.5, "region": 0.5}, abs=1e-6)
    assert far.parts == pytest.approx({"concepts": 0.5, "region": 0.0}, abs=1e-6)


def test_whoever_fits_by_facts_alone_is_no_match_however_they_were_found(steels: Matcher) -> None:
    """The content of every text is looked at, also of one that says something else."""
    [query], request = steels.queries, Request(only=["tea"])
    rules = Rules(steels.model.candidates, request)
    weights = {"concepts": 0.5, "content": 1e-9, "region": 0.5}
    silent = replace(query, vectors={**query.vectors, "content": 0 * query.vectors["content"]})
    assert recommend(silent, steels.model, rules, request, weights).matches == ()


def test_what_was_learned_of_who_asks_ranks_and_says_how_likely(steels: Matcher) -> None:
    line = Calibration(np.array([0.0, 1.0]), np.array([0.1, 0.5]), labels=200)
    learned = {"need": Learned({"concepts": 0.5, "region": 0.5}, 200, 0.8, line)}
    model = replace(steels.model, learned=learned)
    item, request = steels.queries[0].item, Request()
    side, rules = read_queries(model.text, [item]), Rules(model.candidates, request)
    found = {
        asker: recommend(query_of(item, side, 0, model, asker), model, rules, request).matches
        for asker in ("need", "outcome")
    }
    assert [match.candidate_id for match in found["need"]] == ["near", "far"]
    for match in found["need"]:
        assert set(match.parts) == {"concepts", "region"}
        assert match.likelihood == pytest.approx(0.1 + 0.4 * match.score)
    used = {name for name, weight in model.recipe.listings.items() if weight > 0}
    for match in found["outcome"]:
        assert match.likelihood is None
        assert set(match.parts) <= used


def test_how_managers_stand_is_part_of_the_score() -> None:
    people = [
        Item(id_, text="steel", portfolio=("steel pump",), facts=Facts(capacity=4))
        for id_ in ("busy", "free", "full")
    ]
    fitted = Matcher.fit([*people, Item("z", text="tea")], [Item("n", text="steel pump")])
    tracks = {"busy": Track(carrying=3), "full": Track(carrying=4)}
    request = Request(standing=Standing(on=date(2026, 11, 1), tracks=tracks))
    [query], rules = fitted.queries, Rules(fitted.model.candidates, request)
    weights = {"concepts": 0.5, "room": 0.5}
    ranking = recommend(query, fitted.model, rules, request, weights)
    assert [match.candidate_id for match in ranking.matches] == ["free", "busy"]
    assert [match.parts["room"] for match in ranking.matches] == [0.5, 0.125]
    assert ranking.removed == {Rule.NO_CAPACITY: 1}


def test_many_are_ranked_at_once_as_one_by_one(matcher: Matcher) -> None:
    model = matcher.model
    items = [query.item for query in matcher.queries]
    asking = Asking.of(model, items)
    requests = [Request(k=k, excluded=[model.candidates[k].id]) for k in range(1, len(items) + 1)]
    for among in (None, np.arange(len(model.candidates)) % 2 == 0):
        live = model.candidates.live if among is None else model.candidates.live & among
        part = replace(model, candidates=replace(model.candidates, live=live))
        for row, ranking in enumerate(recommend_each(asking, requests, among)):
            rules = Rules(part.candidates, requests[row])
            alone = recommend(asking.query(row), part, rules, requests[row], explain=False)
            assert ranking.matches == alone.matches
            assert ranking.found.tolist() == alone.found.tolist()
    assert recommend_each(Asking.of(model, []), []) == []


def test_reasons_that_are_told_later_are_those_told_at_once(matcher: Matcher) -> None:
    request = Request(on=date(2026, 11, 1))
    for query, ranking in zip(matcher.queries, ask(matcher, request), strict=True):
        bare = [replace(m, band=None, evidence=None, reasons=()) for m in ranking.matches]
        told = [with_reasons(query, matcher.model, request, match) for match in bare]
        assert told == list(ranking.matches)
        gone = replace(bare[0], candidate_id="gone")
        assert with_reasons(query, matcher.model, request, gone) == gone
