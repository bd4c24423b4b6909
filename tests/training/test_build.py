"""From the records of the store to a model in the library."""

from __future__ import annotations

from pathlib import Path

import pytest

from matcher.actions.platform import Platform
from matcher.domain.enums import Noun
from matcher.errors import EncoderUnavailable, InputError, MatcherError
from matcher.recommend.collections import NOUNS
from matcher.resources import data_path
from matcher.store import feed
from tests.platforms import NOW, need, outcome, publish, put, remove, small_platform
from training.build import build, ingest

RECIPE = data_path("recipes", "default.toml")


def silent(_: str) -> None:
    pass


def test_a_snapshot_is_what_is_live_and_where_the_feed_was(platform: Platform) -> None:
    remove(platform, Noun.OUTCOME, ["o1"])
    snapshot = ingest(platform)
    assert snapshot.counts() == {"outcome": 4, "need": 3, "manager": 2}
    assert [item.id for item in snapshot.items[Noun.OUTCOME]] == ["o2", "o3", "o4", "o5"]
    with platform.database.reading() as session:
        assert snapshot.seq == feed.latest(session)


@pytest.mark.slow
def test_a_model_tells_what_it_was_made_of(platform: Platform) -> None:
    before = platform.library.pointer()
    put(platform, Noun.OUTCOME, outcome("x", "New"))
    said: list[str] = []
    version = build(platform, RECIPE, "trained", said.append)
    manifest = platform.library.verify(version)
    assert manifest.counts == {"outcome": 6, "need": 3, "manager": 2}
    assert (manifest.parent, manifest.created_at) == (before.version, NOW)
    with platform.database.reading() as session:
        assert manifest.seq == feed.latest(session)
    assert {query["noun"] for query in manifest.golden} == {noun.value for noun in NOUNS}
    assert manifest.recipe
    assert manifest.dictionary
    assert said == [
        "Reading the records",
        "6 outcomes, 3 needs, 2 managers",
        "Learning",
        "Writing the model",
    ]
    assert platform.library.pointer() == before


@pytest.mark.slow
def test_the_same_records_make_the_same_model(platform: Platform) -> None:
    """A version's name is its number and the digest of what is in it."""
    names = {publish(platform).partition("-")[2] for _ in range(2)}
    assert len(names) == 1


@pytest.mark.slow
def test_one_record_is_enough(tmp_path: Path) -> None:
    platform = small_platform(tmp_path / "home")
    put(platform, Noun.NEED, need("w", "Wanted"))
    publish(platform)
    assert platform.live.serving().version.startswith("0001-")
    platform.database.dispose()


def test_without_records_there_is_nothing_to_learn_from(tmp_path: Path) -> None:
    platform = small_platform(tmp_path / "home")
    with pytest.raises(InputError, match="no records") as caught:
        build(platform, RECIPE, "trained", silent)
    assert caught.value.hint is not None
    assert "matcher import" in caught.value.hint
    assert platform.library.versions() == ()
    platform.database.dispose()


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_what_goes_wrong_leaves_no_model(platform: Platform, tmp_path: Path) -> None:
    before = platform.library.versions()
    with pytest.raises(EncoderUnavailable):
        build(platform, RECIPE, str(tmp_path / "none"), silent)
    with pytest.raises(MatcherError):
        build(platform, tmp_path / "none.toml", "trained", silent)
    assert platform.library.versions() == before
