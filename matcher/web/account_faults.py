"""Why an account wasn't saved, in the reader's words, and at which field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from matcher.errors import (
    DuplicateId,
    EditConflict,
    InvalidValue,
    MatcherError,
    NotAllowed,
    NotFound,
    UsageError,
)
from matcher.web.faults import Pair, fault_of
from matcher.web.say import Say
from matcher.web.typed import Typed
from matcher.web.typed_again import typed_again

TOLD = (InvalidValue, DuplicateId, NotAllowed, NotFound, UsageError, EditConflict)
"""What is told beside a form that stays as it was typed."""
_GONE: Pair = (
    "已不在，请重新选择。",
    "It isn't there any more; choose another.",
)
_SEVERAL: Pair = ("有几个名称相近，请选一个。", "Several are called so; choose one.")
_ALIKE: Pair = (
    "没有完全一样的，请确认是否下面这个。",
    "Nothing is called exactly that; say whether this one is meant.",
)
_NOBODY: Pair = (
    "没有找到。可只写名称的一部分，或写编号。",
    "Nothing is called that. Type a part of the name, or the id.",
)
_OFFERING: Mapping[int, Pair] = {0: _NOBODY, 1: _ALIKE}
"""By how many are offered."""
_WORDS: Mapping[tuple[type[MatcherError], str], Pair] = {
    (DuplicateId, "login"): (
        "这个账号已有人用，请换一个（不分大小写）。",
        "Somebody has this login already; choose another. Case makes no difference.",
    ),
    (InvalidValue, "login"): (
        "账号要填写，不能含空格，最多 254 个字符。",
        "Write a login of up to 254 characters without blanks.",
    ),
    (InvalidValue, "id"): (
        "账号要填写，不能含空格，最多 254 个字符。",
        "Write a login of up to 254 characters without blanks.",
    ),
    (InvalidValue, "name"): (
        "最多 200 个字符，不能含控制字符。",
        "Write up to 200 characters, none of them a control character.",
    ),
    (InvalidValue, "email"): (
        "这不是邮箱地址；不想收邮件就空着。",
        "That is no mail address; leave it empty for no mail.",
    ),
    (InvalidValue, "roles"): ("至少选一个角色。", "Tick at least one role."),
    (InvalidValue, "form"): (
        "这张表已经添加过一个账户。要再添加下面这位，请再次提交。",
        "This form has added an account before. To add the one below too, send it again.",
    ),
    (NotAllowed, "own"): (
        "这是您自己的账户，请在“我的账户”里改。",
        "This is your own account; change it under “My account”.",
    ),
    (UsageError, ""): (
        "这是最后一位节点管理员。请先让另一个账户成为管理员。",
        "This is the last administrator. Make somebody else one first.",
    ),
    (NotAllowed, "manager"): (
        "这位经理人属于您不管理的节点，请那里的管理员来做。",
        "This manager belongs to a node that isn't yours; ask an admin there.",
    ),
    (NotAllowed, ""): (
        "这个节点不由您管理。",
        "That node isn't yours to administer.",
    ),
    (NotFound, "node"): _GONE,
    (NotFound, "organisation"): _GONE,
    (NotFound, "manager"): _GONE,
    (NotAllowed, "old"): (
        "现在的密码不对。错 5 次后要等 15 分钟。",
        "That isn't your present password. After five wrong ones you wait 15 minutes.",
    ),
    (InvalidValue, "password"): (
        "新密码要有 10 到 1000 个字符。",
        "The new password needs 10 to 1,000 characters.",
    ),
    (InvalidValue, "again"): (
        "两次输入的新密码不一样。",
        "The two new passwords aren't the same.",
    ),
    (InvalidValue, "token_name"): (
        "写明给什么用，最多 200 个字符。",
        "Say what it is for, in up to 200 characters.",
    ),
    (UsageError, "days"): (
        "天数是 1 到 3650 的整数。",
        "A whole number of days, from 1 to 3,650.",
    ),
    (InvalidValue, "scope"): ("选一个您有的角色。", "Choose one of your roles."),
    (UsageError, "role"): ("选一个您有的角色。", "Choose one of your roles."),
}
_FIELDS: Mapping[str, str] = {
    "old": "old_password",
    "password": "new_password",
    "again": "new_password_again",
    "scope": "role",
    "id": "login",
}
"""Where a field of a form has another name than the error; what never comes back is known by its
name."""
_LOCKED: Pair = (
    "错得太多，15 分钟内不再核对。也可请管理员解锁。",
    "It was wrong too often and isn't looked at for 15 minutes. An admin can unlock it.",
)


class Told(NamedTuple):
    """field: of the form, "" for none."""

    field: str
    words: str


def account_fault(error: MatcherError, say: Say) -> Told | None:
    """None for what has no words here."""
    field = str(error.where.get("field") or "")
    if error.values.get("locked"):
        return Told(_FIELDS.get(field, field), say(*_LOCKED))
    if "offered" in error.values:
        return Told(field, say(*_OFFERING.get(len(error.values["offered"]), _SEVERAL)))
    kinds = (kind for kind in type(error).__mro__ if issubclass(kind, MatcherError))
    words = next(filter(None, (_WORDS.get((kind, field)) for kind in kinds)), None)
    return words and Told(_FIELDS.get(field, field), say(*words))


def account_typed(
    form: str,
    values: Mapping[str, str],
    error: MatcherError,
    say: Say,
    *,
    labels: Mapping[str, str],
    now: Mapping[str, str],
) -> Typed:
    """What was typed into a form of an account, and why it wasn't saved."""
    told = None if isinstance(error, EditConflict) else account_fault(error, say)
    if told is None:
        return typed_again(form, values, error, say, labels=labels, now=now)
    advice = say("什么也没有改变。", "Nothing was changed.")
    status = fault_of(error, say.language).status
    return Typed(form, values, told.words, advice, fault_field=told.field, status=status)
