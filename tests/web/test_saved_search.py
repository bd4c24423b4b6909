"""Saved searches as pages list them."""

from __future__ import annotations

from flask import Flask

from matcher.domain.enums import Language, Noun
from matcher.recommend.filters import Filters
from matcher.web.lookup import Lookup
from matcher.web.saved_search import lookup_of_search, name_for, saved_shown
from matcher.web.say import Say
from tests.domain.test_saved_search import NOON, saved

EN, ZH = (Say(language, NOON) for language in (Language.EN, Language.ZH))


def test_a_search_is_called_by_its_words_and_restrictions(app: Flask) -> None:
    with app.test_request_context():
        assert name_for(Lookup(), EN) == "all"
        assert name_for(Lookup(noun=Noun.NEED), ZH) == "全部 · 需求"
        wanted = Filters(region="330000", trl_min=6)
        assert name_for(Lookup(" 涂层 ", filters=wanted), ZH) == "涂层 · 浙江省 · TRL ≥ 6"
        assert name_for(Lookup("a\u202e\nb", Noun.NEED), EN) == "a b · needs"
        assert len(name_for(Lookup("涂" * 300), ZH)) == 100


def test_it_says_what_its_name_doesnt(app: Flask) -> None:
    search = saved(name="my coating", query="coating", filters={"trl_min": 6}, noun=Noun.NEED)
    assert lookup_of_search(search) == Lookup("coating", Noun.NEED, Filters(trl_min=6))
    with app.test_request_context():
        shown = saved_shown(search, 3, EN)
    assert (shown.id, shown.name, shown.fresh, shown.why) == ("S-1", "my coating", 3, "")
    assert shown.told == ("Needs", "TRL ≥ 6")


def test_one_that_cant_be_read_says_so(app: Flask) -> None:
    search = saved(name="my coating", query="coating", filters={"colour": "red"})
    with app.test_request_context():
        shown = saved_shown(search, 0, EN)
        other = saved_shown(search, 0, EN, "not for you")
    assert shown.told == ("Outcomes",)
    assert "can’t be read any more" in shown.why
    assert other.why == "not for you"
