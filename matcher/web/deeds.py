"""What was done as pages list it: a sentence each, by day, with links to what it was about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from flask import url_for

from matcher.actions.audit_reading import Entry
from matcher.actions.platform import OPERATOR
from matcher.actions.signing_in import STRANGER
from matcher.actions.subject_names import SubjectName
from matcher.domain.enums import Noun
from matcher.domain.event import Subject
from matcher.domain.job import SCHEDULE
from matcher.web.deed_words import deed
from matcher.web.say import Say

Pair = tuple[str, str]
Names = Mapping[Subject, SubjectName]
_NOBODYS: Mapping[str, Pair] = {
    OPERATOR: ("系统管理员", "The operator"),
    SCHEDULE: ("定时任务", "The clock"),
    STRANGER: ("未登录的人", "Somebody who isn’t signed in"),
}
_SOMEBODY: Pair = ("其他账户", "Another account")
_SHORT: Mapping[Noun, Pair] = {
    Noun.OUTCOME: ("成果", "outcome"),
    Noun.NEED: ("需求", "need"),
    Noun.MANAGER: ("经理人", "manager"),
    Noun.INTEREST: ("意向", "interest"),
    Noun.PLAN: ("计划", "plan"),
    Noun.IMPORT: ("导入", "import"),
}
"""Names of kinds that are shorter than their own."""
_ADDRESSES: Mapping[Noun, Callable[[str], str]] = {
    Noun.OUTCOME: lambda id: url_for("page.record.outcome", id=id),
    Noun.NEED: lambda id: url_for("page.record.need", id=id),
    Noun.MANAGER: lambda id: url_for("page.managers.edit", id=id),
    Noun.ACCOUNT: lambda id: url_for("page.people.person.show", id=id),
    Noun.FOLLOW_UP: lambda id: url_for("page.pipeline.followup.show", id=id),
    Noun.PLAN: lambda id: url_for("page.plans.pairs.show", id=id),
    Noun.IMPORT: lambda id: url_for("page.imports.run", id=id),
    Noun.NODE: lambda id: url_for("page.nodes.show", _anchor=f"node-{id}"),
    Noun.MODEL: lambda _: url_for("page.models.show"),
    Noun.JOB: lambda _: url_for("page.jobs.show"),
}


@dataclass(frozen=True, slots=True)
class SubjectTold:
    """What a deed was about. name: its id where it has none; address: "" where it has no page."""

    kind: str
    name: str
    address: str
    about: str
    """As a filter takes it."""


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that was done. by: how the filter on persons takes the actor, "" for nobody's."""

    seq: int
    time: str
    who: str
    by: str
    did: str
    about: tuple[SubjectTold, ...]


def deeds_by_day(
    entries: Iterable[Entry], names: Names, say: Say
) -> tuple[tuple[date, tuple[Deed, ...]], ...]:
    """The entries in their order. names: of subjects, and of actors as accounts."""
    days = groupby(entries, key=lambda entry: say.local(entry.event.at).date())
    return tuple((day, tuple(_deed(entry, names, say) for entry in found)) for day, found in days)


def kind_told(noun: Noun, say: Say) -> str:
    """A kind of thing by a short name."""
    return say(*_SHORT[noun]) if noun in _SHORT else say.label(noun)


def address_of(subject: Subject) -> str:
    """Where the thing is looked at, "" where nowhere."""
    lead = _ADDRESSES.get(subject.noun)
    return lead(subject.id) if lead else ""


def _deed(entry: Entry, names: Names, say: Say) -> Deed:
    event = entry.event
    as_account = Subject(noun=Noun.ACCOUNT, id=event.actor)
    named = names.get(as_account, SubjectName(entry.login))
    known = named.name if entry.login else ""
    return Deed(
        seq=entry.seq,
        time=say.clock(event.at),
        who=known or say(*_NOBODYS.get(event.actor, _SOMEBODY)),
        by=entry.login or (event.actor if event.actor in _NOBODYS else ""),
        did=deed(event.verb, say),
        about=tuple(subject_told(one, names, say) for one in _told(entry, names)),
    )


def _told(entry: Entry, names: Names) -> Iterator[Subject]:
    """What is worth naming: not who did it, nor both of a pair beside the pair itself."""
    event = entry.event
    paired = any(one.noun is Noun.FOLLOW_UP and one in names for one in event.subjects)
    own = Subject(noun=Noun.ACCOUNT, id=event.actor)
    for one in event.subjects:
        if one != own and not (paired and one.noun in (Noun.NEED, Noun.OUTCOME)):
            yield one


def subject_told(one: Subject, names: Names, say: Say) -> SubjectTold:
    """What it is called, with a link where its page opens for who reads the names."""
    # What has no name has no page either; a model never has a name.
    nameless = SubjectName(one.id, one.noun is Noun.MODEL)
    found = names.get(one, nameless)
    return SubjectTold(
        kind=kind_told(one.noun, say),
        name=found.name,
        address=address_of(one) if found.there else "",
        about=f"{one.noun.value}:{one.id}",
    )
