"""Training in a process of its own: a model, or a word on why not and nothing left."""

from __future__ import annotations

from pathlib import Path

import pytest

from matcher.actions.platform import Platform
from matcher.actions.ruling import Verdict
from matcher.actions.train import train
from matcher.errors import MatcherError
from matcher.store import events
from tests.platforms import small_platform


@pytest.mark.slow
def test_a_child_makes_a_model_that_can_be_published(platform: Platform) -> None:
    before = platform.library.pointer()
    version, ruling = train(platform)
    assert version.startswith("0002-")
    assert (ruling.verdict, ruling.against) == (Verdict.NOT_COMPARABLE, before.version)
    assert platform.library.pointer() == before
    assert platform.library.verify(version).parent == before.version
    platform.library.publish(version)
    assert platform.live.serving().version == version


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_model_names_its_job_which_finds_it_again(platform: Platform) -> None:
    first = train(platform, job="J-1", actor="a1")
    again = train(platform, job="J-1", actor="a1")
    assert again.version == first.version
    assert (again.ruling.verdict, again.ruling.against) == (
        *(first.ruling.verdict, first.ruling.against),
    )
    assert platform.library.verify(first.version).job == "J-1"
    assert len(platform.library.versions()) == 2
    with platform.database.reading() as session:
        [(_, told)] = events.read(session, verbs=["trained"])
    assert (told.actor, told.subjects[0].id) == ("a1", first.version)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_recipe_and_encoder_are_handed_on(
    platform: Platform, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for given in ({"recipe": tmp_path / "none.toml"}, {"encoder": str(tmp_path / "none")}):
        with pytest.raises(MatcherError):
            train(platform, **given)  # type: ignore[arg-type]
        said = capfd.readouterr().err
        assert "none" in said
        assert "Traceback" not in said
    assert len(platform.library.versions()) == 1


@pytest.mark.slow
def test_no_module_of_the_folder_one_stands_in_is_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    empty = small_platform(tmp_path / "home")
    (tmp_path / "random.py").write_text("raise SystemExit(7)")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(MatcherError, match=r"exit code 1\)"):
        train(empty)
    empty.database.dispose()
    assert "no records to learn from" in capfd.readouterr().err


@pytest.mark.slow
def test_a_failure_says_what_to_do_and_leaves_nothing(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    empty = small_platform(tmp_path / "home")
    with pytest.raises(MatcherError) as caught:
        train(empty)
    empty.database.dispose()
    assert "exit code 1" in caught.value.message
    assert caught.value.hint
    said = capfd.readouterr().err
    assert "There are no records to learn from." in said
    assert "matcher import" in said
    assert "Traceback" not in said
    assert empty.library.versions() == ()
    models = empty.settings.models
    left = [path for path in models.rglob("*") if path.is_file()] if models.is_dir() else []
    left += [path for path in (empty.settings.home / "training").rglob("*") if path.is_file()]
    assert all(path.stat().st_size == 0 for path in left), left
