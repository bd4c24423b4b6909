"""What a manager answers to an interest, and what an admin does where nobody could be asked."""

from __future__ import annotations

from sqlalchemy.orm import Session

from matcher.actions.acting import require_acting
from matcher.actions.authority import actor_of, require_admin
from matcher.actions.decisions import Decision, decide
from matcher.actions.followups import move
from matcher.actions.interest_events import ACCEPTED, DECLINED, tell_interest
from matcher.actions.interest_reading import SeenInterest, get_interest, kept_interest
from matcher.actions.interest_routing import followup_of, route_on
from matcher.actions.interests import require_seen
from matcher.actions.platform import Platform
from matcher.domain.enums import DeclineReason, FollowUpState, Language, Noun
from matcher.domain.interest import Interest, InterestState, require_legal, step
from matcher.domain.visibility import Viewer
from matcher.errors import IllegalTransition
from matcher.store import interests, records
from matcher.store.followups import Kept
from matcher.store.interests import KeptInterest


def accept_interest(
    platform: Platform,
    viewer: Viewer,
    id: str,
    *,
    version: int | None = None,
    language: Language = Language.ZH,
) -> SeenInterest:
    """Take an interest up, and with it the follow-up of its pair, where it names a need.

    For the manager who has it, the admins of their node, and the operator. version: the one that
    the caller has seen. Raises NotFound, NotAllowed, EditConflict, IllegalTransition for what isn't
    waiting for an answer, and what `decisions.decide` raises.
    """
    interest, own = _answered(platform, viewer, id, InterestState.ACCEPTED, version)
    if own is None:
        _say(platform, viewer, id, InterestState.ACCEPTED, version)
    else:
        # What the follow-up becomes, the interest becomes in the same transaction.
        pair = (interest.manager, interest.need, interest.outcome)
        decide(platform, viewer, *pair, Decision.ACCEPT, version=own.version)
    return get_interest(platform, viewer, id, language)


def decline_interest(
    platform: Platform,
    viewer: Viewer,
    id: str,
    reason: DeclineReason,
    why: str = "",
    *,
    version: int | None = None,
) -> None:
    """Turn an interest down, and with it the follow-up of its pair; the next manager gets it.

    Who turned it down doesn't get it again, and knows no more of it. Raises NotFound, NotAllowed,
    EditConflict, IllegalTransition, and InvalidValue for the reason `other` without words.
    """
    _, own = _answered(platform, viewer, id, InterestState.UNROUTED, version)
    if own is None:
        _say(platform, viewer, id, InterestState.UNROUTED, version, reason, why)
        route_on(platform, viewer, id)
    else:
        said = {"reason": reason, "why": why, "version": own.version}
        move(platform, viewer, own.followup.id, FollowUpState.DECLINED, **said)  # type: ignore[arg-type]


def route_interest(
    platform: Platform,
    viewer: Viewer,
    id: str,
    *,
    version: int | None = None,
    language: Language = Language.ZH,
) -> SeenInterest:
    """Look once more for a manager, for an admin of the interest's node.

    Raises NotFound, NotAllowed, EditConflict, IllegalTransition unless it is unrouted.
    """
    with platform.database.reading() as session:
        kept = kept_interest(session, viewer, id)
        interest = kept.interest
        require_admin(viewer, interest.node)
        require_seen(kept, version)
        if interest.state is not InterestState.UNROUTED:
            hint = "Its manager can decline it, which gives it to the next one."
            raise IllegalTransition(f"It is {interest.state.value} already.", hint=hint, legal=())
    route_on(platform, viewer, id)
    return get_interest(platform, viewer, id, language)


def _answered(
    platform: Platform, viewer: Viewer, id: str, to: InterestState, version: int | None
) -> tuple[Interest, Kept | None]:
    """The interest, where the viewer may give this answer, and the follow-up that says it."""
    with platform.database.reading() as session:
        interest = _answerable(session, viewer, id, to, version).interest
        return interest, followup_of(session, interest)


def _answerable(
    session: Session, viewer: Viewer, id: str, to: InterestState, version: int | None
) -> KeptInterest:
    kept = kept_interest(session, viewer, id)
    _require_manager(session, viewer, kept.interest)
    require_seen(kept, version)
    require_legal(kept.interest, to)
    return kept


def _require_manager(session: Session, viewer: Viewer, interest: Interest) -> None:
    """Raise NotAllowed unless the viewer may act for who has it, or for the node if nobody has."""
    stored = records.get(session, Noun.MANAGER, interest.manager) if interest.manager else None
    if stored is not None:
        require_acting(viewer, stored.record)
    else:
        require_admin(viewer, interest.node)


def _say(
    platform: Platform,
    viewer: Viewer,
    id: str,
    to: InterestState,
    version: int | None,
    reason: DeclineReason | None = None,
    why: str = "",
) -> None:
    """The answer to an interest without a need, which no follow-up says."""
    by = actor_of(viewer)
    with platform.database.writing() as session:
        kept = _answerable(session, viewer, id, to, version)
        before = kept.interest
        at = before.not_before(platform.now())
        after = step(before, to, by=by, at=at, reason=reason, why=why.strip())
        interests.save(session, after, kept.version)
        verb = ACCEPTED if to is InterestState.ACCEPTED else DECLINED
        tell_interest(session, by, verb, after, at, manager=before.manager)
