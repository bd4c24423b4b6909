"""Making a new model, in a process of its own, and what the gate says of it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from matcher.actions.audit import note
from matcher.actions.child import Watch, run_training
from matcher.actions.platform import OPERATOR, Platform
from matcher.actions.ruling import Ruling, ruling_in, ruling_of
from matcher.domain.enums import Noun
from matcher.domain.event import Subject
from matcher.errors import MatcherError
from matcher.store import events

VERB = "trained"
_EVER = datetime(1970, 1, 1, tzinfo=UTC)
_FAILED = "The training failed; no model was made"
_HINT = "What it said stands above. The current model stays."


class Trained(NamedTuple):
    """The version that was made, and how it compares with the current one."""

    version: str
    ruling: Ruling


def train(
    platform: Platform,
    recipe: Path | None = None,
    encoder: str | None = None,
    *,
    seed: int = 0,
    fresh: bool = False,
    job: str = "",
    actor: str = OPERATOR,
    watch: Watch | None = None,
) -> Trained:
    """Train a model of what is in the store. It isn't published yet.

    fresh: don't go on with what an interrupted training of the same records left. job: the job
    that it is for; a model that was made for that before is the one. actor: who has it made. watch:
    is told what the training says, and may stop it; the same call goes on where it was. Raises
    MatcherError where it fails.
    """
    made = _made_for(platform, job) if job else None
    if made is None:
        made = _trained(platform, recipe, encoder, seed=seed, fresh=fresh, job=job, watch=watch)
    _tell(platform, actor, made.version)
    return made


def _made_for(platform: Platform, job: str) -> Trained | None:
    """What an attempt before made, whose worker died before it could say so."""
    for entry in platform.library.versions():
        if entry.manifest is not None and entry.manifest.job == job:
            return Trained(entry.version, ruling_in(entry.manifest))
    return None


def _trained(
    platform: Platform,
    recipe: Path | None,
    encoder: str | None,
    *,
    seed: int,
    fresh: bool,
    job: str,
    watch: Watch | None,
) -> Trained:
    arguments = ["build", "--seed", str(seed), "--fresh" if fresh else "--resume"]
    arguments += ["--recipe", str(recipe.absolute())] if recipe else []
    arguments += ["--encoder", encoder] if encoder else []
    arguments += ["--job", job] if job else []
    found = run_training(platform.settings, arguments, failed=_FAILED, hint=_HINT, watch=watch)
    try:
        return Trained(found["version"], ruling_of(found["gate"]))
    except (KeyError, TypeError) as error:
        raise MatcherError(f"{_FAILED} (it printed no result).", hint=_HINT) from error


def _tell(platform: Platform, actor: str, version: str) -> None:
    """Once, however often it is found again."""
    subject = Subject(noun=Noun.MODEL, id=version)
    with platform.database.writing() as session:
        if not events.told_about(session, actor, VERB, _EVER, [subject]):
            note(session, actor, VERB, platform.now(), subject, model=version)
