"""Finding duplicates on a platform: what is proposed, to whom, and only once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from matcher.actions.duplicates import find_duplicates, imported, propose_merges
from matcher.actions.platform import OPERATOR, Platform
from matcher.domain.account import Account
from matcher.domain.enums import Noun, Role
from matcher.domain.organisation import Organisation
from matcher.domain.visibility import SYSTEM, viewer_of
from matcher.errors import NotFound, UsageError
from matcher.store import imports, merges, nodes
from matcher.store.imports import ImportRow, ImportRun, RowAction
from matcher.store.merges import MergeState
from tests.platforms import NOW, OUTCOMES, manager, outcome, put, small_platform
from tests.recommend.some_duplicates import PUMP_COPY, PUMP_LARGER, PUMP_ZH

COATING = OUTCOMES[0]


def pairs(platform: Platform, noun: Noun = Noun.OUTCOME) -> list[tuple[str, str]]:
    found, _ = find_duplicates(platform, SYSTEM, noun)
    return [(one.kept, one.dropped) for one in found]


def listing(item: object, **more: object) -> object:
    return outcome(item.id, item.title, item.text, **more)  # type: ignore[attr-defined]


def test_among_different_records_nothing_is_proposed(platform: Platform) -> None:
    assert pairs(platform) == pairs(platform, Noun.NEED) == pairs(platform, Noun.MANAGER) == []


def test_a_copy_is_proposed_with_its_reasons(platform: Platform) -> None:
    put(platform, Noun.OUTCOME, listing(PUMP_ZH, trl=6), listing(PUMP_COPY, trl=6))  # type: ignore[arg-type]
    found, compared = find_duplicates(platform, SYSTEM, Noun.OUTCOME)
    assert compared
    assert [(one.kept, one.dropped) for one in found] == [("pump-copy", "pump-zh")]
    why = found[0].why
    assert why["keys"] == []
    assert why["alike"] == ["readiness"]
    assert not why["texts"]["translated"]
    assert min(why["texts"]["covered"]) > 0.85
    assert why["texts"]["figures"]["shared"] == ["45", "8600", "12000"]
    assert why["texts"]["terms"]


def test_other_figures_or_another_holder_make_another_record(platform: Platform) -> None:
    holders = [Organisation(id="u1", name="江南大学"), Organisation(id="u2", name="海东大学")]
    put(platform, Noun.ORGANISATION, *holders)
    put(platform, Noun.OUTCOME, listing(PUMP_ZH, holder="u1"), listing(PUMP_LARGER, holder="u1"))  # type: ignore[arg-type]
    assert pairs(platform) == []
    put(platform, Noun.OUTCOME, listing(PUMP_COPY, holder="海东大学"))  # type: ignore[arg-type]
    assert pairs(platform) == []


def test_a_pair_is_proposed_once_whatever_became_of_it(platform: Platform) -> None:
    put(platform, Noun.OUTCOME, outcome("o6", reg_no="2025-0001"), outcome("o7", reg_no="20250001"))
    first = propose_merges(platform, SYSTEM, Noun.OUTCOME)
    assert [(one.kept, one.dropped) for one in first.made] == [("o6", "o7")]
    with platform.database.writing() as session:
        merges.decide(session, first.made[0].id, MergeState.REJECTED, by=OPERATOR, at=NOW)
    again = propose_merges(platform, SYSTEM, Noun.OUTCOME)
    assert (again.made, again.known) == ((), 1)


def test_only_what_has_to_do_with_the_ids_is_proposed(platform: Platform) -> None:
    copies = [replace(outcome(*COATING), id=id_) for id_ in ("o6", "o7")]
    put(platform, Noun.OUTCOME, *copies)
    made = propose_merges(platform, SYSTEM, Noun.OUTCOME, ["o7"]).made
    assert {"o7"} <= {end for one in made for end in (one.kept, one.dropped)}
    assert all("o7" in (one.kept, one.dropped) for one in made)
    assert propose_merges(platform, SYSTEM, Noun.OUTCOME, []).made == ()


def test_an_admin_is_proposed_what_is_theirs_alone(platform: Platform) -> None:
    east = [outcome(id_, reg_no="20250001", node="n2") for id_ in ("o6", "o7")]
    put(platform, Noun.OUTCOME, *east, outcome("o8", reg_no="20250001", node="n3"))
    with platform.database.reading() as session:
        parents = nodes.parents(session)
    account = Account(id="a1", login="a", roles=(Role.ADMIN,), node="n2")
    found, _ = find_duplicates(platform, viewer_of(account, parents), Noun.OUTCOME)
    assert [(one.kept, one.dropped) for one in found] == [("o6", "o7")]
    reader = replace(account, roles=(Role.MANAGER,))
    assert find_duplicates(platform, viewer_of(reader, parents), Noun.OUTCOME)[0] == []


def test_managers_of_one_trade_are_two_people(platform: Platform) -> None:
    twins = [manager(id_, "涂层、新材料方向,懂石墨烯。", name=id_) for id_ in ("某丙", "某丁")]
    put(platform, Noun.MANAGER, *twins)
    assert pairs(platform, Noun.MANAGER) == []
    put(platform, Noun.MANAGER, replace(twins[1], name="某丙"))
    assert ("某丁", "某丙") in pairs(platform, Noun.MANAGER)


def test_a_department_is_not_its_university(platform: Platform) -> None:
    code = "12330000470095016Q"
    school = Organisation(id="u1", name="江南大学", credit_code=code)
    put(
        platform,
        Noun.ORGANISATION,
        school,
        Organisation(id="u2", name="材料学院", credit_code=code, parent="u1"),
        Organisation(id="u3", name="江南大學"),
    )
    assert pairs(platform, Noun.ORGANISATION) == [("u1", "u3")]


def test_without_a_model_sure_keys_still_count_and_it_is_said(tmp_path: Path) -> None:
    platform = small_platform(tmp_path / "home")
    put(platform, Noun.OUTCOME, outcome("o6", reg_no="20250001"), outcome("o7", reg_no="20250001"))
    found = propose_merges(platform, SYSTEM, Noun.OUTCOME)
    assert len(found.made) == 1
    assert not found.texts_compared
    platform.database.dispose()


def test_what_an_import_wrote_is_told(platform: Platform) -> None:
    run = ImportRun(
        id="i1", noun=Noun.OUTCOME, file="a.csv", sha256="0", actor=OPERATOR, started_at=NOW
    )
    rows = [(RowAction.CREATED, "o1"), (RowAction.UNCHANGED, "o2"), (RowAction.UPDATED, "o3")]
    with platform.database.writing() as session:
        imports.start(session, run)
        kept = (ImportRow(row, id_, action) for row, (action, id_) in enumerate(rows, start=2))
        imports.add_rows(session, "i1", kept)
    assert imported(platform, Noun.OUTCOME, "i1") == {"o1", "o3"}
    with pytest.raises(UsageError, match="outcomes"):
        imported(platform, Noun.NEED, "i1")
    with pytest.raises(NotFound, match="imports"):
        imported(platform, Noun.OUTCOME, "i2")


def test_nodes_are_not_merged(platform: Platform) -> None:
    with pytest.raises(UsageError, match="isn't merged"):
        find_duplicates(platform, SYSTEM, Noun.NODE)
