"""What is asked: without what is known, over what is allowed, and apart by slice."""

import numpy as np
import pytest

from matcher.errors import InvalidValue
from matcher.evaluate.metrics import measure
from matcher.evaluate.pairs import Pairs
from matcher.evaluate.questions import DEPTH, questions

ASKERS, CANDIDATES = ("n0", "n1"), ("o0", "o1", "o2", "o3")
EVERYTHING = frozenset(CANDIDATES)


def pairs(*rows: tuple[int, int, float]) -> Pairs:
    askers, candidates, grades = zip(*rows, strict=True) if rows else ([], [], [])
    codes = np.array(askers, np.int32), np.array(candidates, np.int32)
    return Pairs(
        ASKERS, CANDIDATES, *codes, np.ones(len(rows), np.int32), np.array(grades, np.float32)
    )


def ranked(*names: str) -> list[tuple[str, float]]:
    return [(name, 1.0) for name in names]


def test_known_pairs_are_neither_asked_nor_ranked() -> None:
    train = pairs((0, 0, 1.0), (0, 1, -0.5), (0, 2, 0.0))
    asked = questions(train, pairs((0, 0, 1.0), (0, 1, 1.0), (0, 2, 1.0)), EVERYTHING)
    assert asked.qrels == {"n0": {"o2": 4}}
    found = asked.answered({"n0": ranked("o1", "o0", "o3", "o2")})
    assert found == {"n0": ranked("o3", "o2")}


def test_declined_and_unanswered_pairs_are_no_right_answers() -> None:
    asked = questions(pairs(), pairs((0, 0, -1.0), (0, 1, 0.0), (1, 3, 0.3)), EVERYTHING)
    assert asked.qrels == {"n1": {"o3": 1}}


def test_what_was_not_there_is_not_asked_but_counted() -> None:
    test = pairs((0, 0, 1.0), (0, 1, 1.0), (0, 1, 0.5), (1, 1, 1.0))
    asked = questions(pairs(), test, frozenset(["o0", "o3"]))
    assert asked.qrels == {"n0": {"o0": 4}}
    assert asked.unasked == 2


def test_a_part_leaves_the_other_right_answers_out_of_the_ranking() -> None:
    asked = questions(pairs(), pairs((0, 0, 1.0), (0, 1, 1.0), (1, 2, 1.0)), EVERYTHING)
    part = asked.part(np.array([False, True, False]))
    run = {"n0": ranked("o0", "o3", "o1"), "n1": ranked("o2")}
    assert part.qrels == {"n0": {"o1": 4}}
    assert part.answered(run) == {"n0": ranked("o3", "o1")}
    assert measure(part.answered(run), part.qrels, ["RR"])["RR"].tolist() == [0.5]
    assert asked.answered(run) == run


def test_an_asker_without_an_answer_has_an_empty_ranking() -> None:
    asked = questions(pairs(), pairs((0, 0, 1.0)), EVERYTHING)
    assert asked.answered({}) == {"n0": []}


def test_rankings_are_cut_at_the_same_depth_and_asked_for_deep_enough() -> None:
    many = tuple(f"o{number:03}" for number in range(300))
    codes = np.zeros(4, np.int32), np.arange(4, dtype=np.int32)
    both = Pairs(("n0",), many, *codes, np.ones(4, np.int32), np.ones(4, np.float32))
    first = np.arange(4) < 3
    asked = questions(both.where(first), both.where(~first), frozenset(many))
    assert asked.places == {"n0": DEPTH + 3 + 1}
    run = {"n0": ranked(*many[: asked.places["n0"]])}
    assert [name for name, _ in asked.answered(run)["n0"]] == list(many[3 : 3 + DEPTH])


def test_a_sample_is_of_whole_askers_and_seeded() -> None:
    ids = tuple(f"n{number:03}" for number in range(100))
    codes = np.repeat(np.arange(100, dtype=np.int32), 2), np.tile(np.int32([0, 1]), 100)
    test = Pairs(ids, CANDIDATES, *codes, np.ones(200, np.int32), np.ones(200, np.float32))
    asked = questions(test.where(np.zeros(200, np.bool_)), test, EVERYTHING)
    drawn = asked.sample(10)
    assert len(drawn.qrels) == 10
    assert all(right == {"o0": 4, "o1": 4} for right in drawn.qrels.values())
    assert drawn.qrels == asked.sample(10).qrels != asked.sample(10, seed=1).qrels
    assert asked.sample(100) is asked


def test_a_candidate_that_was_not_allowed_is_refused() -> None:
    asked = questions(pairs(), pairs((0, 0, 1.0)), frozenset(["o0"]))
    with pytest.raises(InvalidValue, match="ranks 'o1', which can't be for 'n0'"):
        asked.answered({"n0": ranked("o0", "o1")})
