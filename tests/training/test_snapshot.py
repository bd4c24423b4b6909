"""The store at one moment, in memory and in a folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from matcher.actions.platform import Platform
from matcher.domain.enums import Noun
from matcher.errors import BrokenBundle, InputError
from matcher.recommend.collections import NOUNS
from matcher.store import feed
from tests.platforms import NOW, remove, small_platform
from tests.training.some_training import gradually
from tests.training.test_feedback_file import assert_same
from training.snapshot import SNAPSHOT, open_taken, save_snapshot, take


def test_a_snapshot_is_what_is_live_and_where_the_feed_was(platform: Platform) -> None:
    remove(platform, Noun.OUTCOME, ["o1"])
    days = []
    snapshot = take(platform, lambda _, on: days.append(on) or gradually())
    assert snapshot.counts() == {"outcome": 4, "need": 3, "manager": 2}
    assert [item.id for item in snapshot.items[Noun.OUTCOME]] == ["o2", "o3", "o4", "o5"]
    assert days == [NOW.date()] == [snapshot.on]
    with platform.database.reading() as session:
        assert snapshot.seq == feed.latest(session)
    words = "4 outcomes, 3 needs, 2 managers; 36 judgements, 0 impressions"
    assert snapshot.in_words() == words


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_snapshot_comes_back(platform: Platform, tmp_path: Path) -> None:
    snapshot = take(platform, lambda *_: gradually())
    folder = tmp_path / "snapshot"
    folder.mkdir()
    save_snapshot(snapshot, folder)
    found = open_taken(folder)
    assert (found.seq, found.on) == (snapshot.seq, snapshot.on)
    assert found.created == snapshot.created
    assert set(found.created[Noun.NEED]) == {item.id for item in snapshot.items[Noun.NEED]}
    for noun in NOUNS:
        assert list(found.items[noun]) == list(snapshot.items[noun])
    assert_same(found.feedback, snapshot.feedback)
    (folder / SNAPSHOT).write_text('{"seq": 1}')
    with pytest.raises(BrokenBundle, match=SNAPSHOT):
        open_taken(folder)


def test_without_records_there_is_nothing_to_learn_from(tmp_path: Path) -> None:
    platform = small_platform(tmp_path / "home")
    with pytest.raises(InputError, match="no records") as caught:
        take(platform, lambda *_: gradually())
    assert "matcher import" in str(caught.value.hint)
    platform.database.dispose()
