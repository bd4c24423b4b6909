"""Adding a person: a form, and once it is sent the first password, shown this one time."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Response, request, url_for

from matcher.actions.accounts import add_account
from matcher.actions.made_password import made_password
from matcher.actions.named_records import named
from matcher.actions.people import get_person
from matcher.domain.account import Account
from matcher.domain.enums import Noun, Role
from matcher.errors import InvalidValue, MatcherError
from matcher.web.account_faults import TOLD, account_typed
from matcher.web.context import platform, viewer
from matcher.web.once import new_key, once
from matcher.web.page import account, gone, page, page_part, say
from matcher.web.pages.person import password_told
from matcher.web.person_choices import person_choices
from matcher.web.person_form import changes_of, labels, typed_in, values_for
from matcher.web.typed import NOTHING_TYPED

FORM = "new"
_NO_VALUES: Mapping[str, str] = {}

adding = page_part("adding", Role.ADMIN)


@adding.get("/people/new")
def begin() -> Response:
    """An empty form, or one that a manager's record fills in."""
    manager = named(platform(), Noun.MANAGER, request.args.get("manager", ""), say().language)
    return _form({**values_for(manager, say().language), "login": request.args.get("login", "")})


@adding.post("/people/new")
def add() -> Response:
    """Keep the account, and tell its password; sent twice, what became of the first.

    A form that was filled in for somebody else after it was sent stays, and may be sent anew.
    """
    typed, made, password = typed_in(request.form), list[Account](), made_password()

    def act() -> str:
        told = changes_of(platform(), viewer(), typed, _NO_VALUES, None, say().language)
        one = Account(id="new", login=typed["login"], **told)
        made.append(add_account(platform(), viewer(), one, password))
        return made[0].id

    try:
        id_ = once(act)
        if not made:
            _require_added(id_, typed["login"])
    except TOLD as error:
        return _form(typed, error)
    if not made:
        return gone(url_for("page.people.person.show", id=id_, done="again"))
    return password_told(made[0], password, fresh=True)


def _require_added(id_: str, login: str) -> None:
    if get_person(platform(), viewer(), id_, say().language).account.login != login:
        message = "This form has added another account."
        raise InvalidValue(message, field="form", hint="Send it again to add this one too.")


def _form(values: Mapping[str, str], error: MatcherError | None = None) -> Response:
    typed = NOTHING_TYPED
    if error is not None:
        typed = account_typed(FORM, values, error, say(), labels=labels(say()), now=values)
    return page(
        "pages/person_new.html",
        typed.status,
        values={**values, "node": values["node"] or account().node},
        typed=typed,
        key=new_key(),
        **person_choices(platform(), viewer(), say(), error),
    )
