"""Why a contract sheet can't be saved as it was typed, in the reader's words."""

from __future__ import annotations

from collections.abc import Mapping

from matcher.errors import MatcherError
from matcher.web.contract_form import ABOVE_VALUE, FRACTION, NO_SUM, NO_VALUE
from matcher.web.say import Say

_WHY: Mapping[str, tuple[str, str]] = {
    FRACTION: (
        "{name}：请填整数；4.5 万请写 45000 或 4.5万。",
        "{name}: write a whole sum, such as 45000 or 45k.",
    ),
    ABOVE_VALUE: ("{name}不能超过成交额。", "{name} can’t be more than the value."),
    NO_VALUE: (
        "{name}按百分比填写时，请先填成交额，或直接填金额。",
        "{name}: percent of what? Fill in the value, or write the sum itself.",
    ),
    NO_SUM: (
        "{name}没有填。请补上，或清空这一期的日期。",
        "{name} is missing. Write how much, or clear the day.",
    ),
}


def contract_fault(error: MatcherError, labels: Mapping[str, str], say: Say) -> str:
    """The reason with the field's name; "" for what is told as any other error is.

    labels: what the page calls the fields.
    """
    field = str(error.where.get("field") or "")
    if field == "payment":
        return say(
            "首付与分期加起来超过了成交额。", "Upfront and instalments are more than the value."
        )
    words = _WHY.get(str(error.values.get("why") or ""))
    return say(*words, name=labels.get(field, field)) if words else ""
