"""A ranked pair as people and files see it: titles, reasons in words."""

from __future__ import annotations

from matcher.domain.enums import Language
from matcher.domain.item import Item
from matcher.files.match_row import MatchRow
from matcher.recommend.ranking import Match
from matcher.recommend.reasons import sentence
from matcher.text.mojibake import fix_mojibake


def match_row(query: Item, match: Match, title: str, language: Language) -> MatchRow:
    """The pair of a query and one of its matches; `title`: the candidate's.

    Titles are as in the file, so that they are recognised, but for a wrong decoding.
    """
    return MatchRow(
        query_id=query.id,
        candidate_id=match.candidate_id,
        rank=match.rank,
        score=match.score,
        parts=match.parts,
        reasons=[reason.to_mapping() for reason in match.reasons],
        reason_texts=[sentence(reason, language) for reason in match.reasons],
        query_title=fix_mojibake(query.title)[0],
        candidate_title=fix_mojibake(title)[0],
        band=match.band.value if match.band else "",
        likelihood=match.likelihood,
    )
