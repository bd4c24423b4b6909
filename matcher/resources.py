"""What the product works with: files that ship with it, and libraries it seldom needs.

The files are lexicon, taxonomy, mappings and sample. In a checkout they lie in `data/` beside the
package. A wheel carries the same folder inside the package (see `package_dir` in setup.cfg), so
that an installed copy needs no checkout.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

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


class _Library:
    """Stands for a module until something of it is asked for."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module(self._name), name)


def library(name: str) -> Any:
    """A module, such as `scipy.optimize`, that is loaded when something of it is first used.

    For what only trainings need: every command and every process that serves would otherwise load
    scikit-learn and half of SciPy, which takes longer than all the rest.
    """
    return _Library(name)


def _root() -> Path:
    return _INSTALLED if _INSTALLED.is_dir() else _CHECKOUT
