"""The page that people sign in on; it works without scripts."""

from __future__ import annotations

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
    session,
    url_for,
)
from flask_security import current_user
from flask_wtf.csrf import CSRFError

from matcher.actions.signing_in import by_password, sign_out
from matcher.domain.enums import Language
from matcher.errors import NotSignedIn
from matcher.web.addresses import own_path
from matcher.web.context import platform
from matcher.web.kept_form import FIELD as KEPT
from matcher.web.kept_form import sending_again, unpacked
from matcher.web.limits import heed_sign_in
from matcher.web.nav import nav_for
from matcher.web.say import Say
from matcher.web.session import CSRF, begin, fetch_key, leave

pages = APIBlueprint("pages", __name__, enable_openapi=False)
_NOTE = "note"
"""The name in the browser's cookie of what the page is to say once."""

_WORDS: Mapping[Language, Mapping[str, str]] = MappingProxyType(
    {
        Language.ZH: {
            "title": "登录",
            "login": "账号",
            "password": "密码",
            "submit": "登录",
            "wrong": "账号或密码不正确。多次失败后请等待 15 分钟，或联系管理员。",
            "stale": "页面已过期，请重新提交。",
            "over": "登录已过期。您填写的内容已保留，登录后即可提交。",
            "lost": "您之前填写的内容未能保留：时间超过 12 小时，或浏览器已重新打开或登录过。",
            "changed": "密码已更改，请用新密码登录。此网络登录失败次数过多，可能需要等待 15 分钟。",
            "known": "已登录：",
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
            "over": "You have been signed out. What you typed is kept: sign in, then send it.",
            "lost": "What you typed before couldn’t be kept: it is more than 12 hours old, or this "
            "browser was opened anew or signed in since.",
            "changed": "Your password has been changed; sign in with the new one. There were too "
            "many failures from your network, so you may have to wait 15 minutes.",
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
    """Where somebody comes who typed the address alone: the first page of theirs."""
    if not current_user.is_authenticated:
        return _gone(url_for("pages.show"))
    first = nav_for(current_user.signed_in.viewer.account.roles)
    return _gone(url_for(first[0].endpoint if first else "pages.show"))


@pages.get("/sign-in")
def show() -> Response:
    """The form; for who is signed in, who they are and how to leave."""
    note = session.pop(_NOTE) if _NOTE in session else ""
    return _page(note=note)


@pages.post("/sign-in")
def enter() -> Response:
    """Sign in, and go to where one was going."""
    heed_sign_in()
    login, password = (request.form.get(name, "") for name in ("login", "password"))
    try:
        held = by_password(platform(), login, password, request.remote_addr or "")
    except NotSignedIn:
        return _page("wrong", HTTPStatus.UNAUTHORIZED)
    # What tells the browser goes with the session that it brought.
    kept = unpacked(request.form.get(KEPT, ""))
    begin(held)
    if request.form.get(KEPT):
        found = current_user.signed_in.viewer.account
        theirs = kept if kept is not None and kept.account == found.id else None
        there = platform()
        return sending_again(theirs, Say(found.language, there.now(), there.settings.zone))
    return _gone(own_path(request.form.get("next", "")))


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


def to_go_on(kept: str) -> Response:
    """The form for somebody whose session is over, with what they have typed. kept: packed."""
    return _page("over", HTTPStatus.UNAUTHORIZED, kept)


def tell_changed() -> None:
    """Say on this page, when it is shown next, that the new password counts though nobody can sign
    in now."""
    session[_NOTE] = "changed"


def _page(
    fault: str = "", status: HTTPStatus = HTTPStatus.OK, kept: str = "", note: str = ""
) -> Response:
    language = _language()
    sent = request.form.get(KEPT, "")
    still = kept or (sent if unpacked(sent) else "")
    told = "lost" if sent and not still else note
    words = _WORDS[language]
    account = current_user.signed_in.viewer.account if current_user.is_authenticated else None
    text = render_template(
        "sign_in.html",
        words=words,
        fault=words[fault] if fault else "",
        note=words[told] if told else "",
        language=language,
        other=next(one for one in Language if one is not language),
        account=account,
        login="" if kept else request.form.get("login", "")[:200],
        next="" if kept else request.values.get("next", ""),
        kept=still,
    )
    return make_response(text, status)


def _language() -> Language:
    """The one that is asked for, else the one that the browser prefers."""
    if request.args.get("lang") in list(Language):
        return Language(request.args["lang"])
    found = request.accept_languages.best_match([one.value for one in Language])
    return Language(found) if found else platform().settings.language


def _gone(where: str) -> Response:
    """See Other: going back in the browser doesn't send a password again."""
    return make_response(redirect(where, HTTPStatus.SEE_OTHER))
