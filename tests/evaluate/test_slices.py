"""Warm and cold pairs, and pairs that cross languages."""

import numpy as np

from matcher.evaluate.pairs import Pairs
from matcher.evaluate.slices import (
    cross_language,
    known_askers,
    known_candidates,
    translated,
    warm,
)

ASKERS, CANDIDATES = ("n0", "n1", "n2"), ("o0", "o1", "o2")


def pairs(*rows: tuple[int, int, float]) -> Pairs:
    askers, candidates, grades = zip(*rows, strict=True)
    codes = np.array(askers, np.int32), np.array(candidates, np.int32)
    return Pairs(
        ASKERS, CANDIDATES, *codes, np.ones(len(rows), np.int32), np.array(grades, np.float32)
    )


TRAIN = pairs((0, 0, 1.0), (1, 1, -0.5), (2, 0, 0.3))
TEST = pairs((0, 0, 1.0), (0, 1, 1.0), (1, 0, 1.0), (1, 2, 1.0))


def test_a_side_is_known_by_positive_judgements_alone() -> None:
    assert known_askers(TRAIN, TEST).tolist() == [True, True, False, False]
    assert known_candidates(TRAIN, TEST).tolist() == [True, False, True, False]


def test_warm_is_known_on_both_sides() -> None:
    assert warm(TRAIN, TEST).tolist() == [True, False, False, False]


def test_a_pair_crosses_languages_when_it_has_none_in_common() -> None:
    zh, en = frozenset(["zh"]), frozenset(["en"])
    found = cross_language(TEST, {"n0": zh, "n1": en}, {"o0": en, "o1": zh | en, "o2": frozenset()})
    assert found.tolist() == [True, False, False, False]


def test_a_pair_of_unknown_languages_crosses_nothing() -> None:
    assert not cross_language(TEST, {}, {"o0": frozenset(["en"])}).any()


def test_a_translated_pair_goes_from_one_language_alone_to_another_alone() -> None:
    zh, en = frozenset(["zh"]), frozenset(["en"])
    askers, candidates = {"n0": zh, "n1": en}, {"o0": en, "o1": zh | en, "o2": zh}
    assert translated(TEST, askers, candidates, "zh", "en").tolist() == [True, False, False, False]
    assert translated(TEST, askers, candidates, "en", "zh").tolist() == [False, False, False, True]
