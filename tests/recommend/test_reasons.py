"""Reasons: plain data for programs, sentences in two languages for people."""

import json
import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.enums import Language, TransferMode
from matcher.domain.item import Facts, Item
from matcher.domain.money import MoneyRange
from matcher.recommend.explain import Evidence, MatchedTerm, Span
from matcher.recommend.matcher import Matcher
from matcher.recommend.reasons import CODES, Reason, reasons, sentence

TODAY = date(2026, 11, 1)
NOTHING = Evidence("", (), 0.0)
PRICE = {"low": 500_000, "high": 800_000, "currency": "CNY"}
BUDGET = {"low": None, "high": 1_000_000, "currency": "CNY"}
SAMPLES: dict[str, dict[str, Any]] = {
    "terms": {"pairs": [{"query": "石墨烯", "candidate": "graphene", "share": 0.5}]},
    "readiness": {"trl": 7, "min_trl": 6},
    "price_within_budget": {"price": PRICE, "budget": BUDGET},
    "price_may_exceed_budget": {"price": PRICE, "budget": BUDGET},
    "price_unknown": {},
    "modes_in_common": {"modes": ["license", "equity"]},
    "same_prefecture": {"region": "330100"},
    "same_province": {"region": "330000"},
    "stale": {"months": 14},
}


def why(query: Facts, candidate: Facts, on: date | None = None) -> dict[str, dict[str, Any]]:
    pair = Item("n", facts=query), Item("o", facts=candidate)
    return {reason.code: dict(reason.values) for reason in reasons(*pair, NOTHING, on)}


def said(code: str, language: Language) -> str:
    return sentence(Reason(code, SAMPLES[code]), language)


def test_every_code_has_a_sample() -> None:
    assert set(SAMPLES) == set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_every_code_has_a_sentence_in_both_languages(code: str) -> None:
    chinese, english = said(code, Language.ZH), said(code, Language.EN)
    assert re.search(r"[\u4e00-\u9fff]", chinese)
    assert english[0].isupper()
    assert chinese != english
    assert not re.search(r"[{}]|None", chinese + english)


@pytest.mark.parametrize("code", [code for code in CODES if code != "terms"])
def test_english_sentences_are_english(code: str) -> None:
    assert not re.search(r"[\u4e00-\u9fff]", said(code, Language.EN))


def test_sentences_by_hand() -> None:
    assert said("terms", Language.EN) == "Terms in common: 石墨烯 ↔ graphene"
    assert said("readiness", Language.EN) == "Readiness: TRL 7 ≥ 6"
    assert said("same_prefecture", Language.EN) == "Both in Hangzhou"
    assert "50–80 万元" in said("price_within_budget", Language.ZH)
    assert "14" in said("stale", Language.ZH)


def test_equal_words_are_named_once() -> None:
    pairs = [{"query": "Pump", "candidate": "pump", "share": 1.0}]
    assert sentence(Reason("terms", {"pairs": pairs}), Language.EN) == "Terms in common: Pump"


def test_a_trl_below_the_wanted_one_is_not_called_enough() -> None:
    reason = Reason("readiness", {"trl": 4, "min_trl": 6})
    assert sentence(reason, Language.EN) == "Readiness: TRL 4 < 6"


def test_an_unknown_code_has_no_sentence() -> None:
    with pytest.raises(KeyError):
        sentence(Reason("unheard_of", {}), Language.EN)


def test_terms_come_with_their_words_and_share() -> None:
    term = MatchedTerm(Span("石墨烯", 0, 3, 1.0), Span("graphene", 4, 12, 1.0), 0.123456)
    [reason] = reasons(Item("n"), Item("o"), Evidence("", (term,), 0.5), None)
    pair = {"query": "石墨烯", "candidate": "graphene", "share": 0.1235}
    assert reason.to_mapping() == {"code": "terms", "pairs": [pair]}


def test_readiness_needs_both_sides() -> None:
    assert why(Facts(min_trl=6), Facts(trl=7)) == {"readiness": {"trl": 7, "min_trl": 6}}
    assert why(Facts(min_trl=6), Facts()) == why(Facts(), Facts(trl=7)) == {}


@pytest.mark.parametrize(
    ("price", "codes"),
    [
        (MoneyRange(50, 100), {"price_within_budget"}),
        (MoneyRange(50, 101), {"price_may_exceed_budget"}),
        (MoneyRange(50, None), set()),
        (MoneyRange(50, 60, "USD"), set()),
        (None, {"price_unknown"}),
    ],
)
def test_price_against_budget(price: MoneyRange | None, codes: set[str]) -> None:
    assert set(why(Facts(budget=MoneyRange(10, 100)), Facts(price=price))) == codes


