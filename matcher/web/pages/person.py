"""A person: what their account says, its password and tokens, and whether it is let in."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import Response, request, url_for

from matcher.actions.account_state import state_of
from matcher.actions.accounts import change_account, set_active, set_password
from matcher.actions.answer import title_of
from matcher.actions.made_password import made_password
from matcher.actions.nodes import list_nodes
from matcher.actions.people import Person, get_person
from matcher.actions.signing_in import unlock
from matcher.actions.subject_names import subject_names
from matcher.actions.tokens import list_tokens, revoke_token
from matcher.domain.account import Account
from matcher.domain.enums import Noun, Role
from matcher.domain.event import Subject
from matcher.errors import MatcherError, NotAllowed, NotFound
from matcher.web.account_faults import TOLD, account_typed
from matcher.web.context import platform, viewer
from matcher.web.deeds import subject_told
from matcher.web.once import new_key, once
from matcher.web.page import account, gone, page, page_part, say
from matcher.web.person_choices import person_choices
from matcher.web.person_form import changes_of, labels, readable, typed_in, values_of
from matcher.web.token_shown import tokens_shown
from matcher.web.typed import NOTHING_TYPED, Typed

FORM, ACCESS = "person", "access"
"""The forms that may come back."""

person = page_part("person", Role.ADMIN)


@person.get("/people/<id>")
def show(id: str) -> Response:
    """All of it."""
    return _shown(_person(id))


@person.post("/people/<id>")
def save(id: str) -> Response:
    """Keep what the form says, of the account as it was when the form was made."""
    before = _person(id).account
    typed = {**typed_in(request.form), "login": before.login}
    seen, now = request.form.get("seen", ""), values_of(platform(), before, say().language)
    try:
        told = changes_of(platform(), viewer(), typed, now, before, say().language)
        change_account(platform(), viewer(), before.login, told, seen or "none")
    except TOLD as error:
        return _shown(_person(id), typed, error)
    return _done(id, "saved")


@person.get("/people/<id>/<any(password, disable, enable, unlock):_>")
def back(id: str, _: str) -> Response:
    """Where a form was sent to there is nothing to look at."""
    return gone(url_for("page.people.person.show", id=id))


@person.post("/people/<id>/password")
def renew(id: str) -> Response:
    """Make another password, and tell it this one time."""
    one, password, made = _person(id).account, made_password(), list[bool]()

    def act() -> None:
        _require_other(one)
        set_password(platform(), viewer(), one.login, password)
        made.append(True)

    try:
        once(act)
    except TOLD as error:
        return _shown(_person(id), {}, error, ACCESS)
    if not made:
        return _done(id, "again")
    return password_told(one, password, fresh=False)


@person.post("/people/<id>/<any(disable, enable):way>")
def admit(id: str, way: str) -> Response:
    """Let the account in, or shut it out."""
    one = _person(id).account

    def act() -> None:
        _require_other(one)
        set_active(platform(), viewer(), one.login, way == "enable")

    return _acted(id, act, f"{way}d")


@person.post("/people/<id>/unlock")
def let_try(id: str) -> Response:
    """Let somebody sign in again who failed too often."""
    one = _person(id).account
    return _acted(id, lambda: unlock(platform(), viewer(), one.login), "unlocked")


@person.post("/people/<id>/tokens/<token>/revoke")
def revoke(id: str, token: str) -> Response:
    """End one of their tokens for good."""
    one = _person(id).account
    if token not in {held.token.id for held in list_tokens(platform(), viewer(), one.login)}:
        raise NotFound("There is no such token.", hint="Look at the list.")
    revoke_token(platform(), viewer(), token)
    return _done(id, "revoked")


def password_told(one: Account, password: str, *, fresh: bool) -> Response:
    """The page that shows a password this one time; fresh: of a new account."""
    path, public = url_for("pages.show"), platform().settings.public_url
    return page(
        "pages/person_password.html",
        one=one,
        password=password,
        fresh=fresh,
        names=values_of(platform(), one, say().language),
        # Else it is what the browser called this service, which may be no name for others.
        address=f"{public}{path}" if public else url_for("pages.show", _external=True),
    )


def _require_other(one: Account) -> None:
    """One's own password is changed by who knows it, and nobody shuts themselves out."""
    if one.id == account().id:
        raise NotAllowed("This is your own account.", field="own", hint="Change it under /me.")


def _acted(id: str, act: Callable[[], object], done: str) -> Response:
    try:
        once(act)
    except TOLD as error:
        return _shown(_person(id), {}, error, ACCESS)
    return _done(id, done)


def _done(id: str, done: str) -> Response:
    return gone(url_for("page.people.person.show", id=id, done=done))


def _person(id: str) -> Person:
    return get_person(platform(), viewer(), id, say().language)


def _shown(
    one: Person,
    typed: Mapping[str, str] | None = None,
    error: MatcherError | None = None,
    form: str = FORM,
) -> Response:
    now = values_of(platform(), one.account, say().language)
    values = {**now, **(typed or {})}
    held = list_tokens(platform(), viewer(), one.account.login)
    told = _told(form, values, now, error) if error else NOTHING_TYPED
    return page(
        "pages/person.html",
        told.status,
        one=one,
        values=values,
        seen=state_of(one.account),
        typed=told,
        tokens=tokens_shown(held, platform().now(), say()),
        own=one.account.id == account().id,
        done=request.args.get("done", ""),
        new_key=new_key,
        record=_record_address(one.account),
        **person_choices(platform(), viewer(), say(), error),
    )


def _record_address(one: Account) -> str:
    """The form of the manager they are, "" where there is none for who looks."""
    if not one.manager:
        return ""
    subject = Subject(noun=Noun.MANAGER, id=one.manager)
    names = subject_names(platform(), viewer(), [subject], say().language)
    return subject_told(subject, names, say()).address


def _told(
    form: str, values: Mapping[str, str], now: Mapping[str, str], error: MatcherError
) -> Typed:
    names = {one.node.id: title_of(one.node, say().language) for one in list_nodes(platform())}
    first, second = (readable(each, names, say()) for each in (values, now))
    return account_typed(form, first, error, say(), labels=labels(say()), now=second)
