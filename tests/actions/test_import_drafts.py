"""Drafts are their account's alone, kept whole or not at all, and forgotten after a week."""

from __future__ import annotations

import io
import os
from dataclasses import replace
from datetime import timedelta

import pytest

from matcher.actions.import_drafts import (
    FOLDER,
    KEPT,
    MOST,
    ImportDraft,
    changing,
    discard_draft,
    draft_upload,
    drop_draft_file,
    forget_drafts,
    get_draft,
    list_drafts,
    require_version,
    start_draft,
)
from matcher.actions.import_mappings import remember
from matcher.actions.job_files import Upload
from matcher.actions.platform import Platform
from matcher.domain.enums import Role
from matcher.domain.visibility import Viewer
from matcher.errors import (
    EditConflict,
    MatcherError,
    NotAllowed,
    NotFound,
    UnreadableFile,
    UsageError,
)
from tests.actions.job_cases import signed_up

ROWS = "编号,需求名称,甲\nN1,泵,1\n"
pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)


@pytest.fixture
def admin(platform: Platform) -> Viewer:
    return signed_up(platform, "chief")


def started(platform: Platform, who: Viewer, rows: str = ROWS, **more: str) -> ImportDraft:
    name = more.pop("name", "需求.csv")
    upload = Upload(name, io.BytesIO(rows.encode()))
    return start_draft(platform, who, more.pop("noun", "need"), upload, **more)


def test_a_file_is_kept_with_a_guess_of_its_columns(platform: Platform, admin: Viewer) -> None:
    draft = started(platform, admin, name="C:\\temp\\需求.csv", source="src")
    assert (draft.name, draft.noun, draft.node, draft.source) == ("需求.csv", "need", "n1", "src")
    assert draft.overlay.columns == {"编号": "id", "需求名称": "title", "甲": ""}
    assert draft_upload(platform, draft).read_text(encoding="utf-8") == ROWS
    assert get_draft(platform, admin, draft.id) == draft
    assert list_drafts(platform, admin) == (draft,)


def test_headings_that_somebody_chose_for_are_filled_in(platform: Platform, admin: Viewer) -> None:
    columns = {"编号": "id", "需求名称": "problem", "甲": "title"}
    remember(platform.settings.home, "n1", "need", columns)
    draft = started(platform, admin)
    assert (draft.known, draft.overlay.columns) == (True, columns)
    assert [one.field for one in draft.guesses] == ["id", "title", ""]


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"rows": ""}, UnreadableFile),
        ({"rows": "编号,需求名称\n"}, UnreadableFile),
        ({"name": "a.exe"}, UsageError),
        ({"noun": "account"}, UsageError),
        ({"source": "a b"}, UsageError),
    ],
)
def test_what_cant_be_read_leaves_nothing(
    platform: Platform, admin: Viewer, more: dict[str, str], error: type[MatcherError]
) -> None:
    with pytest.raises(error) as caught:
        started(platform, admin, **more)
    assert str(platform.settings.home) not in f"{caught.value} {caught.value.where}"
    assert list((platform.settings.home / FOLDER).glob("*")) == []


def test_an_upload_that_breaks_off_leaves_nothing(platform: Platform, admin: Viewer) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise ConnectionResetError

    with pytest.raises(MatcherError):
        start_draft(platform, admin, "need", Upload("a.csv", Broken()))
    assert list((platform.settings.home / FOLDER).glob("*")) == []


def test_for_others_there_is_none(platform: Platform, admin: Viewer) -> None:
    draft = started(platform, admin)
    other = signed_up(platform, "other")
    for id_, who in ((draft.id, other), ("D-20260101-000000-aaaaaa", admin), ("../x", admin)):
        with pytest.raises(NotFound):
            get_draft(platform, who, id_)
        with pytest.raises(NotFound):
            discard_draft(platform, who, id_)
    assert list_drafts(platform, other) == ()
    with pytest.raises(NotAllowed):
        started(platform, signed_up(platform, "firm", Role.ENTERPRISE))


def test_so_many_are_prepared_at_once(platform: Platform, admin: Viewer) -> None:
    first, *_ = [started(platform, admin) for _ in range(MOST)]
    with pytest.raises(UsageError, match="aren't finished"):
        started(platform, admin)
    with changing(platform, admin, first.id) as (draft, keep):
        keep(replace(draft, job="J-1"))
    assert started(platform, admin).id in {one.id for one in list_drafts(platform, admin)}


def test_what_is_changed_in_one_window_isnt_in_another(platform: Platform, admin: Viewer) -> None:
    draft = started(platform, admin)
    with changing(platform, admin, draft.id) as (found, keep):
        require_version(found, 1)
        keep(replace(found, version=2))
    with pytest.raises(EditConflict):
        require_version(get_draft(platform, admin, draft.id), 1)


def test_it_is_discarded_and_forgotten(platform: Platform, admin: Viewer) -> None:
    one, two, three = (started(platform, admin) for _ in range(3))
    discard_draft(platform, admin, one.id)
    home = platform.settings.home
    old = (platform.now() - KEPT - timedelta(minutes=1)).timestamp()
    os.utime(home / FOLDER / two.id / "draft.json", (old, old))
    forget_drafts(home, platform.now())
    assert [draft.id for draft in list_drafts(platform, admin)] == [three.id]
    drop_draft_file(home, three.id)
    assert not draft_upload(platform, three).exists()
    assert get_draft(platform, admin, three.id).name == "需求.csv"


@pytest.mark.parametrize("told", ["", "{}", "[1]", '{"id": "x", "more": 1}'])
def test_one_of_another_release_keeps_nobody_from_theirs(
    platform: Platform, admin: Viewer, told: str
) -> None:
    older, mine = started(platform, admin), started(platform, admin)
    (platform.settings.home / FOLDER / older.id / "draft.json").write_text(told, encoding="utf-8")
    assert [one.id for one in list_drafts(platform, admin)] == [mine.id]
    with pytest.raises(NotFound):
        get_draft(platform, admin, older.id)
