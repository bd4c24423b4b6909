"""Options that search and suggest share, and how an answer is printed."""

from __future__ import annotations

import pytest

from matcher.actions.answer import Answer
from matcher.actions.platform import Platform
from matcher.cli.answers import print_answer, viewer_for, wish_of
from matcher.domain.enums import Language, Noun, TransferMode
from matcher.domain.visibility import SYSTEM
from matcher.errors import InvalidValue
from matcher.recommend.rules import Rule

OPTIONS = {
    "k": 7,
    "field": "",
    "region": "浙江",
    "trl_min": 5,
    "modes": ("技术许可", "transfer"),
    "price_max": 500_000,
    "pay_after_use": False,
    "login": None,
    "lang": None,
    "as_json": False,
}


def test_names_become_codes_and_modes(platform: Platform) -> None:
    wish = wish_of(platform, OPTIONS)
    assert (wish.k, wish.filters.region, wish.filters.trl_min) == (7, "330000", 5)
    assert wish.filters.modes == (TransferMode.TRANSFER, TransferMode.LICENSE)
    assert wish.language is Language.ZH
    assert wish_of(platform, {**OPTIONS, "lang": "en"}).language is Language.EN


def test_an_unknown_mode_is_refused_with_those_there_are(platform: Platform) -> None:
    with pytest.raises(InvalidValue, match="rent") as caught:
        wish_of(platform, {**OPTIONS, "modes": ("rent",)})
    assert "license" in str(caught.value.hint)


def test_without_a_login_it_is_the_operator(platform: Platform) -> None:
    assert viewer_for(platform, None) is SYSTEM


def test_what_was_left_out_and_what_failed_is_said_aside(
    capsys: pytest.CaptureFixture[str],
) -> None:
    answer = Answer(Noun.OUTCOME, "v", (), ("new_model",), removed={"too_early": 1200})
    print_answer(answer, "steel", Language.EN, as_json=False)
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "1,200 left out: below the readiness asked for." in printed.err
    assert "Degraded: new model" in printed.err


@pytest.mark.parametrize("rule", Rule)
def test_every_rule_is_said_in_words(rule: Rule, capsys: pytest.CaptureFixture[str]) -> None:
    answer = Answer(Noun.OUTCOME, "v", (), removed={rule.value: 3})
    print_answer(answer, "steel", Language.EN, as_json=False)
    assert "3 left out: " in capsys.readouterr().err
