"""The letter that tells somebody of their notices, in their language, as text and as HTML.

A letter passes through other people's machines. It names nothing but what everybody who is signed
in may know of, and leads to the pages, which ask who is reading.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from html import escape

from matcher.actions.notice_places import HERE, OWN, place_of
from matcher.actions.notice_reading import SeenNotice
from matcher.actions.notice_words import sentence_outside
from matcher.domain.account import Account
from matcher.domain.enums import Language
from matcher.domain.message import Message

MOST_LINES = 20
"""Notices that a letter tells; of more it has the number."""


def letter(account: Account, seen: Sequence[SeenNotice], public_url: str) -> Message:
    """The letter about these notices. public_url: where the pages are, "" for no links."""
    lines = [
        (sentence_outside(one, account.language), _link(place_of(one, account.roles), public_url))
        for one in seen[:MOST_LINES]
    ]
    head, foot = _head(account, len(seen)), _foot(account.language, public_url)
    return Message(
        to=account.email,
        subject=_subject(account.language, seen, lines[0][0]),
        text=_text(head, lines, foot),
        html=_html(account.language, head, lines, foot),
        id=_id(account, seen),
        settings=_link(OWN, public_url),
    )


Line = tuple[str, str]
"""A sentence, and where it leads, "" for nowhere."""


def _link(path: str, public_url: str) -> str:
    return f"{public_url}{path}" if public_url else ""


def _id(account: Account, seen: Sequence[SeenNotice]) -> str:
    """The same for the same notices: who gets a letter twice all the same can tell."""
    seqs = ",".join(str(one.notice.seq) for one in seen)
    return f"notices.{blake2b(f'{account.id} {seqs}'.encode(), digest_size=16).hexdigest()}"


def _subject(language: Language, seen: Sequence[SeenNotice], first: str) -> str:
    """One line, whatever is in a title."""
    if len(seen) == 1:
        return _one_line(first)
    zh, en = f"{len(seen)} 条新提醒", f"{len(seen)} new notices"
    return zh if language is Language.ZH else en


def _one_line(text: str) -> str:
    kept = (char if char.isprintable() else " " for char in text)
    return " ".join("".join(kept).split())


def _head(account: Account, count: int) -> str:
    name = _one_line(account.name or account.login)
    if account.language is Language.ZH:
        return f"{name}，您好！您有 {count} 条新提醒："
    return f"Hello {name}, you have {count} new {'notice' if count == 1 else 'notices'}:"


def _foot(language: Language, public_url: str) -> list[Line]:
    if language is Language.ZH:
        return [
            ("查看全部提醒" if public_url else "登录后可查看全部提醒。", _link(HERE, public_url)),
            (
                "不想再收到邮件：在“我的账户”中清空邮箱地址",
                _link(OWN, public_url),
            ),
        ]
    return [
        ("All notices" if public_url else "Sign in to see all of them.", _link(HERE, public_url)),
        ("To get no mail any more, empty the address in “My account”", _link(OWN, public_url)),
    ]


def _text(head: str, lines: Sequence[Line], foot: Sequence[Line]) -> str:
    told = [f"- {_one_line(said)}" + (f"\n  {link}" if link else "") for said, link in lines]
    last = [f"{said}: {link}" if link else said for said, link in foot]
    return "\n".join([head, "", *told, "", "-- ", *last, ""])


def _html(language: Language, head: str, lines: Sequence[Line], foot: Sequence[Line]) -> str:
    told = "".join(f"<li>{_anchor(said, link)}</li>" for said, link in lines)
    last = "".join(f"<p><small>{_anchor(said, link)}</small></p>" for said, link in foot)
    code = "zh-Hans" if language is Language.ZH else "en"
    return (
        f'<!doctype html><html lang="{code}"><head><meta charset="utf-8"></head>'
        f"<body><p>{escape(head)}</p><ul>{told}</ul>{last}</body></html>\n"
    )


def _anchor(said: str, link: str) -> str:
    """A title may be in a script that runs the other way."""
    text = f"<bdi>{escape(_one_line(said))}</bdi>"
    return f'<a href="{escape(link)}">{text}</a>' if link else text
