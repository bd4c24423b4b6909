"""From a file to an import: columns, a dry run, corrections, another one, and the import once."""

from __future__ import annotations

import io

import pytest

from matcher.actions.import_drafts import ImportDraft, draft_upload, get_draft, start_draft
from matcher.actions.import_findings import Group, find, findings
from matcher.actions.import_preparing import (
    MOST_CORRECTIONS,
    carry_out,
    choose_columns,
    correct,
    draft_of,
    is_checked,
    mark,
    rehearse,
    reopen,
    rows_of,
)
from matcher.actions.import_runs import show
from matcher.actions.job_files import FINDINGS, Upload, folder_of
from matcher.actions.jobs import cancel_job, list_jobs
from matcher.actions.platform import Platform
from matcher.actions.reading import get
from matcher.domain.enums import Noun
from matcher.domain.job import Job, JobState
from matcher.domain.visibility import SYSTEM, Viewer
from matcher.errors import EditConflict, InvalidValue, NotFound, UsageError
from tests.actions.job_cases import done, signed_up

ROWS = "编号,需求名称,需求描述,预算（万元）\nX1,泵,漏水,5\nX2,,,3\nX3,阀,卡住,-1\n"
pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)


@pytest.fixture
def admin(platform: Platform) -> Viewer:
    return signed_up(platform, "chief")


@pytest.fixture
def draft(platform: Platform, admin: Viewer) -> ImportDraft:
    return start_draft(platform, admin, "need", Upload("需求.csv", io.BytesIO(ROWS.encode())))


def nowhere(job: Job) -> None:
    """A queue that forgets."""


def tried(platform: Platform, admin: Viewer, id_: str) -> ImportDraft:
    """The draft once a worker has tried it."""
    rehearse(platform, admin, id_, nowhere)
    found, job = draft_of(platform, admin, id_)
    assert job is not None
    assert done(platform, job).state is JobState.DONE
    return found


def refused(platform: Platform, draft: ImportDraft) -> list[int]:
    path = folder_of(platform.settings.home, draft.rehearsal) / FINDINGS
    return [one.row for one in find(path, Group.REFUSED)]


def test_two_rows_are_corrected_and_the_file_stays_as_it_is(
    platform: Platform, admin: Viewer, draft: ImportDraft
) -> None:
    assert refused(platform, tried(platform, admin, draft.id)) == [3, 4]
    correct(platform, admin, draft.id, 3, {"需求名称": "轴承"}, mark(draft, 3))
    changed = correct(platform, admin, draft.id, 4, {"预算（万元）": "1"}, mark(draft, 4))
    assert not is_checked(changed)
    with pytest.raises(EditConflict, match="wasn't checked"):
        carry_out(platform, admin, draft.id, changed.version, nowhere)
    again = tried(platform, admin, draft.id)
    path = folder_of(platform.settings.home, again.rehearsal) / FINDINGS
    assert findings(path).counts[Group.CORRECTED] == 2
    assert [one.cells.get("需求名称", "") for one in find(path, Group.CORRECTED)] == ["", "阀"]
    assert refused(platform, again) == []
    assert draft_upload(platform, draft).read_text(encoding="utf-8") == ROWS
    carried = carry_out(platform, admin, draft.id, again.version, nowhere)
    assert rows_of(platform, admin, draft.id) == 3
    [job] = [one for one in list_jobs(platform, admin).rows if one.id == carried.job]
    assert done(platform, job).result["counts"]["created"] == 3
    assert get(platform, SYSTEM, Noun.NEED, "X2").record.title == "轴承"
    kept = show(platform, admin, job.id.removeprefix("J-")).run
    assert kept.mapping["corrected"] == {
        "3": {"需求名称": "轴承"},
        "4": {"预算（万元）": "1"},
    }
    assert not draft_upload(platform, draft).exists()


def test_asked_twice_it_is_imported_once(
    platform: Platform, admin: Viewer, draft: ImportDraft
) -> None:
    found = tried(platform, admin, draft.id)
    sent: list[Job] = []
    for _ in range(2):
        carry_out(platform, admin, draft.id, found.version, sent.append, partial=True)
    assert len(sent) == 1
    assert len(list_jobs(platform, admin).rows) == 2
    with pytest.raises(EditConflict, match="imported already"):
        correct(platform, admin, draft.id, 3, {"需求名称": "x"}, mark(found, 3))


