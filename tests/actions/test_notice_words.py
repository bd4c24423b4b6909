"""What notices say: in both languages, about one thing or several, and less outside."""

from __future__ import annotations

import pytest

from matcher.actions.notice_reading import SeenNotice
from matcher.actions.notice_words import sentence, sentence_outside
from matcher.domain.enums import Language
from matcher.domain.notice import NoticeKind
from tests.actions.notice_cases import about, notice

ZH, EN = Language.ZH, Language.EN


def seen(kind: NoticeKind, count: int = 1, title: str = "", **more: object) -> SeenNotice:
    matter = about(("need", "n"), ("outcome", "o"))
    key = str(more.pop("key", "need"))
    kept = notice("a", kind, matter, key=key, count=count)
    return SeenNotice(kept, (matter,), count, title=title, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", NoticeKind)
@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("key", ["need", "outcome"])
def test_every_kind_has_words(kind: NoticeKind, language: Language, key: str) -> None:
    named = sentence(seen(kind, title="{n} <b> {title}", key=key), language)
    assert "{n} <b> {title}" in named
    one, many = (sentence(seen(kind, count, key=key), language) for count in (1, 1200))
    assert "1" in one
    assert "1,200" in many
    assert ("1,200 " in many) is True
    assert one.isascii() is many.isascii() is (language is EN)


def test_one_and_several() -> None:
    assert sentence(seen(NoticeKind.DUE), EN) == "1 follow-up is due"
    assert sentence(seen(NoticeKind.DUE, 3), EN) == "3 follow-ups are due"
    still = NoticeKind.STILL_VALID
    assert sentence(seen(still, 12), EN).startswith("12 needs want a look")
    assert sentence(seen(still, 12, key="outcome"), ZH).startswith("12 项成果需要确认")
    assert sentence(seen(still, 12, key=""), EN).startswith("12 listings want a look")
    assert sentence(seen(NoticeKind.STILL_VALID, title="泵"), ZH) == "「泵」仍然有效吗？"
    assert "您的成果" in sentence(seen(NoticeKind.MATCHES, 2, key="outcome"), ZH)


def test_of_what_isnt_named_there_is_no_number() -> None:
    assert sentence(seen(NoticeKind.DUE, 50, is_more=True), EN) == "50+ follow-ups are due"
    assert sentence(seen(NoticeKind.DUE, 1, is_more=True), EN) == "1+ follow-ups are due"
    assert sentence(seen(NoticeKind.DUE, 50, is_more=True), ZH) == "50+ 条跟进到期"


def test_a_search_goes_by_its_name_inside_alone() -> None:
    one = seen(NoticeKind.SEARCH, 3, search="秘密项目")
    assert sentence(one, EN) == "秘密项目: 3 new results of a saved search"
    assert sentence_outside(one, EN) == "3 new results of a saved search"


def test_outside_only_what_everybody_may_know_is_named() -> None:
    hidden = seen(NoticeKind.MATCHES, title="内部成果")
    assert "内部成果" in sentence(hidden, ZH)
    assert sentence_outside(hidden, ZH) == "1 项新成果与您的需求匹配"
    assert "公开" in sentence_outside(seen(NoticeKind.MATCHES, title="公开", is_open=True), ZH)
