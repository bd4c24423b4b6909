"""Small models: what a draft is filled with, and what stands in a models folder afterwards."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from matcher.bundle.library import Library
from matcher.bundle.manifest import Facts, Measured

FACTS = Facts(
    created_at=datetime(2026, 3, 1, 8, 30, tzinfo=UTC),
    seq=41,
    counts={"outcome": 2, "need": 1},
    encoder="trained-0011223344556677",
    dictionary="ab" * 32,
    recipe={"bands": {"strong": 0.7}, "legs": ["concepts", "content"]},
    metrics={"nDCG@10": Measured(0.71, 0.69, 0.73), "coverage": Measured(0.5, None, None)},
    golden=({"need": "机床导轨耐磨涂层", "finds": ["o1"]},),
    parent=None,
)


def fill(folder: Path, content: str = "one") -> None:
    """Two files, one of them in a folder."""
    (folder / "index").mkdir()
    (folder / "index" / "vectors.bin").write_bytes(content.encode() * 100)
    (folder / "ids.json").write_text('["o1"]')


def finished(library: Library, content: str = "one", seq: int = 41) -> str:
    """A version that isn't published."""
    with library.new() as draft:
        fill(draft.folder, content)
        return draft.finish(replace(FACTS, seq=seq))


def published(library: Library, content: str = "one") -> str:
    """A version that is current."""
    version = finished(library, content)
    library.publish(version)
    return version


def visible(models: Path) -> list[str]:
    """The names in a models folder, but for locks and ledger: those stay."""
    return sorted(
        path.name for path in models.iterdir() if path.name not in {".locks", "ledger.json"}
    )


def held(models: Path) -> list[str]:
    """The names of the lock files."""
    return sorted(path.name for path in (models / ".locks").iterdir())
