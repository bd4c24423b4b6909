"""Models on the same questions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from matcher.evaluate.metrics import measure
from matcher.recommend.feedback import Feedback
from tests.training.some_training import DAY, TOPICS, accepted, gradually, rightly, topical
from training import held_out
from training.held_out import PRIMARY, ask, last_days, rank


def test_what_was_accepted_from_the_day_on_is_asked() -> None:
    pairs, days = [(0, 0), (1, 1), (2, 2), (3, 3)], [DAY - 1, DAY, DAY + 1, DAY + 2]
    asked = ask(accepted(pairs, days), DAY, (topical(),), until=DAY + 2)
    assert asked.qrels == {"w01": {"o01": 1}, "w02": {"o02": 1}}


def test_a_pair_that_was_judged_before_is_no_question() -> None:
    asked = ask(accepted([(0, 0), (0, 0), (0, 5)], [DAY - 3, DAY, DAY]), DAY, (topical(),))
    assert asked.qrels == {"w00": {"o05": 1}}
    ranked = rank(topical(), asked)["w00"]
    assert "o00" not in [candidate for candidate, _ in ranked]


def went_on(feedback: Feedback, since: int) -> Feedback:
    """The same, taken up so many days before."""
    rows = feedback.judgements
    return replace(feedback, judgements=replace(rows, first_days=rows.days - np.int32(since)))


def test_a_pair_that_was_taken_up_before_and_went_on_is_no_question() -> None:
    known = went_on(accepted([(0, 0), (1, 1)], [DAY, DAY + 9]), 5)
    assert ask(known, DAY, (topical(),)).qrels == {"w01": {"o01": 1}}
    assert ask(known, DAY - 5, (topical(),), until=DAY).qrels == {"w00": {"o00": 1}}


def test_the_days_are_those_on_which_pairs_were_taken_up() -> None:
    since, before = last_days(gradually()), last_days(went_on(gradually(), 7))
    assert since is not None
    assert before == since - 7


def test_nobody_is_asked_about_what_a_model_does_not_know() -> None:
    unknown = accepted([(0, 0)], [DAY])
    renamed = {noun: tuple(f"x{id_}" for id_ in ids) for noun, ids in unknown.ids.items()}
    object.__setattr__(unknown, "ids", renamed)
    assert ask(unknown, DAY, (topical(),)).qrels == {}


def test_the_right_text_is_ranked_first_and_the_wrong_one_is_not() -> None:
    asked = ask(rightly(DAY), DAY, (topical(), topical(1)))
    assert len(asked.qrels) == TOPICS
    good, bad = (
        measure(rank(model, asked), asked.qrels, [PRIMARY])[PRIMARY].mean()
        for model in (topical(), topical(1))
    )
    assert good > 0.99
    assert bad < 0.5


def test_of_very_many_needs_a_sample_is_asked_always_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(held_out, "MOST", 5)
    one, other = (ask(rightly(DAY), DAY, (topical(),)).qrels for _ in range(2))
    assert len(one) == 5
    assert one == other


def test_a_day_is_an_ordinal() -> None:
    assert date.fromordinal(DAY) == date(2026, 11, 1)


def test_a_fifth_of_the_judgements_is_held_out() -> None:
    since = last_days(gradually())
    assert since is not None
    held = (gradually().judgements.days >= since).sum()
    assert held / TOPICS == pytest.approx(0.2, abs=1 / TOPICS)


def test_judgements_of_one_day_have_no_last_days() -> None:
    assert last_days(rightly(DAY)) is None
    assert last_days(accepted([], [])) is None
