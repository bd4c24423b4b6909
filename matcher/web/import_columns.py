"""The columns of a file beside our fields, as a person chooses them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from matcher.actions.import_drafts import ImportDraft
from matcher.files.column_guess import Sureness, fields_of
from matcher.web.import_words import SURENESS, field_name
from matcher.web.say import Say

PREFIX = "field-"
"""What the names of the boxes begin with; the place of the column follows."""


@dataclass(frozen=True, slots=True)
class ColumnShown:
    """A column. box: the name of its select; field: what is chosen; sure: in words."""

    box: str
    name: str
    samples: tuple[str, ...]
    field: str
    sureness: Sureness
    sure: str


@dataclass(frozen=True, slots=True)
class ColumnsShown:
    """All columns, and the fields to choose from as code and name; left: how many aren't read."""

    columns: tuple[ColumnShown, ...]
    fields: tuple[tuple[str, str], ...]
    left: int


def columns_shown(draft: ImportDraft, typed: Mapping[str, str], say: Say) -> ColumnsShown:
    """The columns of a draft; typed: what was chosen in a form that couldn't be taken, by box."""
    shown = tuple(
        ColumnShown(
            box=f"{PREFIX}{place}",
            name=one.name,
            samples=one.samples,
            field=typed.get(f"{PREFIX}{place}", draft.overlay.columns.get(one.name, "")),
            sureness=one.sureness,
            sure=say(*SURENESS[one.sureness]),
        )
        for place, one in enumerate(draft.guesses)
    )
    guessed = (one.field for one in draft.guesses if one.field)
    codes = dict.fromkeys((*fields_of(draft.noun), *guessed))
    fields = tuple((code, field_name(draft.noun, code, say)) for code in codes)
    return ColumnsShown(shown, fields, sum(not one.field for one in shown))


def columns_chosen(draft: ImportDraft, form: Mapping[str, str]) -> dict[str, str]:
    """The field of each column by its name, from a form."""
    boxes = ((one.name, form.get(f"{PREFIX}{place}")) for place, one in enumerate(draft.guesses))
    return {name: field for name, field in boxes if field is not None}
