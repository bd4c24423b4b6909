"""Rows of shown lists with the features that the ranking would have for them."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from matcher.domain.enums import DeclineReason, Noun
from matcher.recommend.decline_lessons import ALL
from matcher.recommend.examination import Examination
from matcher.recommend.feedback import Feedback
from matcher.recommend.folds import UNJUDGED, Folds
from matcher.recommend.learning_lists import learning_rows
from matcher.recommend.pair_features import Askers, feature_names
from matcher.recommend.shown_lists import Shown, ShownLists, shown_lists
from tests.recommend.some_learning import DAY, SUBJECTS, feedback, same_subject, taught, untaught

SAME = len(SUBJECTS)
SHOWN = np.array([0, 1, 2, 6, 7])
"""The places of the rows of these lists; the others were drawn."""
LISTS = [[(0, SAME, 1), (0, 1, 1), (5, SAME + 5, 1)], [(2, 3, 2), (2, SAME + 2, 2)]]
JUDGED = [(0, 1, 1, DAY, 0.6, -1), (2, SAME + 2, 2, DAY, -0.5, -1)]


def rows(known: Feedback, judged: Folds | None = None, asker: Noun = Noun.NEED) -> Shown:
    plain = Folds((untaught(),), np.zeros(len(known.impressions), np.int64))
    return Shown.of(judged or plain, known, learning_rows(known, 9), asker, Noun.OUTCOME)


def told(known: Feedback, judged: Folds | None = None, asker: Noun = Noun.NEED) -> ShownLists:
    shown = rows(known, judged, asker)
    askers = Askers.read(shown.judged.collections[0], asker, shown.asking)
    return shown_lists(shown, shown.features(askers), askers, Examination())


def test_rows_know_whose_ties_judge_them_and_where_their_records_stand() -> None:
    known = feedback(JUDGED, LISTS)
    found = rows(known)
    assert found.asking.tolist() == [0, 0, 5, 2, 2]
    assert found.asked.tolist() == [SAME, 1, SAME + 5, 3, SAME + 2]
    assert found.folds.tolist() == [0] * 5
    assert found.standing.on == known.last_day()
    by_managers = rows(known, asker=Noun.MANAGER)
    assert by_managers.asking.tolist() == [1, 1, 1, 2, 2]
    part = found.where(np.array([1, 4]))
    assert (part.asked.tolist(), part.rows.lists.tolist()) == ([1, SAME + 2], [0, 1])


def test_rows_that_no_ties_judge_are_left_out() -> None:
    known = feedback(JUDGED, LISTS)
    judged = Folds((untaught(),), np.array([0, 0, UNJUDGED, UNJUDGED, 0]))
    assert rows(known, judged).rows.places.tolist() == [0, 1, 4]
    assert told(known, judged).lists.lists.tolist() == [0, 0, 0, 0, 1]


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


def test_what_is_declined_for_a_region_teaches_the_region_alone() -> None:
    region = list(DeclineReason).index(DeclineReason.REGION)
    known = feedback([JUDGED[0], (2, SAME + 2, 2, DAY, -0.5, region)], LISTS)
    found = told(known)
    declined = SHOWN[-1]
    assert found.lessons.focus[declined] == found.names.index("region")
    assert set(np.delete(found.lessons.focus, declined).tolist()) == {ALL}
    # It counts no less than what nobody touched.
    assert found.lists.gains[declined] == 0


def test_rows_of_records_that_arent_in_the_models_are_left_out() -> None:
    known = feedback(JUDGED, LISTS)
    ids = list(known.ids[Noun.OUTCOME])
    ids[1] = "gone"
    found = told(replace(known, ids={**known.ids, Noun.OUTCOME: tuple(ids)}))
    assert found.lists.lists.tolist() == [0, 0, 1, 1]
    assert not found.went.any()


def test_a_third_record_need_not_be_in_the_models() -> None:
    """Whoever was shown the list, a need asks for an outcome."""
    known = feedback(JUDGED, LISTS)
    gone = tuple(f"gone {id_}" for id_ in known.ids[Noun.MANAGER])
    known = replace(known, ids={**known.ids, Noun.MANAGER: gone})
    assert len(rows(known).asked) == len(SHOWN)
    assert len(rows(known, asker=Noun.MANAGER).asked) == 0


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
