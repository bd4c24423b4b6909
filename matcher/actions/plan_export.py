"""A docking plan as an Excel sheet that leaves the platform; that it does is written down."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from matcher.actions.audit import note
from matcher.actions.authority import actor_of
from matcher.actions.export import VERB
from matcher.actions.plan_reading import get_plan
from matcher.actions.platform import Platform
from matcher.domain.enums import Language, Noun
from matcher.domain.event import Subject
from matcher.domain.visibility import Viewer
from matcher.files.plan_sheet import write_plan_sheet

_INSTEAD = "Draft plans of fewer needs, such as those of one field, and download each."
"""Where a sheet doesn't hold the plan."""


def export_plan(platform: Platform, viewer: Viewer, id: str, language: Language) -> bytes:
    """The file as `matcher plan show -o` writes it. Raises NotFound, UnwritableOutput."""
    view = get_plan(platform, viewer, id, language)
    with platform.database.writing() as session:
        about = Subject(noun=Noun.PLAN, id=id)
        note(session, actor_of(viewer), f"{VERB}_{Noun.PLAN}", platform.now(), about)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "plan.xlsx"
        write_plan_sheet(path, view.plan, view.titles, language, instead=_INSTEAD)
        return path.read_bytes()
