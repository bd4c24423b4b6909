"""Ranked matches with reasons: for words, for a need, for an outcome."""

from __future__ import annotations

from typing import Any

from matcher.actions.search import search
from matcher.actions.suggest import explain, similar, suggest
from matcher.domain.enums import Noun
from matcher.web.context import platform, viewer
from matcher.web.models.matching import AnswerShown, FilteredParams, MatchBody, MatchParams
from matcher.web.part import part
from matcher.web.shown import answer_shown

matching = part("matching", "Matching")


@matching.post("/match")
@matching.input(MatchBody, arg_name="body")
@matching.output(AnswerShown)
@matching.doc(operation_id="match")
def match(body: MatchBody) -> dict[str, Any]:
    """Outcomes for the text of a need

    Nothing is stored.
    """
    wish = MatchParams(limit=body.limit, lang=body.lang).wish()
    return answer_shown(search(platform(), viewer(), Noun.OUTCOME, body.text, wish))


@matching.get("/needs/<id>/matches")
@matching.input(FilteredParams, location="query", arg_name="params")
@matching.output(AnswerShown)
@matching.doc(operation_id="needMatches")
def need_matches(id: str, params: FilteredParams) -> dict[str, Any]:
    """Outcomes for a need"""
    found = suggest(platform(), viewer(), Noun.NEED, id, Noun.OUTCOME, params.filtered())
    return answer_shown(found)


@matching.get("/needs/<id>/matches/<other>")
@matching.input(MatchParams, location="query", arg_name="params")
@matching.output(AnswerShown)
@matching.doc(operation_id="needMatch")
def need_match(id: str, other: str, params: MatchParams) -> dict[str, Any]:
    """Why one outcome goes with a need

    Facts such as the price don't remove it.
    """
    found = explain(platform(), viewer(), Noun.NEED, id, Noun.OUTCOME, other, params.wish())
    return answer_shown(found)


@matching.get("/needs/<id>/managers")
@matching.input(MatchParams, location="query", arg_name="params")
@matching.output(AnswerShown)
@matching.doc(operation_id="needManagers")
def need_managers(id: str, params: MatchParams) -> dict[str, Any]:
    """Managers who could carry a need"""
    found = suggest(platform(), viewer(), Noun.NEED, id, Noun.MANAGER, params.wish())
    return answer_shown(found)


@matching.get("/needs/<id>/similar")
@matching.input(MatchParams, location="query", arg_name="params")
@matching.output(AnswerShown)
@matching.doc(operation_id="similarNeeds")
def similar_needs(id: str, params: MatchParams) -> dict[str, Any]:
    """Needs like this one"""
    return answer_shown(similar(platform(), viewer(), Noun.NEED, id, params.wish()))


@matching.get("/outcomes/<id>/matches")
@matching.input(MatchParams, location="query", arg_name="params")
@matching.output(AnswerShown)
@matching.doc(operation_id="outcomeMatches")
def outcome_matches(id: str, params: MatchParams) -> dict[str, Any]:
    """Needs for an outcome"""
    found = suggest(platform(), viewer(), Noun.OUTCOME, id, Noun.NEED, params.wish())
    return answer_shown(found)


@matching.get("/outcomes/<id>/matches/<other>")
@matching.input(MatchParams, location="query", arg_name="params")
@matching.output(AnswerShown)
@matching.doc(operation_id="outcomeMatch")
def outcome_match(id: str, other: str, params: MatchParams) -> dict[str, Any]:
    """Why one need goes with an outcome

    Facts such as the price don't remove it.
    """
    found = explain(platform(), viewer(), Noun.OUTCOME, id, Noun.NEED, other, params.wish())
    return answer_shown(found)


@matching.get("/outcomes/<id>/managers")
@matching.input(MatchParams, location="query", arg_name="params")
@matching.output(AnswerShown)
@matching.doc(operation_id="outcomeManagers")
def outcome_managers(id: str, params: MatchParams) -> dict[str, Any]:
    """Managers who could carry an outcome"""
    found = suggest(platform(), viewer(), Noun.OUTCOME, id, Noun.MANAGER, params.wish())
    return answer_shown(found)


@matching.get("/outcomes/<id>/similar")
@matching.input(MatchParams, location="query", arg_name="params")
@matching.output(AnswerShown)
@matching.doc(operation_id="similarOutcomes")
def similar_outcomes(id: str, params: MatchParams) -> dict[str, Any]:
    """Outcomes like this one"""
    return answer_shown(similar(platform(), viewer(), Noun.OUTCOME, id, params.wish()))
