"""What is done with an import that is prepared: columns chosen, cells corrected, tried, done.

What is asked for twice is done once: the second one is told of the first one's job.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import replace

from matcher.actions.import_drafts import (
    ImportDraft,
    changing,
    draft_upload,
    get_draft,
    require_version,
)
from matcher.actions.import_mappings import remember
from matcher.actions.job_files import Upload
from matcher.actions.jobs import ask, cancel_job, get_job
from matcher.actions.platform import Platform
from matcher.domain.job import Job, JobKind, JobState
from matcher.domain.visibility import Viewer
from matcher.errors import EditConflict, IllegalTransition, InvalidValue, NotFound, UsageError
from matcher.files.column_guess import fields_of, takes_several

LONGEST_CELL = 20_000
MOST_CORRECTIONS = 1000
"""Rows that are corrected here; with more the file itself is the better place."""


def choose_columns(
    platform: Platform, viewer: Viewer, id: str, columns: Mapping[str, str], version: int
) -> ImportDraft:
    """Say which field each column holds, "" for one that is left alone; the next file with the same
    headings begins so.

    Raises NotFound, EditConflict; InvalidValue for a field that there is none of, or that is chosen
    for several columns and takes one; UsageError where none is chosen.
    """
    with changing(platform, viewer, id) as (draft, keep):
        require_version(draft, version)
        _require_open(draft)
        wanted = {one.name: columns.get(one.name, one.field) for one in draft.guesses}
        _check(wanted, draft)
        remember(platform.settings.home, draft.node, draft.noun, wanted)
        if wanted == draft.overlay.columns:
            return draft
        overlay = replace(draft.overlay, columns=wanted)
        return keep(replace(draft, overlay=overlay, version=draft.version + 1))


def correct(
    platform: Platform, viewer: Viewer, id: str, row: int, cells: Mapping[str, str], seen: str
) -> ImportDraft:
    """Say what cells of a row are to say instead; with none the row is as in the file again.

    seen: the `mark` of the row's corrections that the form was made of. Raises NotFound,
    EditConflict, InvalidValue, UsageError.
    """
    with changing(platform, viewer, id) as (draft, keep):
        _require_open(draft)
        if mark(draft, row) != seen:
            hint = "Load the page anew and look at the row again."
            raise EditConflict("The row was corrected in another window.", hint=hint)
        known = {one.name for one in draft.guesses}
        texts = {name: text for name, text in cells.items() if name in known}
        if any(len(text) > LONGEST_CELL for text in texts.values()):
            hint = "Keep what describes the record; leave out full documents."
            raise InvalidValue(f"A cell holds more than {LONGEST_CELL} characters.", hint=hint)
        corrections = {**draft.overlay.corrections, str(row): texts}
        if not texts:
            del corrections[str(row)]
        if len(corrections) > MOST_CORRECTIONS:
            hint = "Correct the file itself, and upload it again."
            raise UsageError(f"More than {MOST_CORRECTIONS} rows were corrected.", hint=hint)
        overlay = replace(draft.overlay, corrections=corrections)
        return keep(replace(draft, overlay=overlay, version=draft.version + 1))


def mark(draft: ImportDraft, row: int) -> str:
    """What tells one state of a row's corrections from another."""
    told = json.dumps(draft.overlay.corrections.get(str(row), {}), sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:12]


def rehearse(
    platform: Platform, viewer: Viewer, id: str, send: Callable[[Job], object]
) -> ImportDraft:
    """Have a dry run made of the draft as it is, unless one was; send: wakes a worker for a job.

    One of an earlier version that isn't over is cancelled. Raises what `ask` raises.
    """
    with changing(platform, viewer, id) as (draft, keep):
        _require_open(draft)
        if draft.rehearsal:
            before = _job(platform, viewer, draft.rehearsal)
            if before is not None and not before.is_over:
                if draft.rehearsed == draft.version:
                    return draft
                _cancel(platform, viewer, before)
            elif before is not None and before.state is JobState.DONE and is_checked(draft):
                return draft
        job = _asked(platform, viewer, draft, dry_run=True, partial=True)
        kept = keep(replace(draft, rehearsal=job.id, rehearsed=draft.version))
    send(job)
    return kept


