"""The columns of a file beside our fields, as a person chooses them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from matcher.actions.import_drafts import ImportDraft
from matcher.files.column_guess import Sureness, fields_of
from matcher.files.fields import missing_text
from matcher.files.own_rows import FORMAT
from matcher.web.import_words import SURENESS, field_name, no_text_told
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
    """All columns, and the fields to choose from as code and name; left: how many aren't read.

    wanting: that no column is a text, "" where one is.
    """

    columns: tuple[ColumnShown, ...]
    fields: tuple[tuple[str, str], ...]
    left: int
    wanting: str


def columns_shown(draft: ImportDraft, typed: Mapping[str, str], say: Say) -> ColumnsShown:
    """The columns of a draft; typed: what was chosen in a form that couldn't be taken, by box."""
    shown = tuple(
        ColumnShown(
            box=f"{PREFIX}{place}",
            name=one.name,
            samples=one.samples,
            field=typed.get(f"{PREFIX}{place}", draft.overlay.columns.get(one.name, "")),
            sureness=one.sureness,
            sure="",
        )
        for place, one in enumerate(draft.guesses)
    )
    guessed = (one.field for one in draft.guesses if one.field)
    codes = dict.fromkeys((*fields_of(draft.noun), *guessed))
    fields = tuple((code, field_name(draft.noun, code, say)) for code in codes)
    shown = tuple(replace(one, sure=_sure(one, say)) for one in shown)
    left = sum(not one.field for one in shown)
    return ColumnsShown(shown, fields, left, _wanting(draft.noun, shown, say))


def _sure(one: ColumnShown, say: Say) -> str:
    """In words; of a row number that is chosen after all, what comes of that."""
    if one.sureness is Sureness.ROW_NUMBER and one.field:
        return say(
            "行号：下一份表也从 1 数起，会覆盖这一份",
            "a row number: the next table counts from 1, too, and would overwrite this one",
        )
    return say(*SURENESS[one.sureness])


def _wanting(noun: str, shown: Sequence[ColumnShown], say: Say) -> str:
    """A file that the platform wrote says its texts in its own way."""
    if any(one.name == FORMAT for one in shown):
        return ""
    field = missing_text(noun, {one.field for one in shown})
    return no_text_told(noun, field, say) if field else ""


def columns_chosen(draft: ImportDraft, form: Mapping[str, str]) -> dict[str, str]:
    """The field of each column by its name, from a form."""
    boxes = ((one.name, form.get(f"{PREFIX}{place}")) for place, one in enumerate(draft.guesses))
    return {name: field for name, field in boxes if field is not None}
