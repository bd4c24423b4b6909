"""Naming a need for an interest that was taken up without one, so that it can be followed up."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.orm import Session

from matcher.actions.acting import sight_of
from matcher.actions.free_pair import Pairing, require_free
from matcher.actions.interest_bench import Asked
from matcher.actions.interest_events import NEED_NAMED, tell_interest
from matcher.actions.interest_reading import SeenInterest, get_interest, kept_interest
from matcher.actions.interest_routing import followup_of, pursued
from matcher.actions.interests import require_own_need, require_seen
from matcher.actions.platform import Platform
from matcher.actions.reading import required
from matcher.actions.serving import Serving
from matcher.domain.enums import Language, Noun, Visibility
from matcher.domain.followup import ENDED
from matcher.domain.interest import Interest, InterestState, step
from matcher.domain.manager import Manager
from matcher.domain.need import Need
from matcher.domain.pursuit import is_carried
from matcher.domain.visibility import Viewer
from matcher.errors import IllegalTransition, NotAllowed
from matcher.store import interests, records

UNSEEN = "need_unseen"
"""Why a need is refused that the interest's manager may not know of."""


def name_need(
    platform: Platform,
    viewer: Viewer,
    id: str,
    need: str,
    *,
    version: int | None = None,
    language: Language = Language.ZH,
) -> SeenInterest:
    """Say which of one's own needs an interest is for, once it was taken up without one.

    Its manager gets a follow-up of the pair, and the interest to answer once more, now that they
    see what is needed. version: the one that the caller has seen. Raises NotFound, NotAllowed for
    whose neither is and for a pair that the manager can't take up, EditConflict where somebody
    else pursues it, and IllegalTransition for any other interest.
    """
    serving = platform.live.look_now()
    with platform.database.writing() as session:
        kept = kept_interest(session, viewer, id)
        before = kept.interest
        by = _require_asker(viewer, before)
        require_seen(kept, version)
        _require_lacking(session, before)
        named: Need = required(session, viewer, Noun.NEED, need).record
        _require_sound(session, serving, viewer, before, named)
        at = before.not_before(platform.now())
        after = step(replace(before, need=named.id), InterestState.ROUTED, by=by, at=at)
        begun = pursued(session, after, platform.today()).followup
        if is_carried(begun):
            after = step(after, InterestState.ACCEPTED, by=by, at=at)
        interests.save(session, after, kept.version)
        tell_interest(session, by, NEED_NAMED, after, at, manager=after.manager)
    return get_interest(platform, viewer, id, language)


def _require_asker(viewer: Viewer, interest: Interest) -> str:
    """The account, where the interest is its own."""
    if viewer.account is None or viewer.account.id != interest.account:
        hint = "Ask them to name one."
        raise NotAllowed("The need is named by whoever expressed the interest.", hint=hint)
    return viewer.account.id


def _require_lacking(session: Session, interest: Interest) -> None:
    if interest.state is not InterestState.ACCEPTED or interest.need:
        message = "A need is named for what was taken up without one."
        raise IllegalTransition(message, hint="Load the interest again.", legal=())
    if interests.open_of(session, interest.account, interest.outcome) is not None:
        hint = "Wait until that one is answered, or take it back."
        message = "You have another interest in this outcome, which waits for an answer."
        raise IllegalTransition(message, hint=hint, legal=())


def _require_sound(
    session: Session, serving: Serving, viewer: Viewer, interest: Interest, need: Need
) -> None:
    asked = Asked.of(session, interest)
    stored = records.get(session, Noun.MANAGER, interest.manager)
    if asked is None or stored is None or not stored.live:
        hint = "Express an interest in another outcome."
        raise NotAllowed("The outcome or its manager isn't there any more.", hint=hint)
    require_own_need(viewer, need, asked.asker, serving.organisations.identities)
    _require_seen_by(session, stored.record, need)
    require_free(session, serving, Pairing(need, asked.outcome, stored.record))
    own = followup_of(session, replace(interest, need=need.id))
    if own is not None and own.followup.state in ENDED:
        message = "Its manager has followed up this pair already."
        raise NotAllowed(message, field="need", hint="Choose another need.")


def _require_seen_by(session: Session, manager: Manager, need: Need) -> None:
    if not sight_of(session, manager).sees(need):
        hint = f"Set its visibility to {Visibility.PUBLIC}, then name it again."
        message = "The interest's manager may not know of this need."
        raise NotAllowed(message, field="need", hint=hint, reason=UNSEEN)