def carry_out(
    platform: Platform,
    viewer: Viewer,
    id: str,
    version: int,
    send: Callable[[Job], object],
    *,
    partial: bool = False,
) -> ImportDraft:
    """Have the draft imported as it was tried; asked twice, it is imported once.

    partial: leave refused rows out. Raises EditConflict where it was changed since, or not tried as
    it is now; what `ask` raises.
    """
    with changing(platform, viewer, id) as (draft, keep):
        if draft.job:
            return draft
        require_version(draft, version)
        tried = _job(platform, viewer, draft.rehearsal)
        if tried is None or tried.state is not JobState.DONE or not is_checked(draft):
            hint = "Check the file once more, then import it."
            raise EditConflict("The file wasn't checked as it is now.", hint=hint)
        job = _asked(platform, viewer, draft, dry_run=False, partial=partial)
        kept = keep(replace(draft, job=job.id))
    send(job)
    return kept


def reopen(platform: Platform, viewer: Viewer, id: str) -> ImportDraft:
    """Go on preparing an import that came to nothing. Raises EditConflict for any other."""
    with changing(platform, viewer, id) as (draft, keep):
        job = _job(platform, viewer, draft.job)
        if job is not None and job.state not in (JobState.FAILED, JobState.CANCELLED):
            hint = "Look at what became of it."
            raise EditConflict("This file is imported, or about to be.", hint=hint)
        return keep(replace(draft, job="", version=draft.version + 1))


def rows_of(platform: Platform, viewer: Viewer, id: str) -> int | None:
    """How many rows the last dry run counted, None where that isn't known."""
    try:
        draft = get_draft(platform, viewer, id)
    except NotFound:
        return None
    job = _job(platform, viewer, draft.rehearsal)
    return sum(job.result.get("counts", {}).values()) if job is not None else None


def is_checked(draft: ImportDraft) -> bool:
    """Whether the last dry run is of the draft as it is."""
    return draft.rehearsed == draft.version


def draft_of(platform: Platform, viewer: Viewer, id: str) -> tuple[ImportDraft, Job | None]:
    """The draft with the job of its last dry run, None where there is none any more."""
    draft = get_draft(platform, viewer, id)
    return draft, _job(platform, viewer, draft.rehearsal)


def _job(platform: Platform, viewer: Viewer, id: str) -> Job | None:
    try:
        return get_job(platform, viewer, id) if id else None
    except NotFound:
        return None


def _asked(
    platform: Platform, viewer: Viewer, draft: ImportDraft, *, dry_run: bool, partial: bool
) -> Job:
    arguments = {
        "noun": draft.noun,
        "node": draft.node,
        "source": draft.source,
        "dry_run": dry_run,
        "partial": partial,
    }
    with draft_upload(platform, draft).open("rb") as stream:
        upload = Upload(draft.name, stream, replace(draft.overlay, draft=draft.id))
        return ask(platform, viewer, JobKind.IMPORT, arguments, upload=upload)


def _cancel(platform: Platform, viewer: Viewer, job: Job) -> None:
    try:
        cancel_job(platform, viewer, job.id)
    except IllegalTransition:
        # It ended meanwhile, which is what was wanted.
        return


def _require_open(draft: ImportDraft) -> None:
    if draft.job:
        hint = "To change what was imported, import a corrected file."
        raise EditConflict("This file is imported already.", hint=hint)


def _check(columns: Mapping[str, str], draft: ImportDraft) -> None:
    allowed = {*fields_of(draft.noun), *(one.field for one in draft.guesses), ""}
    chosen: dict[str, str] = {}
    for name, field in columns.items():
        if field not in allowed:
            raise InvalidValue(f"There is no field {field!r}.", field=name, hint="Choose another.")
        if field and field in chosen and not takes_several(field):
            raise InvalidValue(
                f"{chosen[field]} and {name} are both to be read as {field}.",
                field=name,
                hint="Choose it for one of them, and another field or none for the other.",
            )
        chosen[field] = name
    if not set(chosen) - {""}:
        raise UsageError("No column is read.", hint="Choose a field for at least one column.")
