"""What a page tells of a form that wasn't saved, in the reader's words."""

from __future__ import annotations

from collections.abc import Mapping

from matcher.domain.enums import Language
from matcher.errors import EditConflict, MatcherError
from matcher.web.faults import fault_of
from matcher.web.say import Say
from matcher.web.typed import Typed, differences

NO_LABELS: Mapping[str, str] = {}
_TONGUES: Mapping[Language, str] = {Language.ZH: "zh-Hans", Language.EN: "en"}


def typed_again(
    form: str,
    values: Mapping[str, str],
    error: MatcherError,
    say: Say,
    *,
    labels: Mapping[str, str] = NO_LABELS,
    now: Mapping[str, str] = NO_LABELS,
    reason: str = "",
) -> Typed:
    """What was typed, and why it wasn't saved. labels: of the fields that are compared with now.

    reason: in the reader's language, where the form knows more exactly what is wrong.
    """
    fault = fault_of(error, say.language)
    conflict = isinstance(error, EditConflict) and "version" in error.values
    advice = fault.advice
    if conflict:
        advice = say(
            "您填写的内容还在下面，没有保存。对照现在的内容，需要时修改后再保存。",
            "What you typed is still below and not saved. Compare it with what is there now, "
            "then save it again.",
        )
    return Typed(
        form=form,
        values={name: str(value) for name, value in values.items()},
        fault=fault.title,
        advice=advice,
        detail=(reason or _told(error, labels, say)) if not conflict else "",
        detail_tongue=_TONGUES[say.language] if reason or _names(error, labels) else "en",
        fault_field=fault.field,
        status=fault.status,
        differences=differences(labels, now, values) if conflict else (),
    )


def _names(error: MatcherError, labels: Mapping[str, str]) -> str:
    """The field that is at fault as the page names it, "" for none."""
    return labels.get(str(error.where.get("field") or ""), "")


def _told(error: MatcherError, labels: Mapping[str, str], say: Say) -> str:
    """Which field, and what belongs into it; for readers of English what exactly is wrong."""
    name = _names(error, labels)
    exact = f"{error.message} {error.hint or ''}".strip()
    return say("{name}填写有误。", "{name}: {exact}", name=name, exact=exact) if name else exact
