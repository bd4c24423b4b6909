"""What an admin looks at fits the models that are described, to the last field."""

from __future__ import annotations

from datetime import UTC, datetime

from matcher import __version__
from matcher.actions.import_runs import Shown
from matcher.actions.merging import Merged, Seen
from matcher.actions.nodes import Placed
from matcher.actions.tokens import Held
from matcher.domain.account import Account
from matcher.domain.enums import Language, NodeKind, Noun, Role
from matcher.domain.job import Job, JobKind, claimed, failed
from matcher.domain.node import Node
from matcher.domain.outcome import Outcome
from matcher.domain.visibility import SYSTEM, viewer_of
from matcher.store.imports import ImportRow, ImportRun, RowAction
from matcher.store.merges import Merge
from matcher.store.stored import Stored
from matcher.store.tokens import Token
from matcher.web.admin_shown import (
    account_shown,
    import_shown,
    job_shown,
    listed,
    me_shown,
    merged_shown,
    placed_shown,
    token_shown,
    whole_import_shown,
)
from matcher.web.models.accounts import AccountShown, AccountsShown
from matcher.web.models.duplicates import MergedShown
from matcher.web.models.imports import ImportListed, ImportWhole
from matcher.web.models.jobs import JobShown
from matcher.web.models.me import MeShown
from matcher.web.models.nodes import PlacedNode
from matcher.web.models.tokens import TokenShown

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
ACCOUNT = Account(id="a1", login="lin", roles=(Role.MANAGER, Role.ADMIN), node="n1")
RUN = ImportRun(
    id="I1",
    noun=Noun.FOLLOW_UP,
    file="deals.xlsx",
    sha256="0" * 64,
    actor="a1",
    started_at=NOON,
    mapping={
        "kind": "interaction",
        "node": "n1",
        "mapping": "/srv/files/ours.toml",
        "columns": {"need": ["需求"]},
    },
    counts={"created": 1},
)


def test_an_account_is_told_whole_and_in_which_role_it_acts() -> None:
    acting = viewer_of(Account(id="a1", login="lin", roles=(Role.ADMIN,)), {})
    shown = MeShown.model_validate(me_shown(ACCOUNT, acting))
    assert (shown.roles, shown.acting_as) == ([Role.MANAGER, Role.ADMIN], [Role.ADMIN])
    assert shown.product_version == __version__
    assert me_shown(ACCOUNT, SYSTEM)["acting_as"] == ()
    page = AccountsShown.model_validate(listed([ACCOUNT], account_shown, "c"))
    assert page.items == [AccountShown.model_validate(account_shown(ACCOUNT))]
    assert page.next_cursor == "c"


def test_a_token_is_told_by_its_login_and_role() -> None:
    token = Token("t1", "a1", "laptop", Role.ADMIN, NOON, None, None, None)
    shown = TokenShown.model_validate(token_shown(Held("lin", token)))
    assert (shown.login, shown.role, shown.expires_at) == ("lin", Role.ADMIN, None)


def test_a_node_is_told_with_its_place() -> None:
    node = Node(id="n2", name="东", kind=NodeKind.REGIONAL, parent="n1")
    shown = PlacedNode.model_validate(placed_shown(Placed(1, node)))
    assert (shown.name, shown.parent, shown.depth) == ("东", "n1", 1)


def test_an_import_tells_what_was_read_and_no_folder() -> None:
    listed_run = ImportListed.model_validate(import_shown(RUN))
    assert (listed_run.noun, listed_run.node, listed_run.by) == ("interaction", "n1", "a1")
    problem = {"code": "unknown_reference", "message": "no", "column": "需求"}
    kept = {"wrote": "kept for undoing"}
    row = ImportRow(3, "", RowAction.REFUSED, (problem, kept), {"need": "x"})
    told = whole_import_shown(Shown(RUN, (row,)), None)
    assert "/srv" not in str(told)
    whole = ImportWhole.model_validate(told)
    assert whole.columns == {"need": ["需求"]}
    [only] = whole.rows[0].problems
    assert (only.code, only.column, only.hint) == ("unknown_reference", "需求", None)
    assert whole.rows[0].original == {"need": "x"}


def test_a_merge_tells_both_records_and_what_clashes() -> None:
    ends = (
        Stored(Outcome(id=id_, title=title, node="n1"), 2, NOON, NOON, "a1", None, "", "")
        for id_, title in (("o1", "涂层"), ("o2", ""))
    )
    merge = Merge(id="M", noun=Noun.OUTCOME, kept="o1", dropped="o2", score=0.9, created_at=NOON)
    shown = MergedShown.model_validate(
        merged_shown(Merged(Seen(merge, *ends), (("F1", "F2"),)), Language.ZH)
    )
    assert (shown.duplicate.kept.title, shown.duplicate.dropped.id) == ("涂层", "o2")
    assert (shown.duplicate.kept.version, shown.clashing) == (2, [["F1", "F2"]])


def test_a_job_tells_what_can_be_done_with_it_and_not_who_works_on_it() -> None:
    job = Job(id="J1", kind=JobKind.EXPORT, account="a1", made_at=NOON, run_at=NOON)
    running = claimed(job, "host-1", NOON)
    over = failed(running, NOON, {"code": "usage", "message": "no"})
    shown = JobShown.model_validate(job_shown(over))
    assert (shown.can_cancel, shown.can_retry, shown.attempts) == (False, True, 1)
    assert shown.error == {"code": "usage", "message": "no"}
    assert "host-1" not in str(job_shown(running))
