"""What is done for each kind of job: one action, and plain values that say what came of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from types import MappingProxyType
from typing import Any

from matcher.actions.authority import actor_of
from matcher.actions.child import Watch
from matcher.actions.export import export_records
from matcher.actions.import_drafts import drop_draft_file
from matcher.actions.import_overlay import Overlay
from matcher.actions.import_reading import Request
from matcher.actions.import_undo import undo_import
from matcher.actions.imports import import_file
from matcher.actions.job_attempt import Attempt
from matcher.actions.job_files import (
    FINDINGS,
    REPORT,
    drop_upload,
    folder_of,
    make_folder,
    overlay_of,
    upload_path,
)
from matcher.actions.job_wishes import (
    ComparisonWish,
    ExportWish,
    ImportWish,
    NoticesWish,
    PlanJobWish,
    PromptsWish,
    PublishWish,
    RollbackWish,
    TrainingWish,
    UndoWish,
    mapping_path,
    singular,
)
from matcher.actions.mailing import mailer_of
from matcher.actions.model_comparison import compare_held_out
from matcher.actions.models import publish_model, rollback_model
from matcher.actions.notice_mail import NOTHING_SENT, send_notices
from matcher.actions.notice_round import tell
from matcher.actions.plan_reading import get_plan
from matcher.actions.plans import make_plan
from matcher.actions.platform import Platform
from matcher.actions.prompts import prompt_owners
from matcher.actions.recipes import recipe_path
from matcher.actions.train import train
from matcher.domain.job import Job, JobKind
from matcher.domain.plan import Plan
from matcher.domain.visibility import Viewer
from matcher.store import imports, plans
from matcher.store.imports import ImportRun

Result = dict[str, Any]
MOST_MOVED = 10
"""Examples that a comparison gives, those that moved most."""
_STEP = re.compile(r"\[(\d+)/(\d+)\] (\w+)")
"""How a training says that a step of it is done."""


def import_job(platform: Platform, viewer: Viewer, wish: ImportWish, attempt: Attempt) -> Result:
    """Where an attempt before died between the import and the word that it is done, it counts."""
    id_ = import_id(attempt.job)
    with platform.database.reading() as session:
        run = imports.get(session, id_)
    return _imported(platform, viewer, wish, attempt) if run is None else _of_run(run)


def _imported(platform: Platform, viewer: Viewer, wish: ImportWish, attempt: Attempt) -> Result:
    home, job = platform.settings.home, attempt.job
    folder, overlay = make_folder(home, job.id), overlay_of(home, job.id)
    request = Request(
        singular(wish.noun),
        upload_path(home, job.id, wish.file),
        mapping=mapping_path(wish.mapping),
        source=wish.source,
        node=wish.node,
        dry_run=wish.dry_run,
        partial=wish.partial,
        report=folder / REPORT,
        id=import_id(job),
        name=wish.file,
        overlay=overlay or Overlay(),
        findings=folder / FINDINGS if wish.dry_run and overlay is not None else None,
    )
    attempt.step("rows")
    report = import_file(platform, request, viewer, progress=attempt.at)
    return {"import": report.id, "counts": report.counts, "dry_run": wish.dry_run}


def _of_run(run: ImportRun) -> Result:
    return {"import": run.id, "counts": dict(run.counts), "dry_run": False}


def import_id(job: Job) -> str:
    """The id of the import that a job makes: one job, one import."""
    return job.id.removeprefix("J-")


def undo_job(platform: Platform, viewer: Viewer, wish: UndoWish, attempt: Attempt) -> Result:
    """Take an import back. It is written as it goes, and nobody else can write meanwhile, so that
    only the end of the worker breaks it off."""
    attempt.step("records")
    done = undo_import(
        platform,
        viewer,
        wish.id,
        force=wish.force,
        job=attempt.job.id,
        progress=attempt.past_cancelling,
    )
    return {"import": done.id, "counts": dict(done.counts), "left": len(done.left)}


def training_job(
    platform: Platform, viewer: Viewer, wish: TrainingWish, attempt: Attempt
) -> Result:
    """Train, and publish unless told not to; what is worse than the current model is an error.

    One job, one model: where an attempt before made one, it counts.
    """

    def told(line: str) -> None:
        if found := _STEP.match(line):
            attempt.note(found[3], int(found[1]), int(found[2]))

    attempt.step("training")
    watch = Watch(told, attempt.look)
    job = attempt.job
    recipe = recipe_path(platform.settings, wish.recipe) if wish.recipe else None
    made = train(
        platform,
        recipe,
        seed=wish.seed,
        fresh=wish.fresh,
        job=job.id,
        actor=job.account,
        watch=watch,
    )
    if wish.publish:
        attempt.step("publish")
        publish_model(platform, viewer, made.version, wish.why)
    verdict = made.ruling.verdict.value
    return {"model": made.version, "verdict": verdict, "published": wish.publish}


def publish_job(platform: Platform, viewer: Viewer, wish: PublishWish, attempt: Attempt) -> Result:
    """Make a version current."""
    attempt.step("publish")
    publish_model(platform, viewer, wish.version, wish.why)
    return {"model": wish.version, "published": True}


def rollback_job(
    platform: Platform, viewer: Viewer, wish: RollbackWish, attempt: Attempt
) -> Result:
    """Go to the version that was meant when it was asked: once there it stays there."""
    attempt.step("rollback")
    return {"model": rollback_model(platform, viewer, wish.version or None), "published": True}


def comparison_job(
    platform: Platform, viewer: Viewer, wish: ComparisonWish, attempt: Attempt
) -> Result:
    """Ask two versions the same. Nothing is changed by it, so that it may be done twice."""
    attempt.step("comparison")
    watch = Watch(lambda _: None, attempt.look)
    found = compare_held_out(platform, wish.first, wish.second, moved=MOST_MOVED, watch=watch)
    return {
        "metrics": {name: asdict(one) for name, one in found.differences.items()},
        "why": found.why,
        "moved": [dict(one) for one in found.moved],
    }


def plan_job(platform: Platform, viewer: Viewer, wish: PlanJobWish, attempt: Attempt) -> Result:
    """Draft a plan. Where an attempt before died between the plan and the word that it is done, it
    counts; what could not be used to make it isn't known any more."""
    id_ = plan_id(attempt.job)
    with platform.database.reading() as session:
        is_made = plans.node_of(session, id_) is not None
    if is_made:
        return _of_plan(get_plan(platform, viewer, id_, wish.language).plan)
    attempt.step("needs")
    view = make_plan(platform, viewer, wish.wish(), wish.language, attempt.at, id=id_)
    return {**_of_plan(view.plan), "degraded": list(view.degraded)}


