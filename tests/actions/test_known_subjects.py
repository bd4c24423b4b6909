"""Of what events are about, a viewer gets to know what they may know of."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from sqlalchemy.orm import Session

from matcher.actions.known_subjects import known_subjects
from matcher.actions.platform import Platform
from matcher.actions.tokens import new_token
from matcher.domain.enums import Noun, Role, Visibility
from matcher.domain.event import Subject
from matcher.domain.followup import FollowUp
from matcher.domain.interest import Interest
from matcher.domain.job import Job, JobKind
from matcher.domain.plan import Plan, Quota
from matcher.domain.visibility import SYSTEM, Viewer
from matcher.store import followups, imports, interests, jobs, plans
from matcher.store.imports import ImportRun
from tests.actions.pursuits import sign_up
from tests.platforms import NOW, outcome, put

HERE, THERE = "n2", "n3"


def fill(session: Session, node: str) -> None:
    """Something of everything, at a node."""
    one = {"need": "w1", "outcome": "o1"}
    followups.add(session, FollowUp(id=f"f-{node}", manager="m9", node=node, **one))
    interests.add(
        session, Interest(id=f"x-{node}", outcome="o1", account="a9", made_at=NOW, node=node)
    )
    quota = Quota(least=0, most=1)
    plans.add(session, Plan(id=f"p-{node}", node=node, made_at=NOW, by="a9", quota=quota))
    run = ImportRun(
        id=f"i-{node}",
        noun=Noun.NEED,
        file="n.csv",
        sha256="0",
        actor="a9",
        started_at=NOW,
        mapping={"node": node},
    )
    imports.start(session, run)
    job = Job(id=f"j-{node}", kind=JobKind.EXPORT, account="a9", node=node, made_at=NOW, run_at=NOW)
    jobs.add(session, job)


@pytest.fixture
def token(platform: Platform) -> dict[str, str]:
    """The id of a token at each of two nodes."""
    found: dict[str, str] = {}
    for node in (HERE, THERE):
        sign_up(platform, f"a-{node}", Role.ENTERPRISE, node=node)
        held, _ = new_token(platform, SYSTEM, f"a-{node}", "tests", None, 30)
        found[node] = held.token.id
        hidden = outcome(
            f"o-{node}", "A", node=node, visibility=Visibility.NAMED, owner=f"a-{node}"
        )
        put(platform, Noun.OUTCOME, hidden)
        with platform.database.writing() as session:
            fill(session, node)
    return found


def of(node: str, token: str) -> list[Subject]:
    ids = {
        Noun.FOLLOW_UP: f"f-{node}",
        Noun.INTEREST: f"x-{node}",
        Noun.PLAN: f"p-{node}",
        Noun.IMPORT: f"i-{node}",
        Noun.JOB: f"j-{node}",
        Noun.ACCOUNT: f"a-{node}",
        Noun.TOKEN: token,
    }
    return [Subject(noun=noun, id=id_) for noun, id_ in ids.items()]


def known(platform: Platform, viewer: Viewer, subjects: Iterable[Subject]) -> set[Subject]:
    with platform.database.reading() as session:
        return set(known_subjects(session, viewer, subjects))


def test_an_admin_knows_what_is_of_their_nodes_alone(
    platform: Platform, token: dict[str, str]
) -> None:
    admin = sign_up(platform, "admin", Role.ADMIN, node=HERE)
    everything = [*of(HERE, token[HERE]), *of(THERE, token[THERE])]
    assert known(platform, admin, everything) == set(of(HERE, token[HERE]))
    assert known(platform, SYSTEM, everything) == set(everything)


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_records_go_by_who_may_see_them(platform: Platform, token: dict[str, str]) -> None:
    viewer = sign_up(platform, "admin", Role.ADMIN, node=HERE)
    records = [Subject(noun=Noun.OUTCOME, id=id_) for id_ in ("o1", f"o-{HERE}", "none")]
    assert known(platform, viewer, records) == {records[0]}
    assert token


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_nodes_and_models_are_no_secret_and_every_noun_is_known(platform: Platform) -> None:
    viewer = sign_up(platform, "admin", Role.ADMIN, node=HERE)
    every = [Subject(noun=noun, id="none") for noun in Noun]
    found = {one.noun for one in known(platform, viewer, every)}
    assert found == {Noun.NODE, Noun.MODEL}
