"""Where the files that ship with the product are: lexicon, taxonomy, mappings, sample.

In a checkout they lie in `data/` beside the package. A wheel carries the same folder inside
the package (see `package_dir` in setup.cfg), so that an installed copy needs no checkout.
"""

from __future__ import annotations

from pathlib import Path

from matcher.errors import MissingData

_PACKAGE = Path(__file__).resolve().parent
_INSTALLED = _PACKAGE / "_data"
_CHECKOUT = _PACKAGE.parent / "data"


def data_path(*parts: str) -> Path:
    """The file or folder `data/<parts>`, for instance `data_path("taxonomy", "fields.csv")`.

    Raises MissingData when it isn't there: the installation is incomplete.
    """
    path = _root().joinpath(*parts)
    if not path.exists():
        hint = "Install tech-matcher anew, or work from a complete checkout."
        raise MissingData("ships with the product but is missing.", file=str(path), hint=hint)
    return path


def _root() -> Path:
    return _INSTALLED if _INSTALLED.is_dir() else _CHECKOUT