def _of_plan(plan: Plan) -> Result:
    return {"plan": plan.id, "lines": len(plan.lines), "unassigned": len(plan.unassigned)}


def plan_id(job: Job) -> str:
    """The id of the plan that a job drafts: one job, one plan."""
    return f"P-{job.id.removeprefix('J-')}"


def export_job(platform: Platform, viewer: Viewer, wish: ExportWish, attempt: Attempt) -> Result:
    """Write a file that can be fetched."""
    attempt.step("records")
    path = make_folder(platform.settings.home, attempt.job.id) / wish.name
    noun = singular(wish.noun)
    done = export_records(platform, viewer, noun, path, language=wish.language, progress=attempt.at)
    return {"rows": done.records, "file": wish.name}


def prompts_job(platform: Platform, viewer: Viewer, _: PromptsWish, attempt: Attempt) -> Result:
    """Note whose listings want a look."""
    attempt.step("listings")
    asked_by = attempt.job.account if viewer.account is None else actor_of(viewer)
    found = prompt_owners(platform, asked_by, attempt.at)
    return {"due": found.due, "new": sum(found.new.values()), "accounts": dict(found.new)}


def notices_job(platform: Platform, viewer: Viewer, _: NoticesWish, attempt: Attempt) -> Result:
    """Tell everybody what is new, then mail it. Where mail can't be sent the notices stay."""
    mailer = mailer_of(platform.settings)
    attempt.step("news")
    found = tell(platform, attempt.at, lambda total: attempt.step("accounts", total))
    attempt.step("mail")
    sent = send_notices(platform, mailer, attempt.at) if mailer else NOTHING_SENT
    return {
        "accounts": found.accounts,
        "told": sum(found.told.values()),
        "kinds": {kind.value: count for kind, count in found.told.items()},
        "left_out": [kind.value for kind in found.left_out],
        "mailed": sent.mailed,
        "refused": sent.refused,
    }


HANDLERS: Mapping[JobKind, Callable[[Platform, Viewer, Any, Attempt], Result]] = MappingProxyType(
    {
        JobKind.IMPORT: import_job,
        JobKind.IMPORT_UNDO: undo_job,
        JobKind.TRAINING: training_job,
        JobKind.PUBLISH: publish_job,
        JobKind.ROLLBACK: rollback_job,
        JobKind.COMPARISON: comparison_job,
        JobKind.PLAN: plan_job,
        JobKind.EXPORT: export_job,
        JobKind.PROMPTS: prompts_job,
        JobKind.NOTICES: notices_job,
    }
)


def tidy(platform: Platform, job: Job) -> None:
    """Remove what a job that is done doesn't need any more: an import's file is in the store."""
    if job.kind is not JobKind.IMPORT:
        return
    home = platform.settings.home
    overlay = overlay_of(home, job.id)
    if overlay is not None and overlay.draft and not job.arguments.get("dry_run"):
        drop_draft_file(home, overlay.draft)
    drop_upload(home, job.id)


def file_of(platform: Platform, job: Job) -> Path | None:
    """The file that came of a job: what was exported, or what became of each row of an import."""
    names = {JobKind.IMPORT: REPORT, JobKind.EXPORT: job.result.get("file")}
    name = names.get(job.kind)
    path = folder_of(platform.settings.home, job.id) / name if name and job.is_over else None
    return path if path is not None and path.is_file() else None
