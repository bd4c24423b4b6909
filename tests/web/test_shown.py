"""An answer of the actions as the API shows it."""

from __future__ import annotations

from matcher.actions.answer import Answer
from matcher.domain.enums import Noun
from matcher.files.match_row import MatchRow
from matcher.web.models.matching import AnswerShown
from matcher.web.shown import answer_shown, match_shown

ROW = MatchRow(
    query_id="w1",
    candidate_id="o1",
    rank=1,
    score=0.5,
    parts={"concepts": 0.4, "content": 0.1},
    reasons=[{"code": "trl", "has": 7, "wants": 6}],
    reason_texts=["TRL 7 ≥ 6"],
    query_title="wanted",
    candidate_title="涂层",
    band="strong",
)


def test_a_match_has_its_reasons_as_codes_and_as_texts() -> None:
    found = match_shown(ROW)
    assert (found["id"], found["title"], found["likelihood"]) == ("o1", "涂层", None)
    assert found["reasons"] == [
        {"code": "trl", "values": {"has": 7, "wants": 6}, "text": "TRL 7 ≥ 6"}
    ]


def test_an_answer_is_what_its_model_says() -> None:
    answer = Answer(Noun.OUTCOME, "0001-x", (ROW,), ("boosted",), 7, {"trl": {"7": 2}}, {"trl": 1})
    shown = AnswerShown.model_validate(answer_shown(answer)).model_dump(mode="json")
    assert shown["noun"] == "outcome"
    assert (shown["found"], shown["degraded"], shown["removed"]) == (7, ["boosted"], {"trl": 1})
    assert [match["id"] for match in shown["matches"]] == ["o1"]
