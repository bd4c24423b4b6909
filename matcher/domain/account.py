"""Account 账户: somebody who signs in, and what they come for."""

from __future__ import annotations

from dataclasses import dataclass

from matcher.domain.checks import require_text, shown
from matcher.domain.enums import Language, Role
from matcher.domain.message import require_address
from matcher.domain.record import Record
from matcher.errors import InvalidValue

# As long as the longest mail address (RFC 5321).
LONGEST_LOGIN = 254


@dataclass(frozen=True, slots=True, kw_only=True)
class Account(Record):
    """An account with at least one role; what it may see follows from `visibility`.

    `login` is what is typed to sign in, without blanks; `organisation`, `node` and `manager` are
    ids, the last of the manager record that this account is. `language` is that of its pages, and
    of what is mailed to `email`, "" for nothing. An account that isn't `active` can't sign in and
    sees nothing.
    """

    id: str
    login: str
    name: str = ""
    roles: tuple[Role, ...]
    organisation: str = ""
    node: str = ""
    manager: str = ""
    language: Language = Language.ZH
    active: bool = True
    email: str = ""

    def __post_init__(self) -> None:
        require_text(self.id, "id")
        require_text(self.login, "login")
        _require_login(self.login)
        if self.email:
            require_address(self.email, "email")
        if not self.roles:
            raise InvalidValue(
                "An account needs a role.",
                field="roles",
                hint=f"Give it one or more of: {', '.join(Role)}.",
            )


def _require_login(login: str) -> None:
    """Refuse what can't be typed or told apart on a screen: blanks, control and bidi marks."""
    printable = login.isprintable() and not any(char.isspace() for char in login)
    if not printable or len(login) > LONGEST_LOGIN:
        raise InvalidValue(
            f"{shown(login)} can't be a login.",
            field="login",
            hint=f"Write up to {LONGEST_LOGIN} characters without blanks.",
        )
