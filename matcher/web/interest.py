"""Expressions of interest as pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for

from matcher.actions.contact import Contact
from matcher.actions.editing_rights import may_enter
from matcher.actions.interest_carriers import PURSUES, ROOM, SUITABILITY
from matcher.actions.interest_reading import SeenInterest
from matcher.domain.enums import Language, Noun, Role
from matcher.domain.interest import Interest, InterestState
from matcher.domain.visibility import Viewer
from matcher.recommend.reasons import Reason, sentence
from matcher.web.result import address_of
from matcher.web.say import Say

TITLE = 80
"""Characters of an interest that become the title of a need."""


@dataclass(frozen=True, slots=True)
class InterestShown:
    """An interest for a reader.

    own: whether the reader expressed it; mine: whether they are the manager who has it; in_charge:
    whether they are an admin of its node. asker: whose organisation's it is, "" where the reader
    may not know. outcome and need: titles, with addresses; "" where the reader may not know of it.
    why: why its manager has it, in words. followup: the address of the pair's follow-up, "" where
    the reader has none. person: the account of who asked, for who has taken it up. describe: where
    the asker writes down what they need, "" where that isn't theirs to do now.
    """

    id: str
    version: int
    state: InterestState
    own: bool
    mine: bool
    in_charge: bool
    asker: str
    outcome: str
    outcome_address: str
    need: str
    need_id: str
    need_address: str
    text: str
    contact: str
    manager: str
    why: tuple[str, ...]
    made: str
    followup: str
    person: Contact | None = None
    describe: str = ""

    @property
    def lacks_need(self) -> bool:
        """Whether it was taken up, and there is no need that a follow-up could be of."""
        return self.state is InterestState.ACCEPTED and not self.need_id

    @property
    def waits(self) -> bool:
        """Whether its manager has to answer."""
        return self.state is InterestState.ROUTED


def interest_shown(
    found: SeenInterest,
    viewer: Viewer,
    say: Say,
    asker: str = "",
    person: Contact | None = None,
) -> InterestShown:
    """One interest. asker: the name of the organisation whose it is; person: who asked."""
    interest, account = found.kept.interest, viewer.account
    own = account is not None and account.id == interest.account
    return InterestShown(
        id=interest.id,
        version=found.kept.version,
        state=interest.state,
        own=own,
        mine=bool(interest.manager) and _is_manager(viewer, interest.manager),
        in_charge=found.in_charge,
        asker=asker,
        outcome=found.outcome_title,
        outcome_address=address_of(Noun.OUTCOME, interest.outcome) if found.outcome_title else "",
        need=found.need_title,
        need_id=interest.need,
        need_address=address_of(Noun.NEED, interest.need) if found.need_title else "",
        text=interest.text,
        contact=interest.contact,
        manager=found.manager_name,
        why=tuple(dict.fromkeys(_told(found.reasons, say))),
        made=say.day_of(interest.made_at),
        followup=_followup(found.followup),
        person=person,
        describe=_describe(interest) if own and may_enter(viewer, Noun.NEED) else "",
    )


def need_values(found: SeenInterest) -> dict[str, str]:
    """What the form of a new need may begin with: the words of the interest."""
    text = found.kept.interest.text
    first = next(iter(text.splitlines()), "")
    return {"title": first[:TITLE] or found.outcome_title, "problem": text}


def _is_manager(viewer: Viewer, id: str) -> bool:
    account = viewer.account
    return account is not None and account.manager == id and Role.MANAGER in account.roles


def _describe(interest: Interest) -> str:
    if interest.state is not InterestState.ACCEPTED or interest.need:
        return ""
    return url_for("page.needs.begin", interest=interest.id)


def _followup(id: str) -> str:
    return url_for("page.pipeline.followup.show", id=id) if id else ""


def _told(reasons: Iterable[Mapping[str, Any]], say: Say) -> Iterable[str]:
    for reason in reasons:
        code = reason["code"]
        if code == PURSUES:
            yield say("已在跟进这一对接", "is seeing to this pair already")
        elif code == ROOM:
            yield _room(reason, say)
        elif code != SUITABILITY:
            yield _about(reason, say) + _sentence(reason, say.language)


def _about(reason: Mapping[str, Any], say: Say) -> str:
    """Which side it speaks of."""
    if reason.get("for") == Noun.OUTCOME.value:
        return say("与成果", "With the outcome: ")
    return say("与需求", "With the need: ") if reason.get("for") else ""


def _room(reason: Mapping[str, Any], say: Say) -> str:
    load, capacity = reason["load"], reason["capacity"]
    if capacity is None:
        return say("在手 {n} 项", "carries {n}", n=load)
    return say("在手 {n} / {most} 项", "carries {n} of {most}", n=load, most=capacity)


def _sentence(reason: Mapping[str, Any], language: Language) -> str:
    values = {name: value for name, value in reason.items() if name not in ("code", "for")}
    return sentence(Reason(reason["code"], values), language)
