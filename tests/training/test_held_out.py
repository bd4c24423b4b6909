"""Models on the same questions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from matcher.domain.enums import Noun
from matcher.domain.item import Facts, Item
from matcher.evaluate.metrics import measure
from matcher.recommend.collections import Collections, build_collections
from matcher.recommend.feedback import Feedback
from matcher.recommend.recipe import read_recipe
from tests.training.some_training import DAY, RECIPE, TOPICS, accepted, gradually, rightly, topical
from training import held_out
from training.held_out import PRIMARY, ask, last_days, rank


def test_what_was_accepted_from_the_day_on_is_asked() -> None:
    pairs, days = [(0, 0), (1, 1), (2, 2), (3, 3)], [DAY - 1, DAY, DAY + 1, DAY + 2]
    asked = ask(accepted(pairs, days), DAY, (topical(),), until=DAY + 2)
    assert asked.qrels == {"w01": {"o01": 1}, "w02": {"o02": 1}}


def test_a_pair_that_was_judged_before_is_no_question() -> None:
    asked = ask(accepted([(0, 0), (0, 0), (0, 5)], [DAY - 3, DAY, DAY]), DAY, (topical(),))
    assert asked.qrels == {"w00": {"o05": 1}}
    ranked = rank(topical(), asked, DAY)["w00"]
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
        measure(rank(model, asked, DAY), asked.qrels, [PRIMARY])[PRIMARY].mean()
        for model in (topical(), topical(1))
    )
    assert good > 0.99
    assert bad < 0.5


def dated() -> Collections:
    """Outcomes of one text: the first lasted until the day before DAY, the others were updated on
    DAY and longer and longer ago."""
    facts = [Facts(valid_until=date.fromordinal(DAY - 1), updated_at=date.fromordinal(DAY))]
    facts += [Facts(updated_at=date.fromordinal(DAY - 900 * place)) for place in range(4)]
    items = {
        Noun.NEED: [Item("w00", "Wanted", "coating of steel"), Item("w01", "Wanted", "yeast")],
        Noun.OUTCOME: [
            Item(f"o{place:02}", "Offered", "coating of steel", facts=one)
            for place, one in enumerate(facts)
        ],
    }
    recipe = read_recipe(RECIPE)
    rest = recipe.listings["concepts"] + recipe.listings["fresh"] - 0.2
    weights = {**recipe.listings, "fresh": 0.2, "concepts": rest}
    return build_collections(items, replace(recipe, listings=weights), room=10)


def test_what_had_expired_by_the_day_is_neither_asked_nor_ranked() -> None:
    asked = ask(accepted([(0, 0), (0, 3)], [DAY, DAY]), DAY, (dated(),))
    assert asked.qrels == {"w00": {"o03": 1}}
    assert asked.unasked == 1
    ranked = [candidate for candidate, _ in rank(dated(), asked, DAY)["w00"]]
    assert set(ranked) == {"o01", "o02", "o03", "o04"}
    before = ask(accepted([(0, 0)], [DAY - 1]), DAY - 1, (dated(),))
    assert "o00" in [candidate for candidate, _ in rank(dated(), before, DAY - 1)["w00"]]


def test_listings_are_as_fresh_as_they_were_on_the_day() -> None:
    asked = ask(accepted([(0, 3)], [DAY]), DAY, (dated(),))
    scores = dict(rank(dated(), asked, DAY)["w00"])
    fresh = 0.2 * 0.5 ** (np.arange(4) * 900 / 365)
    got = np.array([scores[f"o{place:02}"] for place in range(1, 5)])
    assert got[:-1] - got[1:] == pytest.approx(fresh[:-1] - fresh[1:])


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
