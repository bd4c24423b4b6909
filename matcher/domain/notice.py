"""Notice 提醒: what somebody is told once, without having asked.

Names are no part of it. It says which records it is about; how they are called, and whether its
reader may know of them still, is seen when it is shown.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from matcher.domain.checks import require_text, require_utc
from matcher.domain.event import Subject
from matcher.domain.labels import Labelled
from matcher.domain.record import Record
from matcher.errors import InvalidValue

MOST_NAMED = 50
"""Matters that a notice names; of more it has the number."""


class NoticeKind(Labelled):
    """What a notice tells, the most pressing first."""

    INTEREST = "interest", "收到意向", "interest to answer"
    ANSWER = "answer", "意向有答复", "answer to an interest"
    DUE = "due", "跟进到期", "follow-up due"
    SUGGESTIONS = "suggestions", "新推荐", "new suggestions"
    MATCHES = "matches", "新匹配", "new matches"
    SEARCH = "search", "保存的查找有新结果", "new results of a saved search"
    STILL_VALID = "still_valid", "仍然有效吗", "still valid?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter(Record):
    """One thing that an account is told once: `key` tells it from others of its kind.

    subjects: the records that it is about, a need before an outcome; whoever may not know of all
    of them isn't told.
    """

    key: str
    subjects: tuple[Subject, ...]

    def __post_init__(self) -> None:
        require_text(self.key, "key")
        if not self.subjects:
            raise InvalidValue("A matter is about something.", field="subjects", hint="Name it.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice(Record):
    """What an account was told in one round: all new matters of a kind together.

    seq: the order in which they came, 0 until it is kept. key: what they have in common, such as
    the saved search, "" for nothing. matters: `MOST_NAMED` at most; count: all of them. Times are
    UTC; read_at and mailed_at are None until it is.
    """

    seq: int = 0
    account: str
    kind: NoticeKind
    key: str = ""
    matters: tuple[Matter, ...]
    count: int
    at: dt.datetime
    read_at: dt.datetime | None = None
    mailed_at: dt.datetime | None = None

    def __post_init__(self) -> None:
        require_text(self.account, "account")
        for name in ("at", "read_at", "mailed_at"):
            require_utc(getattr(self, name), name)
        named = len(self.matters)
        if not 1 <= named <= MOST_NAMED or self.count < named:
            hint = f"Name 1 to {MOST_NAMED} of what is counted."
            raise InvalidValue("A notice counts what it names.", field="count", hint=hint)
