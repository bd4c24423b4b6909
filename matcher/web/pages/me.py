"""One's own account: name and language, password, tokens, and whom one stands for."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import Response, request, url_for

from matcher.actions.account_state import state_of
from matcher.actions.own_account import change_own, change_own_password, own_account
from matcher.actions.people import get_person
from matcher.actions.signing_in import by_password
from matcher.actions.tokens import LONGEST_DAYS, USUAL_DAYS, list_tokens, make_token, revoke_token
from matcher.domain.enums import Language, Role
from matcher.domain.message import LONGEST_ADDRESS
from matcher.errors import InvalidValue, MatcherError, NotFound, NotSignedIn, UsageError
from matcher.store.accounts import LONGEST_PASSWORD, SHORTEST_PASSWORD
from matcher.web.account_faults import TOLD, account_typed
from matcher.web.addresses import own_path
from matcher.web.context import platform, viewer
from matcher.web.limits import heed_sign_in
from matcher.web.once import new_key, once
from matcher.web.page import account, gone, page, page_part, say
from matcher.web.person_form import LONGEST_NAME, labels
from matcher.web.routes.sign_in import tell_changed
from matcher.web.session import begin, leave
from matcher.web.token_shown import tokens_shown
from matcher.web.typed import NOTHING_TYPED

SELF, PASSWORD, TOKEN = "self", "password", "token"
"""The forms of the page."""
_KEPT = {SELF: ("name", "email", "language"), PASSWORD: (), TOKEN: ("token_name", "role", "days")}
"""Of each form, the fields that come back when it couldn't be saved; a password never does."""

me = page_part("me")


@me.get("/me")
def show() -> Response:
    """All of it."""
    return _shown()


@me.post("/me")
def save() -> Response:
    """Keep name and language."""
    form = request.form

    def act() -> None:
        name, seen = form.get("name", "").strip(), form.get("seen", "")
        if len(name) > LONGEST_NAME:
            message = f"A name has at most {LONGEST_NAME} characters."
            raise InvalidValue(message, field="name", hint="Write a shorter one.")
        language = Language.parse(form.get("language", ""))
        email = form.get("email", "")
        change_own(
            platform(), viewer(), name=name, email=email, language=language, seen=seen or "none"
        )

    return _acted(SELF, act, "saved")


@me.post("/me/language")
def speak() -> Response:
    """Read all pages in this language from now on."""
    change_own(platform(), viewer(), language=Language.parse(request.form.get("language", "")))
    return gone(own_path(request.form.get("next", "")))


@me.get("/me/<any(password, tokens):_>")
def back(_: str) -> Response:
    """Where a form was sent to there is nothing to look at."""
    return gone(url_for("page.me.show"))


@me.post("/me/password")
def renew() -> Response:
    """Another password; every session ends, and this browser gets one anew."""
    heed_sign_in()
    names = ("old_password", "new_password", "new_password_again")
    old, new, again = (request.form.get(name, "") for name in names)

    def act() -> None:
        if new != again:
            hint = "Type the new password twice."
            raise InvalidValue("The two aren't the same.", field="again", hint=hint)
        change_own_password(platform(), viewer(), old, new)
        _sign_in_again(new)

    return _acted(PASSWORD, act, "password")


@me.post("/me/tokens")
def make() -> Response:
    """A token, whose secret is told this one time."""
    form, made = request.form, list[str]()

    def act() -> None:
        name = form.get("token_name", "").strip()
        if not name or len(name) > LONGEST_NAME:
            hint = "Say what it is for."
            raise InvalidValue("A token needs a name.", field="token_name", hint=hint)
        role, days = _role(form.get("role", "")), _days(form.get("days", ""))
        made.append(make_token(platform(), viewer(), "", name, role, days)[1])

    try:
        once(act)
    except TOLD as error:
        return _shown(TOKEN, error)
    if not made:
        return gone(url_for("page.me.show", done="again", _anchor="tokens"))
    name = form.get("token_name", "").strip()
    return page("pages/me_token.html", secret=made[0], name=name)


@me.post("/me/tokens/<id>/revoke")
def revoke(id: str) -> Response:
    """End one of one's own for good."""
    login = own_account(platform(), viewer()).login
    if id not in {held.token.id for held in list_tokens(platform(), viewer(), login)}:
        raise NotFound("There is no such token.", hint="Look at the list.")
    revoke_token(platform(), viewer(), id)
    return gone(url_for("page.me.show", done="revoked", _anchor="tokens"))


def _acted(form: str, act: Callable[[], None], done: str) -> Response:
    try:
        act()
    except TOLD as error:
        return _shown(form, error)
    return gone(url_for("page.me.show", done=done))


def _sign_in_again(password: str) -> None:
    """Else who changes their password would be sent to the page that asks for it."""
    try:
        held = by_password(platform(), account().login, password, request.remote_addr or "")
    except NotSignedIn:
        # Somebody guessed from this network too often; signing in has to wait.
        leave()
        tell_changed()
    else:
        begin(held)


def _shown(form: str = "", error: MatcherError | None = None) -> Response:
    own = own_account(platform(), viewer())
    now = {"name": own.name, "email": own.email, "language": own.language.value}
    sent = {name: request.form.get(name, "") for name in _KEPT.get(form, ())}
    names = {
        **labels(say()),
        "token_name": say()("用途", "What for"),
        "days": say()("天数", "Days"),
    }
    typed = NOTHING_TYPED
    if error is not None:
        typed = account_typed(form, sent, error, say(), labels=_only(names, now), now=now)
    held = list_tokens(platform(), viewer(), own.login)
    return page(
        "pages/me.html",
        typed.status,
        one=get_person(platform(), viewer(), own.id, say().language),
        seen=state_of(own),
        typed=typed,
        labels=names,
        languages=tuple(Language),
        tokens=tokens_shown(held, platform().now(), say()),
        done=request.args.get("done", ""),
        key=new_key(),
        days=USUAL_DAYS,
        most_days=LONGEST_DAYS,
        longest_name=LONGEST_NAME,
        longest_email=LONGEST_ADDRESS,
        shortest=SHORTEST_PASSWORD,
        longest=LONGEST_PASSWORD,
    )


def _only(names: Mapping[str, str], of: Mapping[str, str]) -> dict[str, str]:
    return {name: names[name] for name in of}


def _role(text: str) -> Role:
    """Raises UsageError for what is no role; whether it is theirs, making the token finds out."""
    found = next((one for one in Role if one.value == text), None)
    if found is None:
        raise UsageError("That is no role.", field="role", hint="Choose one of yours.")
    return found


def _days(text: str) -> int:
    if not text.strip().isdecimal() or len(text.strip()) > len(str(LONGEST_DAYS)):
        raise UsageError("That is no number of days.", field="days", hint="Write a whole number.")
    return int(text)
