"""Why a contract sheet wasn't saved, in words."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from matcher.domain.enums import Language
from matcher.errors import InvalidValue
from matcher.web.contract_faults import contract_fault
from matcher.web.contract_form import contract_of
from matcher.web.contract_shown import contract_labels
from matcher.web.say import Say

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("form", "zh", "en"),
    [
        (
            {"commission": "4.5"},
            "佣金：请填整数；4.5 万请写 45000 或 4.5万。",
            "Commission: write a whole sum, such as 45000 or 45k.",
        ),
        (
            {"value": "10", "technical_value": "11"},
            "技术交易额不能超过成交额。",
            "Technical value can’t be more than the value.",
        ),
        (
            {"commission": "5%"},
            "佣金按百分比填写时，请先填成交额，或直接填金额。",
            "Commission: percent of what? Fill in the value, or write the sum itself.",
        ),
        (
            {"due_0": "2027-01-31"},
            "第 1 期金额没有填。请补上，或清空这一期的日期。",
            "Instalment 1 is missing. Write how much, or clear the day.",
        ),
        (
            {"value": "10", "upfront": "11"},
            "首付与分期加起来超过了成交额。",
            "Upfront and instalments are more than the value.",
        ),
        ({"value": "some"}, "", ""),
    ],
)
def test_the_field_is_named_and_the_reason_given(form: dict[str, str], zh: str, en: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        contract_of(form)
    for language, words in ((Language.ZH, zh), (Language.EN, en)):
        say = Say(language, NOW)
        assert contract_fault(refused.value, contract_labels(say), say) == words
