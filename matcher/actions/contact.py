"""Whom to ring: the account behind each record of a pair that was accepted, and behind an interest.

No record names a person. Who put it on the platform has an account, and that has a name and a mail
address; where nobody did, as in an import, somebody of the record's organisation may have one. Both
are told to who has taken the pair up; that a mail address was told is written down.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from matcher.actions.answer import title_of
from matcher.actions.cards import party_of
from matcher.actions.followup_reading import kept_for
from matcher.actions.interest_reading import SeenInterest
from matcher.actions.live import organisations_of
from matcher.actions.platform import Platform
from matcher.actions.sensitive_reads import CONTACT, tell_read
from matcher.domain.account import Account
from matcher.domain.enums import FollowUpState, Language, Noun, Role
from matcher.domain.event import Subject
from matcher.domain.followup import CHAIN, FollowUp
from matcher.domain.identity import Identities
from matcher.domain.interest import Interest, InterestState
from matcher.domain.visibility import Viewer
from matcher.errors import BrokenBundle, EncoderUnavailable, NoModel
from matcher.store import accounts, nodes, records

_OF_PARTY = frozenset({Role.ENTERPRISE, Role.HOLDER})
_PAIR = (Noun.NEED, Noun.OUTCOME)


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody to ring. name: of the account, else its login; "" where none is known.

    email: "" for none. own: whether it is the viewer. for_party: whether they are of an enterprise
    or a holder, not somebody who wrote a record down for one. node: the name of the one whose
    admins may know more.
    """

    name: str = ""
    email: str = ""
    own: bool = False
    for_party: bool = False
    node: str = ""


def contacts(
    platform: Platform, viewer: Viewer, followup: str, language: Language = Language.ZH
) -> Mapping[Noun, Contact]:
    """Whom to ring about the records of a follow-up, for its manager and the admins of its node.

    None before it is accepted or after it was left, nor for a record that the viewer may not know
    of now. Raises NotFound where the follow-up may not be known of.
    """
    with platform.database.reading() as session:
        one = kept_for(session, viewer, followup).followup
        if not _is_taken_up(one):
            return {}
        found = {noun: _listed(session, viewer, noun, getattr(one, noun)) for noun in _PAIR}
        told = {
            noun: _contact(
                session, viewer, _owner(platform, session, record), record.node, language
            )
            for noun, record in found.items()
            if record is not None
        }
    if any(_is_told(contact) for contact in told.values()):
        tell_read(platform, viewer, CONTACT, [Subject(noun=Noun.FOLLOW_UP, id=one.id)])
    return told


def askers(
    platform: Platform,
    viewer: Viewer,
    found: Collection[SeenInterest],
    language: Language = Language.ZH,
) -> Mapping[str, Contact]:
    """Who expressed those of the interests that were taken up, by the interest's id, for the
    manager who did and for admins of its node."""
    wanted = [one.kept.interest for one in found if _may_ring(viewer, one)]
    with platform.database.reading() as session:
        told = {
            one.id: _contact(
                session, viewer, accounts.get(session, one.account), one.node, language
            )
            for one in wanted
        }
    new = (Subject(noun=Noun.INTEREST, id=id_) for id_, one in told.items() if _is_told(one))
    tell_read(platform, viewer, CONTACT, new)
    return told


def _is_taken_up(one: FollowUp) -> bool:
    """Whether its manager has accepted it, and hasn't left it by an exit; a rest is none."""
    state = one.left if one.state is FollowUpState.ON_HOLD else one.state
    return state in CHAIN[1:]


def _may_ring(viewer: Viewer, found: SeenInterest) -> bool:
    one = found.kept.interest
    return one.state is InterestState.ACCEPTED and (found.in_charge or _carries(viewer, one))


def _carries(viewer: Viewer, one: Interest) -> bool:
    account = viewer.account
    if account is None or not account.active or Role.MANAGER not in account.roles:
        return False
    return bool(one.manager) and account.manager == one.manager


def _listed(session: Session, viewer: Viewer, noun: Noun, id: str) -> Any:
    stored = records.get(session, noun, id)
    return stored.record if stored and stored.live and viewer.sees(stored.record) else None


def _owner(platform: Platform, session: Session, record: Any) -> Account | None:
    """The account that owns a record; of one without an owner the first active one of its
    organisation, which may go by many names."""
    if record.owner:
        return accounts.get(session, record.owner)
    names = _names(platform, session, party_of(record))
    theirs = (one for name in names for one in accounts.of_organisation(session, name))
    return next((one for one in theirs if one.active and _is_of_party(one)), None)


def _names(platform: Platform, session: Session, party: str) -> list[str]:
    """By which names accounts have an organisation, that of the record first."""
    if not party:
        return []
    identities = _identities(platform, session)
    root = identities.root(party)
    found = (one for one in accounts.organisations(session) if identities.root(one) == root)
    return sorted(found, key=lambda one: (one != party, one))


def _identities(platform: Platform, session: Session) -> Identities:
    try:
        return platform.live.serving().organisations.identities
    except (NoModel, BrokenBundle, EncoderUnavailable):
        # Whom to ring doesn't hang on a model, which only has who is who at hand.
        return organisations_of(session, ()).identities


def _contact(
    session: Session, viewer: Viewer, one: Account | None, node: str, language: Language
) -> Contact:
    there = nodes.get(session, node) if node else None
    named = (title_of(there, language) or node) if there else node
    if one is None or not one.active:
        return Contact(node=named)
    return Contact(
        name=one.name or one.login,
        email=one.email,
        own=_is_viewer(viewer, one),
        for_party=_is_of_party(one),
        node=named,
    )


def _is_of_party(account: Account) -> bool:
    return not _OF_PARTY.isdisjoint(account.roles)


def _is_viewer(viewer: Viewer, account: Account) -> bool:
    return viewer.account is not None and viewer.account.id == account.id


def _is_told(contact: Contact) -> bool:
    """Whether it says how to reach somebody else."""
    return bool(contact.email) and not contact.own
