"""The words of a result: the headings of its columns and how well a pair fits."""

from __future__ import annotations

from matcher.domain.labels import Labelled


class ResultColumn(Labelled):
    """What a sheet of matches shows of a pair."""

    QUERY = "query", "需求", "Query"
    CANDIDATE = "candidate", "推荐对象", "Candidate"
    RANK = "rank", "名次", "Rank"
    SCORE = "score", "得分", "Score"
    LIKELIHOOD = "likelihood", "可能性", "Likelihood"
    BAND = "band", "匹配程度", "Band"
    REASONS = "reasons", "推荐理由", "Reasons"
    QUERY_ID = "query_id", "需求编号", "Query id"
    CANDIDATE_ID = "candidate_id", "推荐对象编号", "Candidate id"


class Fit(Labelled):
    """How well a pair fits, for people; the codes are those of the ranking's bands."""

    STRONG = "strong", "强", "strong"
    POSSIBLE = "possible", "可能", "possible"
    WEAK = "weak", "弱", "weak"
