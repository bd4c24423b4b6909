"""The fields of an account on pages: what they hold, and what is meant by what was typed there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from werkzeug.datastructures import MultiDict

from matcher.actions.named_records import Named, chosen, named
from matcher.actions.platform import Platform
from matcher.domain.account import Account
from matcher.domain.enums import Language, Noun, Role
from matcher.domain.visibility import Viewer
from matcher.errors import InvalidValue
from matcher.web.say import Say

LONGEST_NAME = 200
NAMED: Mapping[str, Noun] = {"organisation": Noun.ORGANISATION, "manager": Noun.MANAGER}
"""The fields in which a record is named, and its noun."""
PICKED = "_picked"
"""How the name of a field ends in which one of several records of one name is chosen."""
_PLAIN = ("login", "name", "email", "node", "language")


def typed_in(form: MultiDict[str, str]) -> dict[str, str]:
    """What a form holds, by field; the roles with commas between them."""
    texts = {name: form.get(name, "").strip() for name in (*_PLAIN, *NAMED)}
    picked = {name: form.get(name + PICKED, "") for name in NAMED}
    chosen_ones = {name: id_ for name, id_ in picked.items() if id_}
    return {**texts, **chosen_ones, "roles": ",".join(form.getlist("roles"))}


def values_of(platform: Platform, account: Account, language: Language) -> dict[str, str]:
    """What the fields of an account that is there hold."""
    labels = {
        name: named(platform, noun, getattr(account, name), language).label
        for name, noun in NAMED.items()
    }
    plain = {name: str(getattr(account, name)) for name in _PLAIN}
    return {**plain, **labels, "roles": ",".join(account.roles)}


def values_for(manager: Named, language: Language) -> dict[str, str]:
    """What the fields of a new account hold: nothing, or what a manager's record says."""
    empty = dict.fromkeys((*_PLAIN, *NAMED, "roles"), "")
    if not manager.id:
        return {**empty, "language": language.value}
    told = {"manager": manager.label, "name": manager.name, "node": manager.node}
    return {**empty, **told, "roles": Role.MANAGER.value, "language": language.value}


def changes_of(
    platform: Platform,
    viewer: Viewer,
    typed: Mapping[str, str],
    now: Mapping[str, str],
    before: Account | None,
    language: Language,
) -> dict[str, Any]:
    """The fields of an account as the actions take them, all but its login.

    A record that is named as before stays, even where it isn't there any more. Raises InvalidValue
    for a name that is too long, roles that aren't there, and a record that isn't clear.
    """
    if len(typed["name"]) > LONGEST_NAME:
        hint = "Write a shorter one."
        message = f"A name has at most {LONGEST_NAME} characters."
        raise InvalidValue(message, field="name", hint=hint)
    told: dict[str, Any] = {
        "name": typed["name"],
        "email": typed["email"],
        "node": typed["node"],
        "roles": roles_of(typed["roles"]),
        "language": Language.parse(typed["language"]),
    }
    for name, noun in NAMED.items():
        same = before is not None and typed[name] == now[name]
        told[name] = (
            getattr(before, name) if same else chosen(platform, viewer, noun, typed[name], language)
        )
    return told


def roles_of(text: str) -> tuple[Role, ...]:
    """The roles that are ticked. Raises InvalidValue for none."""
    known = {role.value: role for role in Role}
    found = Role.in_order(known[one] for one in text.split(",") if one in known)
    if not found:
        raise InvalidValue("An account needs a role.", field="roles", hint="Tick one or more.")
    return found


def labels(say: Say) -> dict[str, str]:
    """The names of the fields."""
    return {
        "login": say("账号（登录用）", "Login"),
        "name": say("姓名", "Name"),
        "email": say("邮箱", "Mail address"),
        "roles": say("角色", "Roles"),
        "node": say("节点", "Node"),
        "organisation": say("单位", "Organisation"),
        "manager": say("经理人档案", "Manager’s record"),
        "language": say("页面语言", "Language of the pages"),
    }


def readable(values: Mapping[str, str], nodes: Mapping[str, str], say: Say) -> dict[str, str]:
    """The same with names in the place of codes. nodes: names by id."""
    roles = (say.label(one) for one in Role if one.value in values["roles"].split(","))
    tongues = {one.value: say.label(one) for one in Language}
    return {
        **values,
        "roles": say("、", ", ").join(roles),
        "node": nodes.get(values["node"], values["node"]),
        "language": tongues.get(values["language"], values["language"]),
    }