def test_without_a_budget_the_price_is_no_matter() -> None:
    assert why(Facts(), Facts(price=MoneyRange(1, 1))) == {}


def test_modes_in_common() -> None:
    both = (TransferMode.LICENSE, TransferMode.EQUITY)
    assert why(Facts(modes=both), Facts(modes=both[1:])) == {
        "modes_in_common": {"modes": ["equity"]}
    }
    assert why(Facts(modes=both[:1]), Facts(modes=both[1:])) == {}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("330106", "330100", {"same_prefecture": {"region": "330100"}}),
        ("330106", "330200", {"same_province": {"region": "330000"}}),
        ("330106", "330000", {"same_province": {"region": "330000"}}),
        ("110105", "110108", {"same_prefecture": {"region": "110000"}}),
        ("429004", "429004", {"same_prefecture": {"region": "429004"}}),
        ("330106", "440300", {}),
        ("杭州", "杭州", {}),
        ("", "", {}),
    ],
)
def test_places(one: str, other: str, expected: dict[str, dict[str, str]]) -> None:
    assert why(Facts(region=one), Facts(region=other)) == expected


def test_two_districts_of_beijing_are_both_in_beijing() -> None:
    pair = Item("n", facts=Facts(region="110105")), Item("o", facts=Facts(region="110108"))
    [reason] = reasons(*pair, NOTHING, None)
    assert sentence(reason, Language.ZH) == "同在北京市"
    assert sentence(reason, Language.EN) == "Both in Beijing"


@pytest.mark.parametrize(
    ("updated", "on", "expected"),
    [
        (date(2025, 11, 1), TODAY, {}),
        (date(2025, 10, 31), TODAY, {"stale": {"months": 12}}),
        (date(2020, 1, 1), None, {}),
        (date(2027, 1, 1), TODAY, {}),
        (None, TODAY, {}),
    ],
)
def test_age(updated: date | None, on: date | None, expected: dict[str, Any]) -> None:
    assert why(Facts(), Facts(updated_at=updated), on) == expected


amounts = st.integers(0, 10**12)
money = st.one_of(
    st.tuples(amounts, amounts).map(lambda pair: MoneyRange(min(pair), max(pair))),
    amounts.map(lambda low: MoneyRange(low, None, "USD")),
    amounts.map(lambda high: MoneyRange(None, high, "EUR")),
)
facts = st.builds(
    Facts,
    price=st.none() | money,
    budget=st.none() | money,
    updated_at=st.none() | st.dates(),
    trl=st.none() | st.integers(1, 9),
    min_trl=st.none() | st.integers(1, 9),
    region=st.sampled_from(["", "杭州", "330106", "330200", "110105", "429004", "999999"]),
    modes=st.lists(st.sampled_from(TransferMode), unique=True).map(tuple),
)


@given(query=facts, candidate=facts, on=st.none() | st.dates())
def test_whatever_the_facts_reasons_are_plain_data_with_sentences(
    query: Facts, candidate: Facts, on: date | None
) -> None:
    found = reasons(Item("n", facts=query), Item("o", facts=candidate), NOTHING, on)
    for reason in found:
        assert json.loads(json.dumps(reason.to_mapping()))["code"] == reason.code
        for language in Language:
            assert not re.search(r"[{}]|None", sentence(reason, language))


def test_no_reason_names_a_third_record(outcomes: tuple[Item, ...]) -> None:
    """Ids and titles are unheard-of words, so any of them would show."""
    marked = [Item(f"id-{i.id}", f"Title{i.id}", i.text) for i in outcomes]
    fitted = Matcher.fit(marked, [Item("id-n", text="lithium battery recycling welds 石墨烯")])
    [ranking] = fitted.match()
    assert len(ranking.matches) >= 3
    for match in ranking.matches:
        others = {m.candidate_id for m in ranking.matches} - {match.candidate_id}
        data = json.dumps([reason.to_mapping() for reason in match.reasons], ensure_ascii=False)
        texts = " ".join(sentence(r, language) for r in match.reasons for language in Language)
        for other in others:
            assert other not in data + texts
            assert f"Title{other.removeprefix('id-')}" not in data + texts
