"""Fields of forms as the actions take them."""

from __future__ import annotations

from collections.abc import Mapping

from matcher.errors import InvalidValue


def version_of(form: Mapping[str, str]) -> int:
    """The version that the form was made of. Raises InvalidValue for a form without one."""
    text = form.get("version", "")
    if not text.isdecimal() or len(text) > 9:
        hint = "Load the page anew and send it again."
        raise InvalidValue("The form doesn't say what it was made of.", field="version", hint=hint)
    return int(text)
