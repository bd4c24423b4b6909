from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from matcher.actions.import_references import References, refers, unresolved
from matcher.actions.platform import Platform
from matcher.domain import SYSTEM, Interaction, Manager, Noun, Organisation, Outcome, Visibility
from matcher.store import records
from tests.actions.import_cases import NOW, admin, opened


@pytest.fixture
def platform(filled_file: Path, tmp_path: Path) -> Iterator[Platform]:
    (tmp_path / "small.db").write_bytes(filled_file.read_bytes())
    with opened(f"sqlite:///{tmp_path / 'small.db'}", tmp_path) as platform:
        yield platform


def put(platform: Platform, noun: Noun, *found: Outcome | Manager | Organisation) -> None:
    with platform.database.writing() as session:
        records.put(session, noun, found, actor="x", at=NOW)


def merge(platform: Platform, id_: str, into: str, noun: Noun = Noun.OUTCOME) -> None:
    with platform.database.writing() as session:
        records.set_merged(session, noun, id_, into, actor="x", at=NOW)


def find(
    platform: Platform, *names: str, namespace: str = "", viewer: object = SYSTEM
) -> list[str]:
    pairs = [Interaction(id=name, need="n", outcome=name) for name in names]
    with platform.database.reading() as session:
        references = References(session, viewer, namespace)  # type: ignore[arg-type]
        references.learn(pairs)
        return [references.find(Noun.OUTCOME, name) for name in names]


def test_the_sources_own_record_goes_before_the_platforms(platform: Platform) -> None:
    put(platform, Noun.OUTCOME, *(Outcome(id=id_) for id_ in ("s:1", "1", "2")))
    assert find(platform, "s:1", "s:2", "s:3", namespace="s") == ["s:1", "2", ""]
    assert find(platform, "s:2", "2") == ["", "2"]


def test_a_merged_record_stands_for_the_one_it_was_merged_into(platform: Platform) -> None:
    put(platform, Noun.OUTCOME, *(Outcome(id=id_) for id_ in "abcd"))
    for id_, into in (("a", "b"), ("b", "c")):
        merge(platform, id_, into)
    assert find(platform, "a", "b", "c") == ["c", "c", "c"]
    assert find(platform, "a") == ["c"]


def test_what_is_deleted_or_hidden_is_not_there(platform: Platform) -> None:
    hidden = Outcome(id="h", visibility=Visibility.NAMED, node="east")
    put(platform, Noun.OUTCOME, hidden, Outcome(id="gone"))
    with platform.database.writing() as session:
        records.delete(session, Noun.OUTCOME, ["gone"], actor="x", at=NOW)
    assert find(platform, "h", "gone") == ["h", ""]
    assert find(platform, "h", viewer=admin("east")) == [""]


def test_only_followups_and_interactions_refer_by_id() -> None:
    assert [noun for noun in (*Noun, "interaction") if refers(noun)] == ["followup", "interaction"]


def test_organisations_that_nobody_knows(platform: Platform) -> None:
    known = Organisation(id="u1", name="某大学", aliases=("某大",))
    put(platform, Noun.ORGANISATION, known, Organisation(id="u2", name="旧名"))
    merge(platform, "u2", "u1", Noun.ORGANISATION)
    holders = ("某大学", "某大", "u1", "旧名", "另一", "另一", "")
    found = [Outcome(id=str(n), holder=name) for n, name in enumerate(holders)]
    person = Manager(id="m", agency="u1", conflicts=("某大", "无名", "无名"))
    with platform.database.reading() as session:
        assert unresolved(session, Noun.OUTCOME, found) == {"另一": 2}
        assert unresolved(session, Noun.MANAGER, [person]) == {"无名": 1}
        assert unresolved(session, Noun.ORGANISATION, [known]) == {}
