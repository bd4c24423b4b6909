"""A need beside an outcome as pages show them."""

from __future__ import annotations

from datetime import UTC, date, datetime

from matcher.actions.cards import Card
from matcher.domain.enums import Language, Noun, TransferMode
from matcher.domain.need import Need
from matcher.domain.outcome import Outcome
from matcher.files.match_row import MatchRow
from matcher.web.excerpt import Term
from matcher.web.pair import asked, offered, side_shown, terms_of, watched, why_shown
from matcher.web.say import Say

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
ZH, EN = Say(Language.ZH, NOW), Say(Language.EN, NOW)
NEED = Need(
    id="w1",
    title="耐磨涂层",
    title_en="Wear resistant coating",
    problem="导轨磨损快",
    indicators_en="friction below 0.08",
    budget_min=500_000,
    budget_max=800_000,
    min_trl=6,
    valid_until=date(2026, 11, 25),
    region="331000",
)
OUTCOME = Outcome(
    id="o1",
    title_en="Graphene coating <b>",
    summary_en="A graphene coating for guideways.",
    trl=7,
    transfer_modes=(TransferMode.LICENSE,),
    price_min=400_000,
    price_max=400_000,
    pay_after_use=True,
)
REASONS = (
    {"code": "terms", "pairs": [{"query": "涂层", "candidate": "coating", "share": 0.6}]},
    {"code": "readiness", "trl": 7, "min_trl": 6},
)


def row(**changes: object) -> MatchRow:
    whole = {
        "query_id": "w1",
        "candidate_id": "o1",
        "rank": 1,
        "score": 0.5,
        "parts": {"concepts": 0.4, "fresh": 0.1},
        "reasons": REASONS,
        "reason_texts": ("Terms in common: 涂层 ↔ coating", "Readiness: TRL 7 ≥ 6"),
        "band": "strong",
    }
    return MatchRow(**{**whole, **changes})  # type: ignore[arg-type]


def test_a_need_tells_what_it_asks() -> None:
    side = side_shown(Card(NEED, "某机床厂", 1), [], ZH)
    assert side.noun is Noun.NEED
    assert (side.party, side.place) == ("某机床厂", "台州市")
    assert side.facts == ("预算 50–80 万元", "截止 3天后", "TRL ≥ 6")
    assert side.tongue == "zh-Hans"


def test_an_outcome_tells_what_it_offers() -> None:
    side = side_shown(Card(OUTCOME, "", 1), [], EN)
    assert side.facts == ("TRL 7", "technology licence", "CNY 400k", "pay after use")


def test_texts_are_the_readers_where_there_are_any() -> None:
    assert side_shown(Card(NEED, "", 1), [], EN).title == "Wear resistant coating"
    assert side_shown(Card(OUTCOME, "", 1), [], ZH).tongue == "en"


def test_the_other_language_is_at_hand_too() -> None:
    side = side_shown(Card(NEED, "", 1), [Term(1, "friction")], ZH)
    assert side.other.startswith("Wear resistant coating")
    assert ">friction</mark> below 0.08" in side.other
    assert side.other_tongue == "en"
    assert side_shown(Card(OUTCOME, "", 1), [], EN).other == ""


def test_what_a_record_says_is_never_markup() -> None:
    assert side_shown(Card(OUTCOME, "", 1), [], EN).title == "Graphene coating &lt;b&gt;"


def test_matched_terms_have_the_same_number_in_both_texts() -> None:
    [term] = terms_of(REASONS)
    assert (term.number, term.same) == (1, False)
    assert (asked([term]), offered([term])) == ([Term(1, "涂层")], [Term(1, "coating")])
    side = side_shown(Card(OUTCOME, "", 1), offered([term]), EN)
    assert 'data-term="1">coating</mark>' in side.title


def test_why_tells_terms_and_sentences_apart() -> None:
    why = why_shown(row(), EN)
    assert (why.band, why.likelihood, why.score) == ("strong", None, 0.5)
    assert [term.one for term in why.terms] == ["涂层"]
    assert why.reasons == ("Readiness: TRL 7 ≥ 6",)
    assert [part.name for part in why.parts] == ["Terms in common", "Freshness"]


def test_what_is_written_in_english_is_told_as_english_wherever_it_stands() -> None:
    plain = Outcome(id="o2", title="Graphene coating", summary="Low friction.")
    assert side_shown(Card(plain, "", 1), (), ZH).tongue == "en"


def test_a_text_that_is_there_in_the_other_language_alone_is_shown() -> None:
    half = Outcome(id="o3", title="涂层", title_en="Coating", summary="摩擦系数低。")
    side = side_shown(Card(half, "", 1), (), EN)
    assert (side.title, side.excerpt) == ("Coating", "摩擦系数低。")


def test_only_the_first_says_that_it_is_to_be_watched() -> None:
    assert watched(["注意：未报价", "注意：尚在实验室阶段"]) == ("注意：未报价", "尚在实验室阶段")
    assert watched(["Watch: no price", "Watch: old"]) == ("Watch: no price", "old")
    assert watched([]) == ()
