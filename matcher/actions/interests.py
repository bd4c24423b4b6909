"""Expressing an interest in an outcome, and withdrawing it."""

from __future__ import annotations

import secrets
from dataclasses import replace

from sqlalchemy.orm import Session

from matcher.actions.acting import account_of
from matcher.actions.authority import actor_of, is_admin
from matcher.actions.followup_change import moment_of, written
from matcher.actions.followups import NOTED
from matcher.actions.interest_bench import asker_of
from matcher.actions.interest_events import EXPRESSED, WITHDRAWN, tell_interest
from matcher.actions.interest_reading import SeenInterest, get_interest, kept_interest
from matcher.actions.interest_routing import followup_of, route_on
from matcher.actions.platform import Platform
from matcher.actions.reading import required
from matcher.actions.serving import Serving
from matcher.domain.account import Account
from matcher.domain.conflicts import conflict_of_pair
from matcher.domain.enums import Language, Noun, Role
from matcher.domain.followup import ENDED, Note
from matcher.domain.identity import Identities
from matcher.domain.interest import Interest, InterestState, step
from matcher.domain.need import Need
from matcher.domain.outcome import Outcome
from matcher.domain.visibility import Viewer
from matcher.errors import EditConflict, NotAllowed
from matcher.store import interests, records
from matcher.store.interests import KeptInterest

PREFIX = "X-"
_GONE = {Language.ZH: "企业撤回了意向。", Language.EN: "The expression of interest was withdrawn."}


def express(
    platform: Platform,
    viewer: Viewer,
    outcome: str,
    *,
    need: str = "",
    text: str = "",
    contact: str = "",
    language: Language = Language.ZH,
) -> SeenInterest:
    """Note that an account would like to have an outcome, and give that to the best manager.

    need: one of their own. With one the manager gets a follow-up of the pair, too. An account has
    one open interest in an outcome: a second call answers with the first one. Where nobody can see
    to it, it is kept as unrouted. Raises NotFound for records that may not be known of, NotAllowed
    for other roles, for what is their own, and for a need that isn't; InvalidValue for too many
    words; NoModel, BrokenBundle and StoreUnavailable, with nothing kept.
    """
    account = _asking(viewer)
    serving = platform.live.look_now()
    with platform.database.writing() as session:
        wanted = required(session, viewer, Noun.OUTCOME, outcome).record
        kept = interests.open_of(session, account.id, wanted.id)
        if kept is None:
            named = required(session, viewer, Noun.NEED, need).record if need else None
            interest = _new(platform, account, wanted, named, text, contact)
            _require_sound(session, serving, viewer, interest, wanted, named)
            kept = interests.add(session, interest)
            tell_interest(session, account.id, EXPRESSED, interest, interest.made_at)
    route_on(platform, viewer, kept.interest.id)
    return get_interest(platform, viewer, kept.interest.id, language)


def withdraw(
    platform: Platform,
    viewer: Viewer,
    id: str,
    *,
    version: int | None = None,
    language: Language = Language.ZH,
) -> SeenInterest:
    """Take an interest back, for whose it is and for admins of its node.

    The follow-up that was begun for it stays its manager's to end; a note tells them. version: the
    one that the caller has seen. Raises NotFound, NotAllowed, EditConflict, and IllegalTransition
    for what was taken up already.
    """
    with platform.database.writing() as session:
        kept = kept_interest(session, viewer, id)
        _require_own(viewer, kept.interest)
        require_seen(kept, version)
        at = kept.interest.not_before(platform.now())
        over = step(kept.interest, InterestState.WITHDRAWN, by=actor_of(viewer), at=at)
        interests.save(session, over, kept.version)
        tell_interest(session, actor_of(viewer), WITHDRAWN, over, at, manager=over.manager)
        _tell_manager(platform, session, viewer, kept.interest)
    return get_interest(platform, viewer, id, language)


def require_seen(kept: KeptInterest, seen: int | None) -> None:
    """Raise EditConflict where another version is there than was seen."""
    if seen is not None and seen != kept.version:
        raise EditConflict(
            f"Somebody else changed the interest {kept.interest.id}.",
            hint="Load it again, then repeat your change.",
            version=kept.version,
        )


def require_own_need(viewer: Viewer, need: Need, asker: Need, identities: Identities) -> None:
    """Raise NotAllowed for a need of somebody else than who asks, unless the viewer is an admin of
    its node."""
    if not _is_theirs(viewer, need, asker, identities):
        hint = "Name a need of your own, or say it in words."
        raise NotAllowed(f"The need {need.id} isn't yours.", field="need", hint=hint)


def _asking(viewer: Viewer) -> Account:
    account = viewer.account
    if account is None or not {Role.ENTERPRISE, Role.ADMIN} & {*account.roles}:
        hint = "Sign in with an account of that role."
        raise NotAllowed("An interest is expressed by an enterprise.", hint=hint)
    return account


def _new(
    platform: Platform,
    account: Account,
    outcome: Outcome,
    need: Need | None,
    text: str,
    contact: str,
) -> Interest:
    at = platform.now()
    # Ids in the order of time, so that a list can go by them.
    number = f"{int(at.timestamp() * 1000):012x}"
    return Interest(
        id=f"{PREFIX}{number}{secrets.token_hex(4)}",
        outcome=outcome.id,
        need=need.id if need else "",
        account=account.id,
        made_at=at,
        text=text.strip(),
        contact=contact.strip(),
        node=account.node or outcome.node,
    )


def _require_sound(
    session: Session,
    serving: Serving,
    viewer: Viewer,
    interest: Interest,
    outcome: Outcome,
    need: Need | None,
) -> None:
    identities = serving.organisations.identities
    asker = asker_of(session, interest)
    if need is not None:
        require_own_need(viewer, need, asker, identities)
    sides = (asker, *([need] if need else []))
    own = outcome.owner == interest.account
    if own or any(conflict_of_pair(side, outcome, identities) for side in sides):
        raise NotAllowed(
            "This outcome is of your own organisation.", hint="Choose another outcome."
        )


def _is_theirs(viewer: Viewer, need: Need, asker: Need, identities: Identities) -> bool:
    if need.owner == asker.owner or is_admin(viewer, need.node):
        return True
    named = bool(need.organisation and asker.organisation)
    return named and identities.root(need.organisation) == identities.root(asker.organisation)


def _require_own(viewer: Viewer, interest: Interest) -> None:
    own = viewer.account is not None and viewer.account.id == interest.account
    if not (own or is_admin(viewer, interest.node)):
        hint = "A manager can decline it."
        raise NotAllowed("It is withdrawn by whoever expressed it.", hint=hint)


def _tell_manager(platform: Platform, session: Session, viewer: Viewer, interest: Interest) -> None:
    kept = followup_of(session, interest)
    if kept is None or kept.followup.state in ENDED:
        return
    stored = records.get(session, Noun.MANAGER, interest.manager)
    account = account_of(session, stored.record) if stored else None
    at = moment_of(platform, kept.followup)
    text = _GONE[account.language if account else Language.ZH]
    note = Note(by=actor_of(viewer), at=at, text=text)
    noted = replace(kept.followup, notes=(*kept.followup.notes, note))
    written(session, viewer, kept, noted, NOTED, at)
