"""Worklists, follow-ups and interests fit the models that are described, to the last field."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from matcher.actions.followup_reading import FollowUpPage, Seen
from matcher.actions.interest_reading import InterestPage, SeenInterest
from matcher.actions.suggestion_id import read_suggestion_id
from matcher.actions.worklist_row import Emptiness, Worklist, WorklistRow
from matcher.domain.contract import Contract
from matcher.domain.enums import FollowUpState, Language
from matcher.domain.followup import FollowUp, Note, transition
from matcher.domain.interest import Interest, InterestState, step
from matcher.files.match_row import MatchRow
from matcher.store.followups import Kept
from matcher.store.interests import KeptInterest
from matcher.web.models.followups import FollowUpsShown, FollowUpWhole
from matcher.web.models.interests import InterestShown, InterestsShown
from matcher.web.models.worklist import WorklistShown
from matcher.web.work_shown import (
    followups_shown,
    interest_shown,
    interests_shown,
    whole_followup_shown,
    worklist_shown,
)

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
ROW = WorklistRow(
    match=MatchRow(
        query_id="w1",
        candidate_id="o1",
        rank=1,
        score=0.5,
        parts={"concepts": 0.5},
        reasons=[{"code": "terms", "pairs": []}],
        reason_texts=["共同术语："],
        band="possible",
        likelihood=0.25,
    ),
    score=0.4,
    parts={"pair": 0.5, "suitability": 0.8, "room": 1.0},
    position=1,
    propensity=0.1,
    explored=True,
    warnings=({"code": "early", "trl": 2},),
    warning_texts=("注意",),
    followup="F1",
    version=3,
)
FOLLOW_UP = transition(
    FollowUp(id="F1", need="w1", outcome="o1", manager="m1", due_on=date(2026, 12, 1)),
    FollowUpState.ACCEPTED,
    by="a1",
    at=NOON,
    contract=Contract(value=5),
)
SEEN = Seen(
    Kept(replace(FOLLOW_UP, notes=(Note(by="a1", at=NOON, text="x"),)), 2), "need", "", "Li"
)
ROUTED = step(
    Interest(id="X1", outcome="o1", account="a1", made_at=NOON),
    InterestState.ROUTED,
    by="a1",
    at=NOON,
    manager="m1",
    reasons=({"code": "room", "load": 0, "capacity": None},),
)
INTEREST = SeenInterest(
    KeptInterest(ROUTED, 2), "成果", "", "Li", "", ROUTED.reasons, in_charge=True
)


def test_a_row_tells_its_pair_without_the_chance_it_had() -> None:
    made = Worklist("m1", date(2026, 11, 1), (ROW,), "7", ("encoder",))
    shown = WorklistShown.model_validate(worklist_shown(made, Language.ZH))
    [row] = shown.rows
    assert read_suggestion_id(row.id) == ("m1", "w1", "o1")
    assert (row.match.likelihood, row.match.reasons[0].values) == (0.25, {"pairs": []})
    assert (row.warnings[0].code, row.warnings[0].text) == ("early", "注意")
    assert (row.followup, row.version, row.explored) == ("F1", 3, True)
    assert "propensity" not in row.model_dump()


def test_an_empty_list_tells_why_in_both_languages() -> None:
    made = Worklist("m1", date(2026, 11, 1), (), "7", empty=Emptiness.NO_ROOM)
    texts = {worklist_shown(made, language)["empty"]["text"] for language in Language}
    assert texts == {"在手项目已满", "the manager's capacity is full"}


def test_a_follow_up_tells_all_of_itself() -> None:
    shown = FollowUpWhole.model_validate(whole_followup_shown(SEEN))
    assert (shown.version, shown.need_title, shown.outcome_title) == (2, "need", "")
    assert shown.history[0].to_state is shown.state is FollowUpState.ACCEPTED
    assert (shown.notes[0].text, shown.contract) == ("x", {"value": 5, "currency": "CNY"})
    assert shown.legal[0] is FollowUpState.CONTACTED
    page = FollowUpsShown.model_validate(followups_shown(FollowUpPage((SEEN,), "c")))
    assert (page.items[0].due, page.next_cursor) == (date(2026, 12, 1), "c")


def test_an_interest_has_its_history_for_admins_alone() -> None:
    shown = InterestShown.model_validate(interest_shown(INTEREST))
    assert shown.history is not None
    assert shown.history[0].reasons == shown.reasons == list(ROUTED.reasons)
    assert interest_shown(replace(INTEREST, in_charge=False))["history"] is None
    page = InterestsShown.model_validate(interests_shown(InterestPage((INTEREST,))))
    assert page.next_cursor is None
