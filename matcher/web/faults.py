"""Errors as pages tell them: what happened, and what to do, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from flask_limiter import RateLimitExceeded
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from matcher.domain.enums import Language
from matcher.errors import (
    BrokenBundle,
    EditConflict,
    EncoderUnavailable,
    IllegalTransition,
    InputError,
    MatcherError,
    NoModel,
    NotAllowed,
    NotFound,
    NotSignedIn,
    StoreUnavailable,
    UsageError,
    WrongSchema,
)
from matcher.web.problem import Problem, from_matcher

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Fault:
    """title: what happened; advice: what is safe and what to do; detail: what exactly, where that
    is for the reader to know. field: the place in a form, "" for none."""

    status: HTTPStatus
    title: str
    advice: str
    detail: str = ""
    field: str = ""


_LATER: Pair = (
    "请稍后再试。已保存的内容不受影响。",
    "Try again in a moment. What was saved is safe.",
)
_PRODUCT: Mapping[type[MatcherError], tuple[Pair, Pair]] = {
    NotFound: (
        ("没有这个页面，或您不能查看", "There is nothing here, or not for you to see"),
        ("请检查链接，或从首页进入。", "Check the link, or start from the first page."),
    ),
    NotAllowed: (
        ("您的账户不能这样做", "Your account may not do this"),
        ("什么也没有改变。需要时请联系节点管理员。", "Nothing was changed. Ask your node's admin."),
    ),
    NotSignedIn: (
        ("请先登录", "Please sign in"),
        ("登录后回到此页。", "You'll come back to this page."),
    ),
    EditConflict: (
        ("别人刚刚改过", "Somebody has changed this in the meantime"),
        (
            "您的修改没有保存，对方的修改仍在。请刷新后再试。",
            "Yours wasn't saved, theirs is kept. Load the page anew and try again.",
        ),
    ),
    IllegalTransition: (
        ("现在不能这样做", "This can't be done now"),
        ("状态可能已变。请刷新后查看。", "It may stand elsewhere by now. Load the page anew."),
    ),
    InputError: (
        ("内容有误", "Something isn't right in what was sent"),
        (
            "请改正后再提交，您填写的内容仍在。",
            "Mend it and send it again; what you typed is safe.",
        ),
    ),
    UsageError: (
        ("这个请求无法处理", "This can't be done as asked"),
        ("请改正后再试。", "Mend it and try again."),
    ),
    NoModel: (("还没有发布模型", "No model has been published yet"), _LATER),
    BrokenBundle: (("模型暂不可用", "The model can't be used just now"), _LATER),
    EncoderUnavailable: (("模型暂不可用", "The model can't be used just now"), _LATER),
    StoreUnavailable: (("数据库暂时连不上", "The database can't be reached just now"), _LATER),
    WrongSchema: (("系统正在升级", "The system is being upgraded"), _LATER),
}
_STALE: tuple[Pair, Pair] = (
    ("页面已过期", "The page was too old"),
    ("什么也没有改变。请刷新后再提交。", "Nothing was changed. Load it anew and send it again."),
)
_MANY: tuple[Pair, Pair] = (
    ("请求太频繁", "Too many requests"),
    ("请等一分钟再试。", "Wait a minute and try again."),
)
_LARGE: tuple[Pair, Pair] = (
    ("文件或内容太大", "What was sent is too large"),
    ("什么也没有保存。请拆分后再传。", "Nothing was saved. Split it and send the parts."),
)
_OURS: tuple[Pair, Pair] = (
    ("出了点问题", "Something went wrong on our side"),
    (
        "已记录。请稍后再试；若反复出现，请把下面的编号告诉管理员。",
        "It was written down. Try again; if it comes back, tell an admin the number below.",
    ),
)


def fault_of(error: Exception, language: Language) -> Fault:
    """The error for a reader. What is on our side is told without its details."""
    if isinstance(error, MatcherError):
        return _of_product(error, language)
    if isinstance(error, Problem):
        return _worded(_of_status(error.status), error.status, language, error.detail)
    if isinstance(error, CSRFError):
        return _worded(_STALE, HTTPStatus.BAD_REQUEST, language)
    if isinstance(error, RateLimitExceeded):
        return _worded(_MANY, HTTPStatus.TOO_MANY_REQUESTS, language)
    code = error.code if isinstance(error, HTTPException) else None
    status = HTTPStatus(code or HTTPStatus.INTERNAL_SERVER_ERROR)
    return _worded(_of_status(status), status, language)


def _of_product(error: MatcherError, language: Language) -> Fault:
    problem = from_matcher(error)
    words = next((own for kind, own in _PRODUCT.items() if isinstance(error, kind)), _OURS)
    ours = problem.status >= HTTPStatus.INTERNAL_SERVER_ERROR
    hidden = ours or isinstance(error, NotFound)
    field = str(error.where.get("field") or "")
    return _worded(words, problem.status, language, "" if hidden else str(error), field)


def _of_status(status: HTTPStatus) -> tuple[Pair, Pair]:
    if status in (HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED):
        return _PRODUCT[NotFound]
    if status is HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return _LARGE
    if status < HTTPStatus.INTERNAL_SERVER_ERROR:
        return _PRODUCT[UsageError]
    return _OURS


def _worded(
    words: tuple[Pair, Pair],
    status: HTTPStatus,
    language: Language,
    detail: str = "",
    field: str = "",
) -> Fault:
    place = 0 if language is Language.ZH else 1
    title, advice = words
    return Fault(status, title[place], advice[place], detail, field)
