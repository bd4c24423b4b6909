"""Why a plan can't be changed as somebody asked, in the reader's words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from matcher.actions.plan_checks import Obstacle
from matcher.domain.plan import Unmet
from matcher.errors import MatcherError
from matcher.web.say import Say
from matcher.web.typed import Typed
from matcher.web.typed_again import typed_again

Pair = tuple[str, str]
_RULES: Mapping[str, Pair] = {
    **{one.value: (one.zh, one.en) for one in Obstacle},
    Unmet.QUOTA.value: ("已达到每人至多的对数", "they have as many pairs as the plan allows"),
}
_OTHERWISE: Pair = (
    "什么也没有改变。请换一位经理人或另一对。",
    "Nothing was changed. Choose another manager or another pair.",
)


def plan_fault(form: str, values: Mapping[str, str], error: MatcherError, say: Say) -> Typed:
    """What was typed, and what stands against it: the rule by its name, where one does."""
    again = typed_again(form, values, error, say)
    rule = _RULES.get(str(error.values.get("rule", "")))
    if rule is None:
        return again
    reason = say(*rule)
    title = say("不能这样安排：{why}", "This can’t be: {why}", why=reason)
    return replace(again, fault=title, advice=say(*_OTHERWISE), detail="")
