"""What admins of the whole platform may know of models."""

from __future__ import annotations

import pytest

from matcher.actions.model_comparison import Part
from matcher.actions.model_reading import CURRENT, compare, get_model, list_models
from matcher.actions.models import publish_model
from matcher.actions.platform import Platform
from matcher.actions.ruling import Verdict
from matcher.bundle.catalogue import State
from matcher.domain.visibility import SYSTEM
from matcher.errors import NotAllowed, NotFound
from tests.actions.test_models import CHIEF, admin, again, worse


def test_a_model_is_read_with_what_the_gate_said_and_why_it_was_published(
    platform: Platform,
) -> None:
    first = platform.library.current().version
    second = worse(platform)
    publish_model(platform, CHIEF, second, "labels of a test account")
    found = get_model(platform, CHIEF, CURRENT)
    assert (found.manifest.version, found.state) == (second, State.CURRENT)
    assert (found.ruling.verdict, found.ruling.against) == (Verdict.WORSE, first)
    assert found.ruling.why.startswith("worse by 0.200")
    assert found.remark is not None
    before = get_model(platform, SYSTEM, first)
    assert (before.state, before.remark) == (State.PREVIOUS, None)
    assert before.ruling.verdict is Verdict.NOT_COMPARABLE
    assert [entry.version for entry in list_models(platform, CHIEF)] == [second, first]


def test_two_are_compared_by_name_or_as_the_current_one(platform: Platform) -> None:
    second = again(platform, seq=99)
    lines = compare(platform, CHIEF, CURRENT, second)
    [seq] = [line for line in lines if (line.part, line.name) == (Part.FACTS, "seq")]
    assert (seq.second, seq.differs) == (99, True)


def test_others_are_told_nothing_and_a_version_that_never_was_is_not_found(
    platform: Platform,
) -> None:
    for version in (CURRENT, "0009-00000000"):
        with pytest.raises(NotAllowed):
            get_model(platform, admin("n2"), version)
    with pytest.raises(NotAllowed):
        list_models(platform, admin("n2"))
    with pytest.raises(NotFound):
        compare(platform, CHIEF, CURRENT, "0009-00000000")
