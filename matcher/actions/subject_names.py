"""The names of what events are about, for a reader who may know of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from sqlalchemy.orm import Session

from matcher.actions.answer import HEAD, title_of
from matcher.actions.authority import is_admin
from matcher.actions.platform import Platform
from matcher.domain.enums import Language, Noun
from matcher.domain.event import Subject
from matcher.domain.visibility import Viewer
from matcher.store import accounts, followups, imports, interests, jobs, nodes, plans, records
from matcher.store.tables import RECORD_NOUNS


class SubjectName(NamedTuple):
    """there: whether its page opens for the reader; what was deleted has a name still."""

    name: str
    there: bool = True


Named = Iterator[tuple[str, SubjectName]]
"""Ids with their names."""
Look = Callable[[Session, Viewer, list[str], Language], Named]


def subject_names(
    platform: Platform, viewer: Viewer, subjects: Iterable[Subject], language: Language
) -> Mapping[Subject, SubjectName]:
    """By subject its name, of those that the viewer may know of and that have one.

    A pair is named by both of its records; a model, a token by nothing but its id.
    """
    ids: dict[Noun, set[str]] = defaultdict(set)
    for one in subjects:
        ids[one.noun].add(one.id)
    with platform.database.reading() as session:
        return {
            Subject(noun=noun, id=id_): found
            for noun, wanted in ids.items()
            for id_, found in _of(noun)(session, viewer, sorted(wanted), language)
            if found.name
        }


def _of(noun: Noun) -> Look:
    if noun in RECORD_NOUNS:
        return lambda *asked: _records(noun, *asked)
    return _OTHERS.get(noun, _nothing)


def _records(
    noun: Noun, session: Session, viewer: Viewer, ids: list[str], language: Language
) -> Named:
    for id_, stored in records.heads(session, noun, ids, HEAD).items():
        if viewer.sees(stored.record):
            # The page of what was merged leads to what it became.
            there = stored.live or bool(stored.merged_into)
            # A manager has no page but the form.
            opens = noun is not Noun.MANAGER or is_admin(viewer, stored.record.node)
            yield id_, SubjectName(title_of(stored.record, language) or id_, there and opens)


def _followups(session: Session, viewer: Viewer, ids: list[str], language: Language) -> Named:
    found = followups.get_many(session, ids)
    seen = [one.followup for one in found.values() if viewer.sees(one.followup)]
    needs, outcomes = (
        dict(_records(noun, session, viewer, [getattr(one, noun.value) for one in seen], language))
        for noun in (Noun.NEED, Noun.OUTCOME)
    )
    for one in seen:
        both = (needs.get(one.need), outcomes.get(one.outcome))
        yield one.id, SubjectName(" → ".join(each.name for each in both if each and each.name))


def _interests(session: Session, viewer: Viewer, ids: list[str], language: Language) -> Named:
    for id_ in ids:
        kept = interests.get(session, id_)
        if kept is not None and viewer.sees(kept.interest):
            outcome = kept.interest.outcome
            named = dict(_records(Noun.OUTCOME, session, viewer, [outcome], language))
            yield id_, named.get(outcome, SubjectName(""))


def _accounts(session: Session, viewer: Viewer, ids: list[str], _: Language) -> Named:
    for id_ in ids:
        account = accounts.get(session, id_)
        if account is not None and viewer.sees(account):
            yield id_, SubjectName(account.name or account.login)


def _nodes(session: Session, _: Viewer, ids: list[str], language: Language) -> Named:
    for id_ in ids:
        node = nodes.get(session, id_)
        if node is not None:
            yield id_, SubjectName(title_of(node, language))


def _plans(session: Session, viewer: Viewer, ids: list[str], _: Language) -> Named:
    for id_ in ids:
        kept = plans.get(session, id_)
        if kept is not None:
            day = kept.plan.made_at.date().isoformat()
            yield id_, SubjectName(day, is_admin(viewer, kept.plan.node))


def _imports(session: Session, _: Viewer, ids: list[str], __: Language) -> Named:
    for id_ in ids:
        run = imports.get(session, id_)
        if run is not None:
            yield id_, SubjectName(run.file)


def _jobs(session: Session, _: Viewer, ids: list[str], language: Language) -> Named:
    for id_ in ids:
        kept = jobs.get(session, id_)
        if kept is not None:
            yield id_, SubjectName(kept.job.kind.label(language))


def _nothing(_: Session, __: Viewer, ___: list[str], ____: Language) -> Named:
    return iter(())


_OTHERS: Mapping[Noun, Look] = {
    Noun.FOLLOW_UP: _followups,
    Noun.INTEREST: _interests,
    Noun.ACCOUNT: _accounts,
    Noun.NODE: _nodes,
    Noun.PLAN: _plans,
    Noun.IMPORT: _imports,
    Noun.JOB: _jobs,
}
"""Plans, imports and jobs are named to whoever was told of an event about them."""
