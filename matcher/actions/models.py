"""Models: making one current once it has proved itself, going back, looking them over."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from matcher.actions.audit import note
from matcher.actions.authority import actor_of, require_root_admin
from matcher.actions.platform import OPERATOR, Platform
from matcher.actions.ruling import refusal
from matcher.bundle.catalogue import State
from matcher.bundle.library import Library
from matcher.bundle.manifest import Manifest, read_manifest
from matcher.bundle.remarks import Remark, put_remark, remark_on
from matcher.bundle.work import sweep_work
from matcher.domain.enums import Noun
from matcher.domain.event import Subject
from matcher.domain.visibility import Viewer
from matcher.errors import BrokenBundle, MatcherError, NoModel
from matcher.evaluate.comparison import in_words
from matcher.recommend.golden import check_golden
from matcher.recommend.saving import open_collections
from matcher.store import feed
from matcher.text.encoders.registry import open_encoder

WORK = "training"
"""The folder in home where a training keeps its steps."""


class Checked(NamedTuple):
    """A version and what is wrong with it, "" for nothing."""

    version: str
    problem: str


def publish_model(platform: Platform, viewer: Viewer, version: str, why: str = "") -> None:
    """Make a version current, once it opens and finds what it found when it was built.

    A model concerns everybody, so this is for admins of a root node (NotAllowed). One that was
    measured to be significantly worse than what is current needs a reason, `why`, which is on
    record before the swap. Whatever goes wrong, what was current stays: MatcherError for that one,
    NoModel, BrokenBundle, EncoderUnavailable, UnwritableOutput. Where only the event can't be
    written (StoreUnavailable), repeat it.
    """
    actor = _permitted(platform, viewer)
    forced = _refused(platform.library, version, why)

    def check(folder: Path) -> None:
        prove(folder)
        if forced:
            remark = Remark(why=why.strip(), by=actor, at=platform.now())
            put_remark(platform.library.folder, version, remark)
            _note(platform, "forced", version, actor)

    platform.library.publish(version, check)
    _note(platform, "published", version, actor)
    tidy(platform)


def remark_of(platform: Platform, version: str) -> Remark | None:
    """Why a version was published against the gate, None where it wasn't. Raises BrokenBundle."""
    return remark_on(platform.library.folder, version)


def tidy(platform: Platform) -> None:
    """Remove old models beyond `keep_models`, changes that no model has to catch up with, and
    what interrupted trainings left.

    Raises UnwritableOutput, BrokenBundle, StoreUnavailable; what is current stays.
    """
    collect_models(platform)
    sweep_work(platform.settings.home / WORK)
    kept = [entry.manifest.seq for entry in platform.library.versions() if entry.manifest]
    if kept:
        with platform.database.writing() as session:
            feed.prune(session, min(kept) + 1)


def collect_models(
    platform: Platform, keep: int | None = None, *, actor: str = OPERATOR
) -> tuple[str, ...]:
    """Remove old models beyond the newest `keep`, by default the setting's; those removed.

    Raises UsageError, UnwritableOutput, BrokenBundle, StoreUnavailable.
    """
    removed = platform.library.collect(keep or platform.settings.keep_models)
    if removed:
        subjects = (Subject(noun=Noun.MODEL, id=version) for version in removed)
        with platform.database.writing() as session:
            note(session, actor, "models_removed", platform.now(), *subjects)
    return removed


def rollback_model(platform: Platform, viewer: Viewer, to: str | None = None) -> str:
    """Make current what was before, or the version `to`; which it is. It has to prove itself too.

    Raises NoModel where there is none to go back to, and what `publish_model` raises.
    """
    actor = _permitted(platform, viewer)
    target = to or previous_version(platform.library)
    if target is not None:
        with platform.library.in_use(target) as lease:
            prove(lease.folder)
    version = platform.library.rollback(target)
    _note(platform, "rolled_back", version, actor)
    return version


def prove(folder: Path) -> None:
    """Open the model in `folder` and repeat its golden queries.

    Raises BrokenBundle, EncoderUnavailable.
    """
    golden = read_manifest(folder).golden
    check_golden(open_collections(folder, open_encoder), golden)


def model_facts(platform: Platform, version: str | None = None) -> Manifest:
    """What a version, or the current one, says of itself. Raises NoModel, BrokenBundle."""
    wanted = version or platform.library.current().version
    return platform.library.verify(wanted, fast=True)


def verify_models(platform: Platform, version: str | None = None) -> tuple[Checked, ...]:
    """Read every byte of one version or of all, oldest first. Raises NoModel for an unknown one."""
    there = (entry.version for entry in platform.library.versions())
    return tuple(_checked(platform.library, one) for one in ([version] if version else there))


def _permitted(platform: Platform, viewer: Viewer) -> str:
    """Who acts, where it is theirs to do. Raises NotAllowed."""
    with platform.database.reading() as session:
        require_root_admin(session, viewer)
    return actor_of(viewer)


def _refused(library: Library, version: str, why: str) -> bool:
    """Whether the gate speaks against a version; raises MatcherError unless there's a reason."""
    manifest = library.verify(version, fast=True)
    found = refusal(manifest, current_version(library))
    if found is not None and not why.strip():
        raise MatcherError(
            f"{version} is worse than the current model: {in_words(found)}.",
            hint='It is kept. To publish it all the same: --force --why "REASON".',
        )
    return found is not None


def current_version(library: Library) -> str | None:
    """The version that is current, None where none is or it can't be told."""
    try:
        return library.pointer().version
    except (NoModel, BrokenBundle):
        return None


def _checked(library: Library, version: str) -> Checked:
    try:
        library.verify(version)
    except BrokenBundle as error:
        return Checked(version, str(error))
    return Checked(version, "")


def previous_version(library: Library) -> str | None:
    """The version that was current before, of those that are there; None for none."""
    found = (entry.version for entry in library.versions() if entry.state is State.PREVIOUS)
    return next(found, None)


def _note(platform: Platform, verb: str, version: str, actor: str) -> None:
    subject = Subject(noun=Noun.MODEL, id=version)
    with platform.database.writing() as session:
        note(session, actor, verb, platform.now(), subject, model=version)
