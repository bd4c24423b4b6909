"""What was made ready isn't made again for the first who asks."""

from __future__ import annotations

from typing import Any

import pytest

from matcher.actions import standings as module
from matcher.actions.answer import Wish
from matcher.actions.platform import Platform
from matcher.actions.suggest import suggest
from matcher.actions.warming import warm
from matcher.domain.enums import Noun
from matcher.domain.visibility import SYSTEM

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)


def test_the_first_answer_opens_nothing_and_counts_nothing(
    platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    warm(platform)
    served = platform.live.serving()

    def refuse(*_: Any, **__: Any) -> Any:
        raise AssertionError("counted again")

    monkeypatch.setattr(module, "standing", refuse)
    assert suggest(platform, SYSTEM, Noun.NEED, "w1", Noun.OUTCOME, Wish()).matches
    assert platform.live.serving() is served
