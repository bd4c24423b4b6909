"""All cases by name, and where each one's files are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from matcher.errors import UnreadableFile, UsageError
from matcher.resources import data_path
from training.sets import citeulike, csl, patents, sample, sbir, xquad
from training.sets.case import Case


@dataclass(frozen=True, slots=True)
class Entry:
    """A case that can be read: its name `set/what` and the folder its files are in."""

    name: str
    folder: Path
    read: Callable[[Path], Case]

    def load(self) -> Case:
        """Read the files. Raises what the readers raise, with file and row."""
        return self.read(self.folder)


@dataclass(frozen=True, slots=True)
class Selection:
    """The cases to measure, and a line for each set that was left out because it isn't there."""

    entries: tuple[Entry, ...]
    skipped: tuple[str, ...]


def select(sets: Path | None, only: Iterable[str] = ()) -> Selection:
    """The cases of the sample and of the sets in the folder `sets`.

    `only`: names of cases (sbir/firms) or of sets (sbir); all without. Without a folder there is
    the sample alone. Raises UnreadableFile if `sets` isn't a folder, UsageError for a name that
    no case has.
    """
    if sets is not None and not sets.is_dir():
        hint = "Name the folder that holds the sets, one folder each."
        raise UnreadableFile("is not a folder.", file=str(sets), hint=hint)
    chosen = _chosen(catalogue(sets or Path()), tuple(only))
    absent = {entry.folder for entry in chosen if not _is_there(entry, sets)}
    return Selection(
        entries=tuple(entry for entry in chosen if entry.folder not in absent),
        skipped=tuple(_skipping(folder, chosen, sets) for folder in sorted(absent)),
    )


def catalogue(sets: Path) -> list[Entry]:
    """Every case that there is, in the order of the table."""
    folders: Mapping[str, tuple[Path, Mapping[str, Callable[[Path], Case]]]] = {
        sample.NAME: (data_path("sample"), sample.CASES),
        sbir.NAME: (sets / sbir.FOLDER, sbir.CASES),
        xquad.NAME: (sets / xquad.FOLDER, xquad.CASES),
        patents.NAME: (sets / patents.FOLDER, patents.CASES),
        csl.NAME: (sets / csl.FOLDER, csl.CASES),
        citeulike.NAME: (sets / citeulike.FOLDER, citeulike.CASES),
    }
    return [
        Entry(f"{name}/{what}", folder, read)
        for name, (folder, cases) in folders.items()
        for what, read in cases.items()
    ]


def _chosen(entries: list[Entry], only: tuple[str, ...]) -> list[Entry]:
    for name in only:
        if not any(_is_named(entry, name) for entry in entries):
            hint = f"Known are {', '.join(entry.name for entry in entries)}."
            raise UsageError(f"no case or set is named {name!r}.", hint=hint)
    return [e for e in entries if not only or any(_is_named(e, name) for name in only)]


def _is_named(entry: Entry, name: str) -> bool:
    return entry.name == name or entry.name.startswith(f"{name}/")


def _is_there(entry: Entry, sets: Path | None) -> bool:
    inside = sets is not None or entry.name.startswith(f"{sample.NAME}/")
    return inside and entry.folder.is_dir()


def _skipping(folder: Path, chosen: list[Entry], sets: Path | None) -> str:
    names = ", ".join(entry.name for entry in chosen if entry.folder == folder)
    where = "no folder of sets was given" if sets is None else f"{folder} is not there"
    return f"{names}: skipped, {where}"
