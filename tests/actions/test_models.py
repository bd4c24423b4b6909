"""Models prove themselves before they are current, and what was done is written down."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from pathlib import Path

import pytest

from matcher.actions.models import (
    Checked,
    model_facts,
    prove,
    publish_model,
    remark_of,
    rollback_model,
    verify_models,
)
from matcher.actions.platform import OPERATOR, Platform
from matcher.actions.ruling import Ruling
from matcher.bundle.manifest import Facts, Manifest
from matcher.domain.account import Account
from matcher.domain.enums import Noun, Role
from matcher.domain.event import Subject
from matcher.domain.visibility import ANONYMOUS, SYSTEM, Viewer, viewer_of
from matcher.errors import BrokenBundle, MatcherError, NoModel, NotAllowed
from matcher.evaluate.comparison import Comparison
from matcher.store import events
from tests.platforms import NODES

NAMES = tuple(field.name for field in fields(Facts))


def admin(node: str) -> Viewer:
    account = Account(id="a1", login="a1", roles=(Role.ADMIN,), node=node)
    return viewer_of(account, {one.id: one.parent for one in NODES})


CHIEF = admin("n1")


def again(platform: Platform, **changes: object) -> str:
    """Another version of what is current, with other facts; it isn't published."""
    library = platform.library
    current = library.current()
    manifest: Manifest = library.verify(current.version)
    facts = Facts(**{name: getattr(manifest, name) for name in NAMES})
    with library.new() as draft:
        for name in manifest.files:
            path = draft.folder / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes((current.folder / name).read_bytes())
        return draft.finish(replace(facts, **changes))


def told(platform: Platform) -> list[tuple[str, str, str, tuple[Subject, ...]]]:
    with platform.database.reading() as session:
        found = events.read(session, verbs=["published", "rolled_back"])
    return [(e.actor, e.verb, e.model_version, e.subjects) for _, e in found]


def about(version: str) -> tuple[Subject, ...]:
    return (Subject(noun=Noun.MODEL, id=version),)


def test_publishing_and_going_back_are_written_down(platform: Platform) -> None:
    first = platform.library.current().version
    second = again(platform, seq=99)
    publish_model(platform, CHIEF, second)
    assert platform.live.look_now().version == second
    assert rollback_model(platform, SYSTEM) == first
    assert platform.live.look_now().version == first
    assert told(platform) == [
        ("a1", "published", second, about(second)),
        (OPERATOR, "rolled_back", first, about(first)),
    ]


def test_one_may_go_to_a_version_by_name(platform: Platform) -> None:
    second = again(platform, seq=99)
    assert rollback_model(platform, SYSTEM, second) == second
    assert platform.library.current().version == second


def test_a_model_that_finds_something_else_is_not_published(platform: Platform) -> None:
    first = platform.library.current().version
    [golden, *_] = model_facts(platform).golden
    second = again(platform, golden=({**golden, "found": [["o9", 0.5]]},))
    with pytest.raises(BrokenBundle, match="finds"):
        publish_model(platform, SYSTEM, second)
    with pytest.raises(BrokenBundle, match="finds"):
        rollback_model(platform, SYSTEM, second)
    assert platform.library.current().version == first
    assert told(platform) == []


def test_a_model_that_does_not_open_is_not_published(platform: Platform) -> None:
    """Its files are those of its manifest, but they are no model."""
    with platform.library.new() as draft:
        (draft.folder / "notes.txt").write_text("nothing to search")
        manifest = model_facts(platform)
        facts = Facts(**{name: getattr(manifest, name) for name in NAMES})
        version = draft.finish(facts)
    with pytest.raises(BrokenBundle):
        publish_model(platform, SYSTEM, version)
    assert told(platform) == []


def test_there_is_nothing_to_go_back_to(platform: Platform) -> None:
    with pytest.raises(NoModel, match="No model was current before"):
        rollback_model(platform, SYSTEM)
    with pytest.raises(NoModel, match="no model '0009-00000000'"):
        rollback_model(platform, SYSTEM, "0009-00000000")
    assert told(platform) == []


def test_what_was_published_proves_itself(platform: Platform) -> None:
    prove(platform.library.current().folder)


def test_facts_are_of_the_current_one_unless_named(platform: Platform) -> None:
    second = again(platform, seq=99)
    assert model_facts(platform).version == platform.library.current().version
    assert model_facts(platform, second).seq == 99


@pytest.mark.parametrize("who", [admin("n2"), ANONYMOUS])
def test_models_are_the_business_of_admins_of_a_root(platform: Platform, who: Viewer) -> None:
    first = platform.library.current().version
    second = again(platform, seq=99)
    for call in (publish_model, rollback_model):
        with pytest.raises(NotAllowed, match="whole platform"):
            call(platform, who, second)
    assert platform.library.current().version == first
    assert told(platform) == []


def damage(folder: Path) -> Path:
    path = folder / "outcome" / "model.json"
    content = json.loads(path.read_text())
    path.write_text(json.dumps({**content, "documents": 9}))
    return path


def test_every_byte_is_verified(platform: Platform) -> None:
    first = platform.library.current()
    second = again(platform)
    assert verify_models(platform) == (Checked(first.version, ""), Checked(second, ""))
    path = damage(first.folder)
    [broken, whole] = verify_models(platform)
    assert broken.version == first.version
    assert str(path) in broken.problem
    assert whole == Checked(second, "")
    assert verify_models(platform, second) == (whole,)
    with pytest.raises(NoModel):
        verify_models(platform, "0009-00000000")


def worse(platform: Platform) -> str:
    """Another version that the gate found to be worse than what is current."""
    compared = Comparison(-0.2, -0.3, -0.1, 0.001, 40)
    current = platform.library.current().version
    metrics = Ruling(against=current, why="", comparison=compared).to_metrics()
    return again(platform, metrics=metrics, parent=current)


def forced(platform: Platform) -> list[tuple[str, str]]:
    with platform.database.reading() as session:
        return [(e.actor, e.model_version) for _, e in events.read(session, verbs=["forced"])]


def test_a_worse_model_is_published_with_a_reason_alone(platform: Platform) -> None:
    before = platform.library.current().version
    version = worse(platform)
    for why in ("", "  "):
        with pytest.raises(MatcherError, match=r"worse by 0\.200") as caught:
            publish_model(platform, CHIEF, version, why)
        assert "--force --why" in str(caught.value.hint)
    assert platform.library.current().version == before
    assert remark_of(platform, version) is None
    publish_model(platform, CHIEF, version, " labels of a test account ")
    assert platform.library.current().version == version
    remark = remark_of(platform, version)
    assert remark is not None
    assert (remark.why, remark.by) == ("labels of a test account", "a1")
    assert forced(platform) == [("a1", version)]


def test_a_reason_without_need_is_not_kept(platform: Platform) -> None:
    version = again(platform, seq=99)
    publish_model(platform, CHIEF, version, "to be sure")
    assert remark_of(platform, version) is None
    assert forced(platform) == []


def test_publishing_removes_what_interrupted_trainings_left(platform: Platform) -> None:
    left = platform.settings.home / "training" / "abc" / "ingest"
    left.mkdir(parents=True)
    publish_model(platform, SYSTEM, again(platform, seq=99))
    assert not left.parent.exists()
