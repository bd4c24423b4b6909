"""Facts of records in words."""

from __future__ import annotations

from datetime import UTC, date, datetime

from matcher.domain.enums import Language, Listing, Noun, TransferMode
from matcher.domain.need import Challenge, Need
from matcher.domain.outcome import Outcome
from matcher.web.record_facts import FACTS, facts_of, field_label
from matcher.web.say import Say

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
ZH, EN = Say(Language.ZH, NOW), Say(Language.EN, NOW)


def told(record: Outcome | Need, say: Say) -> dict[str, str]:
    return {fact.label: fact.value for fact in facts_of(record, say)}


def test_an_outcome_tells_what_it_states_in_the_readers_language() -> None:
    outcome = Outcome(
        id="o1",
        trl=7,
        transfer_modes=(TransferMode.LICENSE, TransferMode.EQUITY),
        price_min=400_000,
        price_max=600_000,
        pay_after_use=True,
        updated_at=date(2026, 1, 2),
        ipc=("C23C", "F16C"),
    )
    assert told(outcome, EN) == {
        "TRL": "TRL 7",
        "Transfer modes": "technology licence, equity investment",
        "Price": "CNY 400k–600k",
        "Pay after use": "yes",
        "IPC": "C23C, F16C",
        "Updated at": "2 January 2026",
    }
    assert told(outcome, ZH)["转化方式"] == "技术许可、作价投资"


def test_what_isnt_stated_isnt_told_but_that_the_price_is_open() -> None:
    assert told(Outcome(id="o1", listing=Listing.NONE), EN) == {"Price": "negotiable"}
    assert told(Outcome(id="o1", listing=Listing.LISTED), EN)["Listing"] == "listed"
    assert told(Need(id="w1"), EN) == {}


def test_a_challenge_tells_its_award_and_its_last_day() -> None:
    whole = Challenge(award=1_000_000, deadline=date(2027, 1, 31))
    assert told(Need(id="w1", challenge=whole), ZH) == {
        "揭榜挂帅": "榜额 100 万元、截止 2027年1月31日"
    }
    assert told(Need(id="w1", challenge=Challenge()), EN) == {"Challenge": "yes"}


def test_every_fact_has_a_label_in_both_languages() -> None:
    for noun in (Noun.OUTCOME, Noun.NEED):
        for name in FACTS[noun]:
            assert field_label(noun, name, ZH)
            assert field_label(noun, name, EN)
