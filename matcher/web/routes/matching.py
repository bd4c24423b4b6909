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


def _add_matches(noun: Noun, to: Noun, params_of: type[MatchParams]) -> None:
    name = noun.value

    @matching.get(f"/{name}s/<id>/matches", endpoint=f"{name}_matches")
    @matching.input(params_of, location="query", arg_name="params")
    @matching.output(AnswerShown)
    @matching.doc(operation_id=f"{name}Matches", summary=f"{to.en.capitalize()}s for {_a(noun)}")
    def matches(id: str, params: MatchParams) -> dict[str, Any]:
        return answer_shown(suggest(platform(), viewer(), noun, id, to, params.wish()))

    @matching.get(f"/{name}s/<id>/matches/<other>", endpoint=f"{name}_match")
    @matching.input(MatchParams, location="query", arg_name="params")
    @matching.output(AnswerShown)
    @matching.doc(
        operation_id=f"{name}Match",
        summary=f"Why one {to.en} goes with {_a(noun)}",
        description="Facts such as the price don't remove it.",
    )
    def one(id: str, other: str, params: MatchParams) -> dict[str, Any]:
        return answer_shown(explain(platform(), viewer(), noun, id, to, other, params.wish()))


def _add_managers(noun: Noun) -> None:
    name = noun.value

    @matching.get(f"/{name}s/<id>/managers", endpoint=f"{name}_managers")
    @matching.input(MatchParams, location="query", arg_name="params")
    @matching.output(AnswerShown)
    @matching.doc(operation_id=f"{name}Managers", summary=f"Managers who could carry {_a(noun)}")
    def managers(id: str, params: MatchParams) -> dict[str, Any]:
        return answer_shown(suggest(platform(), viewer(), noun, id, Noun.MANAGER, params.wish()))


def _add_similar(noun: Noun) -> None:
    name = noun.value

    @matching.get(f"/{name}s/<id>/similar", endpoint=f"similar_{name}s")
    @matching.input(MatchParams, location="query", arg_name="params")
    @matching.output(AnswerShown)
    @matching.doc(
        operation_id=f"similar{name.capitalize()}s", summary=f"{name.capitalize()}s like this one"
    )
    def alike(id: str, params: MatchParams) -> dict[str, Any]:
        return answer_shown(similar(platform(), viewer(), noun, id, params.wish()))


def _a(noun: Noun) -> str:
    return f"{'an' if noun is Noun.OUTCOME else 'a'} {noun.en}"


_add_matches(Noun.NEED, Noun.OUTCOME, FilteredParams)
_add_matches(Noun.OUTCOME, Noun.NEED, MatchParams)
for _noun in (Noun.NEED, Noun.OUTCOME):
    _add_managers(_noun)
    _add_similar(_noun)
