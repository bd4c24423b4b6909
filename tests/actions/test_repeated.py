"""A request that is sent again, from its beginning to its second answer."""

from __future__ import annotations

from datetime import timedelta

from matcher.actions import repeated
from matcher.actions.platform import Platform
from matcher.store.idempotency import KEPT, Answer, Begun
from tests.actions.pursuits import later, sign_up


def test_the_answer_is_kept_for_its_account_and_a_day(platform: Platform) -> None:
    one, other = sign_up(platform, "a1"), sign_up(platform, "a2")
    answer = Answer(201, "{}", {"ETag": '"1"'})
    assert repeated.begin(platform, one, "k", "r") is None
    repeated.finish(platform, one, "k", answer)
    assert repeated.begin(platform, one, "k", "r") == Begun("r", answer)
    assert repeated.begin(platform, other, "k", "r") is None
    soon = later(platform, KEPT - timedelta(seconds=1))
    assert repeated.begin(soon, one, "k", "r") == Begun("r", answer)
    assert repeated.begin(later(platform, KEPT), one, "k", "r") is None


def test_what_was_refused_can_be_tried_again(platform: Platform) -> None:
    one = sign_up(platform, "a1")
    repeated.begin(platform, one, "k", "r")
    repeated.forget(platform, one, "k")
    assert repeated.begin(platform, one, "k", "other") is None
