"""Who reads: an account as a viewer, with its place in the tree of nodes."""

from __future__ import annotations

from matcher.actions.platform import Platform
from matcher.domain.visibility import Viewer, viewer_of
from matcher.errors import NotFound
from matcher.store import accounts, nodes


def viewer_by_login(platform: Platform, login: str) -> Viewer:
    """The viewer that an account is. Raises NotFound for a login nobody has."""
    with platform.database.reading() as session:
        account = accounts.by_login(session, login)
        if account is None:
            raise NotFound(f"Nobody has the login {login!r}.", hint="See: matcher user list.")
        return viewer_of(account, nodes.parents(session))