def test_a_dry_run_is_made_once_of_each_version(
    platform: Platform, admin: Viewer, draft: ImportDraft
) -> None:
    sent: list[Job] = []
    for _ in range(2):
        rehearse(platform, admin, draft.id, sent.append)
    correct(platform, admin, draft.id, 3, {"需求名称": "x"}, mark(draft, 3))
    rehearse(platform, admin, draft.id, sent.append)
    assert len(sent) == 2
    states = {one.id: one.state for one in list_jobs(platform, admin).rows}
    assert [states[one.id] for one in sent] == [JobState.CANCELLED, JobState.WAITING]


def test_what_came_to_nothing_is_prepared_again(
    platform: Platform, admin: Viewer, draft: ImportDraft
) -> None:
    found = tried(platform, admin, draft.id)
    carried = carry_out(platform, admin, draft.id, found.version, nowhere)
    with pytest.raises(EditConflict):
        reopen(platform, admin, draft.id)
    cancel_job(platform, admin, carried.job)
    assert reopen(platform, admin, draft.id).job == ""
    assert tried(platform, admin, draft.id).overlay == draft.overlay


def test_columns_are_chosen_and_known_the_next_time(
    platform: Platform, admin: Viewer, draft: ImportDraft
) -> None:
    columns = {**draft.overlay.columns, "需求描述": "indicators"}
    found = choose_columns(platform, admin, draft.id, columns, 1)
    assert (found.overlay.columns, found.version) == (columns, 2)
    assert choose_columns(platform, admin, draft.id, columns, 2).version == 2
    again = start_draft(platform, admin, "need", Upload("b.csv", io.BytesIO(ROWS.encode())))
    assert again.known
    with pytest.raises(EditConflict):
        choose_columns(platform, admin, draft.id, columns, 1)


@pytest.mark.parametrize(
    ("columns", "error"),
    [
        ({"需求描述": "title"}, InvalidValue),
        ({"需求描述": "colour"}, InvalidValue),
        (dict.fromkeys(("编号", "需求名称", "需求描述", "预算（万元）"), ""), UsageError),
    ],
)
def test_columns_that_make_no_sense_are_refused(
    platform: Platform,
    admin: Viewer,
    draft: ImportDraft,
    columns: dict[str, str],
    error: type[Exception],
) -> None:
    with pytest.raises(error):
        choose_columns(platform, admin, draft.id, columns, 1)
    assert get_draft(platform, admin, draft.id) == draft


def test_a_row_is_corrected_in_one_window_at_a_time_and_put_back(
    platform: Platform, admin: Viewer, draft: ImportDraft
) -> None:
    first = correct(platform, admin, draft.id, 3, {"需求名称": "x", "z": "1"}, mark(draft, 3))
    assert first.overlay.corrections == {"3": {"需求名称": "x"}}
    with pytest.raises(EditConflict):
        correct(platform, admin, draft.id, 3, {"需求名称": "y"}, mark(draft, 3))
    back = correct(platform, admin, draft.id, 3, {}, mark(first, 3))
    assert back.overlay.corrections == {}


def test_a_cell_and_a_file_have_bounds(
    platform: Platform,
    admin: Viewer,
    draft: ImportDraft,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(InvalidValue):
        correct(platform, admin, draft.id, 3, {"需求名称": "x" * 20_001}, mark(draft, 3))
    assert MOST_CORRECTIONS == 1000
    monkeypatch.setattr("matcher.actions.import_preparing.MOST_CORRECTIONS", 1)
    correct(platform, admin, draft.id, 3, {"需求名称": "x"}, mark(draft, 3))
    with pytest.raises(UsageError):
        correct(platform, admin, draft.id, 4, {"需求名称": "x"}, mark(draft, 4))


def test_for_others_there_is_nothing_to_prepare(
    platform: Platform, admin: Viewer, draft: ImportDraft
) -> None:
    other = signed_up(platform, "other")
    with pytest.raises(NotFound):
        rehearse(platform, other, draft.id, nowhere)
    assert rows_of(platform, other, draft.id) is None
