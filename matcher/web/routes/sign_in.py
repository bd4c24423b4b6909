"""The page that people sign in on; it works without scripts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from http import HTTPStatus
from types import MappingProxyType

from apiflask import APIBlueprint
from flask import (
    Response,
    current_app,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_security import current_user
from flask_wtf.csrf import CSRFError

from matcher.actions.signing_in import by_password, sign_out
from matcher.domain.enums import Language
from matcher.errors import NotSignedIn
from matcher.web.context import platform
from matcher.web.limits import heed_sign_in
from matcher.web.session import CSRF, begin, fetch_key, leave

# Browsers take // and /\\ for the beginning of a host's name.
_PATH = re.compile(r"/(?![/\\])[^\s\\\x00-\x1f\x7f]*")
pages = APIBlueprint("pages", __name__, enable_openapi=False)

_WORDS: Mapping[Language, Mapping[str, str]] = MappingProxyType(
    {
        Language.ZH: {
            "title": "登录",
            "login": "账号",
            "password": "密码",
            "submit": "登录",
            "wrong": "账号或密码不正确。多次失败后请等待 15 分钟,或联系管理员。",
            "stale": "页面已过期,请重新提交。",
            "known": "已登录:",
            "leave": "退出登录",
            "docs": "接口文档",
            "other": "English",
        },
        Language.EN: {
            "title": "Sign in",
            "login": "Login",
            "password": "Password",
            "submit": "Sign in",
            "wrong": "The login or the password is wrong. After several failures wait 15 minutes, "
            "or ask an admin.",
            "stale": "The page was too old; please send it again.",
            "known": "Signed in as",
            "leave": "Sign out",
            "docs": "The API",
            "other": "中文",
        },
    }
)


@pages.before_request
def _prepare() -> None:
    # Where there is no platform yet, that is what is to be said.
    platform()
    fetch_key(current_app)
    CSRF.protect()


@pages.get("/")
def front() -> Response:
    """Where somebody comes who typed the address alone."""
    return _gone(url_for("pages.show"))


@pages.get("/sign-in")
def show() -> Response:
    """The form; for who is signed in, who they are and how to leave."""
    return _page()


@pages.post("/sign-in")
def enter() -> Response:
    """Sign in, and go to where one was going."""
    heed_sign_in()
    login, password = (request.form.get(name, "") for name in ("login", "password"))
    try:
        held = by_password(platform(), login, password, request.remote_addr or "")
    except NotSignedIn:
        return _page("wrong", HTTPStatus.UNAUTHORIZED)
    begin(held)
    where = request.form.get("next", "")
    return _gone(where if _is_ours(where) else url_for("pages.show"))


@pages.post("/sign-out")
def exit_() -> Response:
    """Sign out; a second time changes nothing."""
    if current_user.is_authenticated:
        sign_out(platform(), current_user.fs_uniquifier)
    leave()
    return _gone(url_for("pages.show"))


@pages.errorhandler(CSRFError)
def _stale(_: CSRFError) -> Response:
    """The cookie is gone, or the form came from somewhere else: nothing was done."""
    return _page("stale", HTTPStatus.BAD_REQUEST)


def _page(fault: str = "", status: HTTPStatus = HTTPStatus.OK) -> Response:
    language = _language()
    words = _WORDS[language]
    account = current_user.signed_in.viewer.account if current_user.is_authenticated else None
    text = render_template(
        "sign_in.html",
        words=words,
        fault=words[fault] if fault else "",
        language=language,
        other=next(one for one in Language if one is not language),
        account=account,
        login=request.form.get("login", "")[:200],
        next=request.values.get("next", ""),
    )
    return make_response(text, status)


def _language() -> Language:
    """The one that is asked for, else the one that the browser prefers."""
    if request.args.get("lang") in list(Language):
        return Language(request.args["lang"])
    found = request.accept_languages.best_match([one.value for one in Language])
    return Language(found) if found else platform().settings.language


def _is_ours(where: str) -> bool:
    """Whether it is a path of this service: a link to the page mustn't lead elsewhere."""
    return _PATH.fullmatch(where) is not None


def _gone(where: str) -> Response:
    """See Other: going back in the browser doesn't send a password again."""
    return make_response(redirect(where, HTTPStatus.SEE_OTHER))
