"""What a notice says, in both languages: on a page, and in a mail, which may leave the house."""

from __future__ import annotations

from collections.abc import Mapping

from matcher.actions.notice_reading import SeenNotice
from matcher.domain.enums import Language, Noun
from matcher.domain.notice import NoticeKind

Kind = NoticeKind | tuple[NoticeKind, Noun]
_BY_NOUN = frozenset({NoticeKind.MATCHES, NoticeKind.STILL_VALID})
"""Of these the key of a notice is a noun; of older ones about listings it is empty."""
_OWN_NEED, _OWN_OUTCOME = (NoticeKind.MATCHES, Noun.NEED), (NoticeKind.MATCHES, Noun.OUTCOME)
_NAMED: Mapping[Kind, tuple[str, str]] = {
    NoticeKind.INTEREST: (
        "有企业对「{title}」表示意向，等您答复",
        "Somebody is interested in “{title}” and waits for your answer",
    ),
    NoticeKind.ANSWER: (
        "您对「{title}」的意向已有经理人受理",
        "A technology manager has taken up your interest in “{title}”",
    ),
    NoticeKind.DUE: ("「{title}」的跟进到期", "The follow-up of “{title}” is due"),
    NoticeKind.SUGGESTIONS: (
        "推荐列表新增「{title}」",
        "New in your list: “{title}”",
    ),
    _OWN_NEED: (
        "新成果「{title}」与您的需求匹配",
        "A new outcome goes with a need of yours: “{title}”",
    ),
    _OWN_OUTCOME: (
        "新需求「{title}」与您的成果匹配",
        "A new need goes with an outcome of yours: “{title}”",
    ),
    NoticeKind.SEARCH: (
        "保存的查找有新结果「{title}」",
        "New in a saved search: “{title}”",
    ),
    NoticeKind.STILL_VALID: ("「{title}」仍然有效吗？", "Is “{title}” still valid?"),
}
"""About one thing that has a title."""
_COUNTED: Mapping[Kind, tuple[str, str, str]] = {
    NoticeKind.INTEREST: (
        "收到 {n} 条意向，等您答复",
        "{n} interest waits for your answer",
        "{n} interests wait for your answer",
    ),
    NoticeKind.ANSWER: (
        "您的 {n} 条意向已有经理人受理",
        "{n} of your interests was taken up",
        "{n} of your interests were taken up",
    ),
    NoticeKind.DUE: ("{n} 条跟进到期", "{n} follow-up is due", "{n} follow-ups are due"),
    NoticeKind.SUGGESTIONS: (
        "推荐列表新增 {n} 对",
        "{n} new pair in your list",
        "{n} new pairs in your list",
    ),
    _OWN_NEED: (
        "{n} 项新成果与您的需求匹配",
        "{n} new match with needs of yours",
        "{n} new matches with needs of yours",
    ),
    _OWN_OUTCOME: (
        "{n} 项新需求与您的成果匹配",
        "{n} new match with outcomes of yours",
        "{n} new matches with outcomes of yours",
    ),
    NoticeKind.SEARCH: (
        "保存的查找有 {n} 条新结果",
        "{n} new result of a saved search",
        "{n} new results of a saved search",
    ),
    NoticeKind.STILL_VALID: (
        "{n} 条信息需要确认是否仍然有效",
        "{n} listing wants a look: is it still valid?",
        "{n} listings want a look: are they still valid?",
    ),
    (NoticeKind.STILL_VALID, Noun.NEED): (
        "{n} 项需求需要确认是否仍然有效",
        "{n} need wants a look: is it still valid?",
        "{n} needs want a look: are they still valid?",
    ),
    (NoticeKind.STILL_VALID, Noun.OUTCOME): (
        "{n} 项成果需要确认是否仍然有效",
        "{n} outcome wants a look: is it still valid?",
        "{n} outcomes want a look: are they still valid?",
    ),
}
"""About several, or about what can't be named."""


def sentence(seen: SeenNotice, language: Language) -> str:
    """What it says to its reader, on a page."""
    said = _said(seen, language, seen.title)
    if not seen.search:
        return said
    return f"{seen.search}：{said}" if language is Language.ZH else f"{seen.search}: {said}"


def sentence_outside(seen: SeenNotice, language: Language) -> str:
    """The same for a mail: with no title but one that everybody who is signed in may know, and
    without what its reader calls their search."""
    return _said(seen, language, seen.title if seen.is_open else "")


def _said(seen: SeenNotice, language: Language, title: str) -> str:
    key = seen.notice.key
    kind: Kind = (seen.kind, Noun(key)) if key and seen.kind in _BY_NOUN else seen.kind
    if title:
        return _NAMED[kind if kind in _NAMED else seen.kind][language is Language.EN].format(
            title=title
        )
    zh, one, many = _COUNTED[kind]
    text = zh if language is Language.ZH else one if seen.is_one else many
    return text.format(n=f"{seen.count:,}+" if seen.is_more else f"{seen.count:,}")
