"""What is being done about models: jobs that train, publish and go back, and how long it took.

For admins of the whole platform, as models are.
"""

from __future__ import annotations

from dataclasses import dataclass

from matcher.actions.authority import require_root_admin
from matcher.actions.jobs import list_jobs
from matcher.actions.platform import Platform
from matcher.domain.job import OPEN, Job, JobKind, JobState
from matcher.domain.visibility import Viewer
from matcher.errors import EditConflict

CHANGING = (JobKind.PUBLISH, JobKind.ROLLBACK)
"""What makes another version current."""
KINDS = (JobKind.TRAINING, *CHANGING)
_LOOKED_AT = 100


@dataclass(frozen=True, slots=True)
class ModelWork:
    """open: jobs that aren't over, the newest first. last: the newest one that is, None where none
    was. seconds: how long the last training took, None where none was done."""

    open: tuple[Job, ...]
    last: Job | None
    seconds: float | None


def model_work(platform: Platform, viewer: Viewer) -> ModelWork:
    """The jobs about models that the viewer may know of. Raises NotAllowed."""
    with platform.database.reading() as session:
        require_root_admin(session, viewer)
    open_ = list_jobs(platform, viewer, kinds=KINDS, states=OPEN).rows
    newest = list_jobs(platform, viewer, kinds=KINDS, limit=len(open_) + 1).rows
    over = [job for job in newest if job.is_over]
    return ModelWork(open_, over[0] if over else None, _last_seconds(platform, viewer))


def comparison_of(platform: Platform, viewer: Viewer, first: str, second: str) -> Job | None:
    """The newest comparison of two versions, None where none was asked for lately."""
    found = list_jobs(platform, viewer, kinds=[JobKind.COMPARISON], limit=_LOOKED_AT).rows
    wanted = (first, second)
    asked = (job for job in found if (job.arguments["first"], job.arguments["second"]) == wanted)
    return next(asked, None)


def require_idle(platform: Platform, viewer: Viewer, current: str, seen: str) -> None:
    """Raise EditConflict where another version than the one `seen` is current by now, or somebody
    is about to make one current."""
    work = model_work(platform, viewer)
    if current != seen or any(job.kind in CHANGING for job in work.open):
        hint = "Load the page anew, and decide again."
        raise EditConflict("Another model is current by now, or about to be.", hint=hint)


def _last_seconds(platform: Platform, viewer: Viewer) -> float | None:
    done = list_jobs(
        platform, viewer, kinds=[JobKind.TRAINING], states=[JobState.DONE], limit=1
    ).rows
    for job in done:
        if job.started_at is not None and job.ended_at is not None:
            return (job.ended_at - job.started_at).total_seconds()
    return None
