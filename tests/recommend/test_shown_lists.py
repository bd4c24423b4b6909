"""Rows of shown lists with the features that the ranking would have for them."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from matcher.domain.enums import Noun
from matcher.recommend.examination import Examination
from matcher.recommend.feedback import Feedback
from matcher.recommend.folds import Folds
from matcher.recommend.shown_lists import ShownLists, shown_lists
from matcher.recommend.weighing import feature_names
from tests.recommend.some_learning import DAY, SUBJECTS, feedback, same_subject, taught, untaught

SAME = len(SUBJECTS)
SHOWN = np.array([0, 1, 2, 6, 7])
"""The places of the rows of these lists; the others were drawn."""
LISTS = [[(0, SAME, 1), (0, 1, 1), (5, SAME + 5, 1)], [(2, 3, 2), (2, SAME + 2, 2)]]
JUDGED = [(0, 1, 1, DAY, 0.6, -1), (2, SAME + 2, 2, DAY, -0.5, -1)]


def told(known: Feedback, judged: Folds | None = None, asker: Noun = Noun.NEED) -> ShownLists:
    plain = Folds((untaught(),), np.zeros(len(known.impressions), np.int64))
    return shown_lists(judged or plain, known, Examination(), asker, Noun.OUTCOME)


@cache
def both() -> ShownLists:
    return told(feedback(JUDGED, LISTS))


def test_what_came_of_each_row_and_whether_it_was_looked_at() -> None:
    found = both()
    shown = found.where(SHOWN)
    assert shown.lists.lists.tolist() == [0, 0, 0, 1, 1]
    assert shown.went.tolist() == [False, True, False, False, False]
    # Nobody acted below the second row of the first list.
    assert shown.seen.tolist() == [True, True, False, True, True]
    np.testing.assert_allclose(shown.lists.gains, [0, 0.6, 0, 0, 0])


def test_what_was_drawn_stands_behind_its_list_and_nobody_saw_it() -> None:
    """The first list has three rows and one that went somewhere; the second has none."""
    found = both()
    assert found.lists.lists.tolist() == [0] * 6 + [1] * 2
    drawn = found.where(np.array([3, 4, 5]))
    assert not drawn.went.any()
    assert not drawn.seen.any()
    assert not drawn.lists.gains.any()
    assert not drawn.lists.weights.any()


def test_features_are_named_and_say_who_goes_together() -> None:
    found = both().where(SHOWN)
    assert found.names == feature_names(untaught().models[Noun.OUTCOME])
    concepts = found.lists.features[:, found.names.index("concepts")]
    together = [same_subject(need, outcome) for rows in LISTS for need, outcome, _ in rows]
    assert concepts[together].min() > concepts[np.logical_not(together)].max()


@pytest.mark.slow
def test_each_row_is_judged_by_the_ties_of_its_fold() -> None:
    known = feedback(JUDGED, LISTS)
    folds = np.array([0, 1, 0, 0, 1])
    found = told(known, Folds((untaught(), taught()), folds)).where(SHOWN)
    factors = found.lists.features[:, found.names.index("factors")]
    assert not factors[folds == 0].any()
    assert factors[folds == 1].any()
    by_taught = told(known, Folds((taught(),), np.zeros(5, np.int64))).where(SHOWN).lists.features
    np.testing.assert_array_equal(found.lists.features[folds == 1], by_taught[folds == 1])


def test_rows_of_records_that_arent_in_the_models_are_left_out() -> None:
    known = feedback(JUDGED, LISTS)
    ids = list(known.ids[Noun.OUTCOME])
    ids[1] = "gone"
    found = told(replace(known, ids={**known.ids, Noun.OUTCOME: tuple(ids)}))
    assert found.lists.lists.tolist() == [0, 0, 1, 1]
    assert not found.went.any()


def test_a_part_keeps_its_rows_together() -> None:
    kept = np.array([1, 6])
    part = both().where(kept)
    assert len(part) == 2
    np.testing.assert_array_equal(part.lists.features, both().lists.features[kept])
    np.testing.assert_array_equal(part.lists.weights, both().lists.weights[kept])
    assert (part.went.tolist(), part.seen.tolist()) == ([True, False], [True, True])


@pytest.mark.parametrize("lists", [[], LISTS])
def test_nothing_shown_or_nothing_come_of_it_is_no_rows(
    lists: list[list[tuple[int, int, int]]],
) -> None:
    assert len(told(feedback([], lists))) == 0
