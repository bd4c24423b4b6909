"""Whether the chain of events is whole, asked on a page."""

from __future__ import annotations

import pytest
from sqlalchemy import text, update

import matcher.actions.chain_check as module
from matcher.actions.chain_check import check_chain
from matcher.actions.platform import Platform
from matcher.domain.job import JobKind
from matcher.domain.visibility import SYSTEM
from matcher.errors import NotAllowed
from matcher.store.schema.append_only import no_triggers
from matcher.store.schema.event import EventRow
from tests.actions.job_cases import asked
from tests.actions.test_plans import admin

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)


def test_an_admin_of_the_root_is_told_whether_it_is_whole(
    platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2):
        asked(platform, SYSTEM, JobKind.PROMPTS)
    found = check_chain(platform, admin("n1"))
    assert found.verdict is not None
    assert (found.events, found.verdict.rows, found.verdict.broken) == (2, 2, None)
    with pytest.raises(NotAllowed):
        check_chain(platform, admin("n2"))
    with platform.database.writing() as session:
        for statement in no_triggers("event")["sqlite"]:
            session.execute(text(statement))
        session.execute(update(EventRow).values(actor="somebody"))
    broken = check_chain(platform, SYSTEM).verdict
    assert broken is not None
    assert broken.broken is not None
    monkeypatch.setattr(module, "MOST", 1)
    assert check_chain(platform, SYSTEM).verdict is None
