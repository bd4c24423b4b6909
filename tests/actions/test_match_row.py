"""A ranked pair as people see it."""

from dataclasses import replace

from matcher.actions.match_row import match_row
from matcher.domain.enums import Language
from matcher.domain.item import Item
from matcher.recommend.bands import Band
from matcher.recommend.ranking import Match
from matcher.recommend.reasons import Reason

READY = Reason("readiness", {"trl": 7, "min_trl": 6})
MATCH = Match("o1", 2, 0.5, {"concepts": 0.5}, Band.WEAK, None, (READY,))


def test_what_it_says() -> None:
    row = match_row(Item("n1", "Need"), MATCH, "Outcome", Language.EN)
    assert (row.query_id, row.candidate_id, row.rank, row.score) == ("n1", "o1", 2, 0.5)
    assert (row.query_title, row.candidate_title, row.band) == ("Need", "Outcome", "weak")
    assert row.reasons == [{"code": "readiness", "trl": 7, "min_trl": 6}]
    assert row.reason_texts == ["Readiness: TRL 7 ≥ 6"]


def test_a_likelihood_is_passed_on_where_there_is_one() -> None:
    assert match_row(Item("n1"), MATCH, "", Language.EN).likelihood is None
    likely = replace(MATCH, likelihood=0.25)
    assert match_row(Item("n1"), likely, "", Language.EN).likelihood == 0.25


def test_the_words_are_in_the_language_asked_for() -> None:
    row = match_row(Item("n1"), MATCH, "", Language.ZH)
    assert row.reason_texts == ["成熟度：TRL 7 ≥ 6"]


def test_a_title_is_that_of_the_file_but_for_a_wrong_decoding() -> None:
    wide, traditional = "ＬＥＤ　顯示", "石墨烯塗層"
    garbled = "石墨烯耐磨涂层的制备方法".encode().decode("latin-1")
    row = match_row(Item("n1", traditional), MATCH, wide, Language.ZH)
    assert (row.query_title, row.candidate_title) == (traditional, wide)
    mended = match_row(Item("n1", garbled), MATCH, "", Language.ZH)
    assert mended.query_title == "石墨烯耐磨涂层的制备方法"
