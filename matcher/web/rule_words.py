"""The hard rules in words: what each is called, and what it removes."""

from __future__ import annotations

from collections.abc import Mapping

from matcher.recommend.rules import Rule

Pair = tuple[str, str]
RULES: Mapping[Rule, tuple[Pair, Pair]] = {
    Rule.TOO_EARLY: (
        ("成熟度不够", "Too early"),
        (
            "成果写明了 TRL，且低于需求要求的最低 TRL",
            "its TRL is stated and below the lowest that the need asks for",
        ),
    ),
    Rule.ABOVE_BUDGET: (
        ("超出预算", "Above the budget"),
        (
            "最低价高于需求预算的上限（同一币种）",
            "its lowest price is above the top of the budget, in the same currency",
        ),
    ),
    Rule.EXPIRED: (
        ("已过期", "Expired"),
        ("有效期在今天之前结束", "its validity ended before today"),
    ),
    Rule.CONFLICT: (
        ("利益冲突", "Conflict of interest"),
        (
            "同一单位，或经理人须回避其中一方",
            "both are of one organisation, or the manager has to keep away from one of them",
        ),
    ),
    Rule.NO_CAPACITY: (
        ("没有余力", "No room"),
        (
            "经理人在手已满、容量为 0，或已停用",
            "the manager has as many in hand as they can carry, states 0, or isn’t active",
        ),
    ),
    Rule.KNOWN: (
        ("已经知道", "Known already"),
        ("这一对已经有过结果", "the two are known to go with each other"),
    ),
    Rule.EXCLUDED: (
        ("被排除", "Left out"),
        (
            "是提出需求的人自己，或被点名排除",
            "it is who asks themselves, or it was named to be left out",
        ),
    ),
    Rule.FILTERED: (
        ("不合筛选", "Filtered"),
        ("不符合查找时选的条件", "it doesn’t pass a filter that was chosen in a search"),
    ),
    Rule.NOT_LISTED: (
        ("不在名单", "Not listed"),
        ("只在指定名单里挑选时，不在名单上", "it isn’t in the list to choose from"),
    ),
}
"""In the order in which a page tells them; the first that applies is the one that counts."""
