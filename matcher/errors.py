"""What can go wrong, as classes that know no HTTP and no shell.

Every error says what was wrong (`message`), where (`file`, `row`, `column`, `field`: the
ones that apply) and what to do (`hint`). `code` is stable and machine-readable; the shell
and the web each translate errors in one place of their own.
"""

from __future__ import annotations

from typing import Any


class MatcherError(Exception):
    """Base of all errors a user may see. `code` never changes once released."""

    code = "error"

    def __init__(
        self,
        message: str,
        *,
        file: str | None = None,
        row: int | None = None,
        column: str | None = None,
        field: str | None = None,
        hint: str | None = None,
        **values: Any,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.where = {
            name: value
            for name, value in {"file": file, "row": row, "column": column, "field": field}.items()
            if value is not None
        }
        self.hint = hint
        self.values = values

    def __str__(self) -> str:
        place = ", ".join(
            f"{value}" if name == "file" else f"{name} {value}"
            for name, value in self.where.items()
        )
        text = f"{place}: {self.message}" if place else self.message
        return f"{text} {self.hint}" if self.hint else text


class UsageError(MatcherError):
    """The caller asked for something that can't be asked: exit code 2, HTTP 400."""

    code = "usage"


class InputError(MatcherError):
    """A file or record that was handed in can't be used: exit code 1, HTTP 422."""

    code = "input"


class UnreadableFile(InputError):
    """Missing, empty, truncated, password-protected, or not what its name says."""

    code = "unreadable_file"


class MissingColumn(InputError):
    """No usable column; `values` carries the columns found and the ones wanted."""

    code = "missing_column"


class DuplicateId(InputError):
    """Two rows with one id; `values["rows"]` names both."""

    code = "duplicate_id"


class InvalidValue(InputError):
    """A cell or field that doesn't parse or is out of range."""

    code = "invalid_value"


class UnwritableOutput(MatcherError):
    """The result can't be written there; nothing was left half-written."""

    code = "unwritable_output"


class IllegalTransition(MatcherError):
    """A follow-up can't go from its state to that one; `values["legal"]` lists those it can."""

    code = "illegal_transition"


class EncoderUnavailable(MatcherError):
    """An encoder's files, package or endpoint are missing or answer wrongly."""

    code = "encoder_unavailable"


class MailUnavailable(MatcherError):
    """The mail server can't be reached, or doesn't let us in; nothing more was sent."""

    code = "mail_unavailable"


class MailRefused(MatcherError):
    """The mail server doesn't take a letter; others it may."""

    code = "mail_refused"


class MissingData(MatcherError):
    """A file that ships with the product (lexicon, taxonomy, recipe) isn't where it should be."""

    code = "missing_data"


class NotFound(MatcherError):
    """There is no such record, or none that the caller may know of: HTTP 404."""

    code = "not_found"


class NotAllowed(MatcherError):
    """The caller may know of it but not do this: HTTP 403."""

    code = "not_allowed"


class NotSignedIn(MatcherError):
    """Nobody is known to be asking, or their token or password isn't good: HTTP 401."""

    code = "not_signed_in"


class EditConflict(MatcherError):
    """Somebody else changed it meanwhile; `values["version"]` is the one there is now."""

    code = "edit_conflict"


class ImportRefused(InputError):
    """Rows can't be imported, so none was; `values["refused"]` is how many."""

    code = "import_refused"


class StoreUnavailable(MatcherError):
    """The database can't be opened, reached or written in time; nothing was changed: HTTP 503."""

    code = "store_unavailable"


class WrongSchema(MatcherError):
    """The database was made by another version; `values` carry the revisions found and wanted."""

    code = "wrong_schema"


class BrokenBundle(MatcherError):
    """A model's files are missing, damaged, or of another version; the current model stays."""

    code = "broken_bundle"


class TrainingDiverged(MatcherError):
    """The learning came to no numbers; nothing of it is kept."""

    code = "training_diverged"


class NoModel(MatcherError):
    """No model has been published yet, or not one of that name: HTTP 503."""

    code = "no_model"
