"""Records written to files and read back: nothing is lost, the same bytes for the same records."""

import datetime as dt
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.domain.contract import Contract, Instalment, Payment
from matcher.domain.enums import (
    DeclineReason,
    FollowUpState,
    Grade,
    Language,
    Listing,
    Noun,
    OrganisationKind,
    OrganisationSize,
    Secrecy,
    Stage,
    TransferMode,
    Visibility,
)
from matcher.domain.followup import FollowUp, Note, Transition
from matcher.domain.interaction import Interaction
from matcher.domain.manager import Deal, Manager
from matcher.domain.need import Challenge, Need
from matcher.domain.organisation import Organisation
from matcher.domain.outcome import Outcome
from matcher.domain.record import Record
from matcher.errors import UnwritableOutput, UsageError
from matcher.files.credit_code import check_character
from matcher.files.export import check_export, write_records
from matcher.files.record_rows import read_rows
from matcher.files.row_report import RowCode
from matcher.files.sheet_columns import INTERACTION
from matcher.files.vocabulary import Vocabulary
from matcher.text.repair import repair_for_reading

WORDS = """石墨烯 防腐 轉移 涂层 =SUM(A1) +1 -40~85℃ @home '=x '' a, b；c 、 [1] sensor low-cost
    “quoted" 100% TRL6 https://example.org 5 NaN null true ﬁ ㎡ É Я 日本の 😀
    ① ½ — ; | / #""".split()
PIECES = st.lists(st.sampled_from(WORDS), max_size=4)


def clean(text: str) -> str:
    return repair_for_reading(text).text


TEXT = st.builds(lambda parts, joiner: clean(joiner.join(parts)), PIECES, st.sampled_from(" \n"))
LINE = PIECES.map(" ".join).map(clean)
LIST = st.lists(LINE.filter(bool), max_size=3, unique=True).map(tuple)
NAME = st.text("abcXYZ019-_.", min_size=1, max_size=8)
NAMES = st.lists(NAME, max_size=2, unique=True).map(tuple)
DAY = st.none() | st.dates(dt.date(1990, 1, 1), dt.date(2100, 1, 1))
MOMENT = st.datetimes(dt.datetime(1990, 1, 1), dt.datetime(2100, 1, 1), timezones=st.just(dt.UTC))
SECOND = MOMENT.map(lambda moment: moment.replace(microsecond=0))
AMOUNT = st.none() | st.integers(0, 10**15)
CURRENCY = st.sampled_from(["CNY", "USD", "SEK", "INR"])
FLAG = st.booleans()
MODES = st.lists(st.sampled_from(TransferMode)).map(TransferMode.in_order)


def one_of(kind: Any) -> st.SearchStrategy[Any]:
    return st.none() | st.sampled_from(kind)


@st.composite
def bounds(draw: st.DrawFn) -> tuple[int | None, int | None]:
    low, high = draw(AMOUNT), draw(AMOUNT)
    return (high, low) if None not in (low, high) and low > high else (low, high)  # type: ignore[operator]


@st.composite
def outcomes(draw: st.DrawFn) -> Outcome:
    low, high = draw(bounds())
    return Outcome(
        id=draw(NAME),
        external_id=draw(NAME | st.just("")),
        title=draw(TEXT.filter(bool)),
        title_en=draw(TEXT),
        summary=draw(TEXT),
        keywords=draw(LIST),
        holder=draw(LINE),
        inventors=draw(LIST),
        field=draw(st.sampled_from(["", "0803", "0102", "9901"])),
        ipc=draw(st.sampled_from([(), ("B61L 27/53", "A01"), ("G06F 17/00",)])),
        trl=draw(st.none() | st.integers(1, 9)),
        stage=draw(one_of(Stage)),
        transfer_modes=draw(MODES),
        price_min=low,
        price_max=high,
        currency=draw(CURRENCY),
        pay_after_use=draw(FLAG),
        pay_after_use_terms=draw(TEXT),
        region=draw(st.sampled_from(["", "330100", "110000", "999999"])),
        secrecy=draw(st.sampled_from([Secrecy.OPEN, Secrecy.INTERNAL])),
        visibility=draw(st.sampled_from(Visibility)),
        visible_to=draw(NAMES),
        owner=draw(NAME | st.just("")),
        node=draw(NAME | st.just("")),
        valid_until=draw(DAY),
        listing=draw(st.sampled_from(Listing)),
        updated_at=draw(DAY),
        source=draw(TEXT),
    )


@st.composite
def needs(draw: st.DrawFn) -> Need:
    low, high = draw(bounds())
    call = st.builds(Challenge, award=AMOUNT, deadline=DAY)
    return Need(
        id=draw(NAME),
        external_id=draw(NAME | st.just("")),
        title=draw(TEXT.filter(bool)),
        problem=draw(TEXT),
        indicators=draw(TEXT),
        indicators_en=draw(TEXT),
        keywords_en=draw(LIST),
        field=draw(st.sampled_from(["", "0601", "量子"])),
        organisation=draw(LINE),
        budget_min=low,
        budget_max=high,
        currency=draw(CURRENCY),
        coop_modes=draw(MODES),
        min_trl=draw(st.none() | st.integers(1, 9)),
        challenge=draw(st.none() | call),
        scenario=draw(FLAG),
        visibility=draw(st.sampled_from(Visibility)),
        visible_to=draw(NAMES),
        valid_until=draw(DAY),
        reg_no=draw(LINE),
    )


@st.composite
def managers(draw: st.DrawFn) -> Manager:
    deal = st.builds(
        Deal, title=LINE, text=TEXT, need=NAME, mode=one_of(TransferMode), value=AMOUNT, date=DAY
    )
    return Manager(
        id=draw(NAME),
        external_id=draw(NAME | st.just("")),
        name=draw(LINE.filter(bool)),
        agency=draw(LINE),
        grade=draw(one_of(Grade)),
        statement=draw(TEXT),
        statement_en=draw(TEXT),
        fields=draw(st.sampled_from([(), ("0803", "0101")])),
        industries=draw(st.sampled_from([(), ("C37", "G53"), ("A",)])),
        regions=draw(st.sampled_from([(), ("330000", "331000"), ("420000",)])),
        languages=draw(st.sampled_from([(), ("zh", "en", "de")])),
        capacity=draw(st.none() | st.integers(0, 50)),
        conflicts=draw(LIST),
        same_person=draw(NAMES),
        deals=draw(st.lists(deal, max_size=2).map(tuple)),
        active=draw(FLAG),
        updated_at=draw(DAY),
    )


@st.composite
def organisations(draw: st.DrawFn) -> Organisation:
    body = "91990000MA00QWER" + draw(st.sampled_from("0123456789ABCDEFGH"))
    return Organisation(
        id=draw(NAME),
        name=draw(LINE.filter(bool)),
        aliases=draw(LIST),
        credit_code=draw(st.sampled_from(["", body + check_character(body)])),
        kind=draw(one_of(OrganisationKind)),
        region=draw(st.sampled_from(["", "440300"])),
        country=draw(st.sampled_from(["", "DE"])),
        industry=draw(st.sampled_from(["", "C39"])),
        size=draw(one_of(OrganisationSize)),
        certifications=draw(LIST),
        node=draw(NAME | st.just("")),
        updated_at=draw(DAY),
    )


@st.composite
def contracts(draw: st.DrawFn) -> Contract:
    value = draw(st.integers(1000, 10**12))
    payment = st.builds(
        Payment,
        upfront=st.none() | st.integers(0, 500),
        instalments=st.lists(
            st.builds(Instalment, amount=st.integers(0, 100), due_on=DAY), max_size=2
        ).map(tuple),
        pay_after_use=FLAG,
        royalty_percent=st.none() | st.floats(0, 100),
    )
    return Contract(
        mode=draw(one_of(TransferMode)),
        contract_reg_no=draw(NAME),
        signed_on=draw(DAY),
        value=value,
        technical_value=draw(st.none() | st.integers(0, 1000)),
        currency=draw(CURRENCY),
        payment=draw(st.none() | payment),
        commission=draw(st.none() | st.integers(0, 1000)),
    )


@st.composite
def followups(draw: st.DrawFn) -> FollowUp:
    first, second = sorted((draw(MOMENT), draw(MOMENT)))
    names = {name: draw(NAME) for name in ("id", "need", "outcome", "manager")}
    told = Transition(
        from_state=FollowUpState.SUGGESTED,
        to_state=FollowUpState.CONTRACT_SIGNED,
        by="a1",
        at=first,
        why=draw(TEXT),
    )
    lost = Transition(
        from_state=FollowUpState.CONTRACT_SIGNED,
        to_state=FollowUpState.DECLINED,
        by="a2",
        at=second,
        reason=DeclineReason.PRICE,
    )
    history = draw(st.sampled_from([(), (told,), (told, lost)]))
    note = st.builds(Note, by=NAME, at=MOMENT, text=TEXT.filter(bool))
    return FollowUp(
        **names,
        state=history[-1].to_state if history else FollowUpState.SUGGESTED,
        history=history,
        notes=draw(st.lists(note, max_size=2).map(tuple)),
        next_action=draw(TEXT),
        due_on=draw(DAY),
        introduced_at=draw(st.none() | MOMENT),
        contract=draw(st.none() | contracts()),
        node=draw(NAME | st.just("")),
    )


@st.composite
def interactions(draw: st.DrawFn) -> Interaction:
    return Interaction(
        id=draw(NAME),
        need=draw(NAME),
        outcome=draw(NAME),
        manager=draw(NAME | st.just("")),
        weight=draw(st.floats(0, 1e6)),
        at=draw(st.none() | SECOND),
        external_id=draw(NAME | st.just("")),
        source=draw(TEXT),
    )


RECORDS = {
    Noun.OUTCOME: outcomes(),
    Noun.NEED: needs(),
    Noun.MANAGER: managers(),
    Noun.ORGANISATION: organisations(),
    Noun.FOLLOW_UP: followups(),
    INTERACTION: interactions(),
}
ALL = pytest.mark.parametrize("noun", RECORDS)
PLATFORM = {"node": "", "owner": "", "visible_to": (), "same_person": ()}


def back(
    noun: str, suffix: str, records: list[Record], vocabulary: Vocabulary, language: Language
) -> list[Record | None]:
    """The records after a way through a file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"records{suffix}"
        assert write_records(path, noun, iter(records), language) == len(records)
        rows = list(read_rows(path, noun, vocabulary))
    told = {problem.code for row in rows for problem in row.problems}
    assert told <= {RowCode.UNKNOWN_CODE}, rows
    return [row.record for row in rows]


def as_table(record: Record) -> Record:
    """What a table can hold of a record."""
    held = {name: value for name, value in PLATFORM.items() if hasattr(record, name)}
    return type(record).from_mapping(record.to_mapping() | held)


@ALL
@settings(max_examples=20)
@given(st.data())
def test_json_lines_come_back_equal(noun: str, vocabulary: Vocabulary, data: st.DataObject) -> None:
    record = data.draw(RECORDS[noun])
    assert back(noun, ".jsonl", [record], vocabulary, Language.ZH) == [record]


@pytest.mark.parametrize(
    "noun", [Noun.OUTCOME, Noun.NEED, Noun.MANAGER, Noun.ORGANISATION, INTERACTION]
)
@settings(max_examples=20)
@given(st.data())
def test_a_csv_comes_back_equal_but_for_what_the_platform_alone_knows(
    noun: str, vocabulary: Vocabulary, data: st.DataObject
) -> None:
    record = data.draw(RECORDS[noun])
    assert back(noun, ".csv", [record], vocabulary, Language.ZH) == [as_table(record)]


@ALL
@settings(max_examples=15)
@given(st.data())
def test_a_sheet_comes_back_equal_but_for_deals_and_steps(
    noun: str, vocabulary: Vocabulary, data: st.DataObject
) -> None:
    record = data.draw(RECORDS[noun].map(as_table).map(for_a_sheet))
    language = data.draw(st.sampled_from(Language))
    assert back(noun, ".xlsx", [record], vocabulary, language) == [record]


def for_a_sheet(record: Record) -> Record:
    """A record without what a sheet tells in words, and with the 15 digits Excel has."""
    given = record.to_mapping()
    for name in ("deals", "notes", "history", "contract"):
        given.pop(name, None)
    if "history" in record.to_mapping():
        given["state"] = FollowUpState.SUGGESTED
    if "weight" in given:
        given["weight"] = float(f"{given['weight']:.12g}")
    return type(record).from_mapping(given)


def test_a_follow_up_in_a_table_keeps_its_last_step_and_its_contract(
    vocabulary: Vocabulary,
) -> None:
    at = dt.datetime(2026, 3, 1, 9, 30, tzinfo=dt.UTC)
    signed = Contract(
        mode=TransferMode.LICENSE,
        contract_reg_no="2026-1",
        signed_on=dt.date(2026, 3, 1),
        value=600_000,
        technical_value=500_000,
        currency="EUR",
        payment=Payment(upfront=100_000, royalty_percent=2.5),
        commission=30_000,
    )
    step = Transition(
        from_state=FollowUpState.SUGGESTED, to_state=FollowUpState.PAID, by="import", at=at
    )
    record = FollowUp(
        id="f1",
        need="n1",
        outcome="o1",
        manager="m1",
        state=FollowUpState.PAID,
        history=(step,),
        introduced_at=at,
        contract=signed,
    )
    for suffix in (".csv", ".xlsx"):
        found = back(Noun.FOLLOW_UP, suffix, [record], vocabulary, Language.ZH)
        assert found == [record], suffix


@pytest.mark.parametrize("suffix", [".jsonl", ".csv", ".xlsx"])
def test_the_same_records_give_the_same_bytes(tmp_path: Path, suffix: str) -> None:
    record = Need(id="n1", title="=1+1", budget_max=3, valid_until=dt.date(2027, 1, 1))
    paths = [tmp_path / f"{name}{suffix}" for name in "ab"]
    for path in paths:
        assert write_records(path, Noun.NEED, [record, record]) == 2
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_a_failed_export_leaves_what_stood_there(tmp_path: Path) -> None:
    path = tmp_path / "needs.csv"
    path.write_text("before")

    def broken() -> Any:
        yield Need(id="n1")
        raise UnwritableOutput("gone.")

    with pytest.raises(UnwritableOutput):
        write_records(path, Noun.NEED, broken())
    assert path.read_text() == "before"
    assert [entry.name for entry in tmp_path.iterdir()] == ["needs.csv"]


def test_other_suffixes_and_nouns_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="aren't written as"):
        write_records(tmp_path / "a.pdf", Noun.NEED, [])
    with pytest.raises(UsageError, match="aren't exported"):
        check_export(tmp_path / "a.csv", Noun.ACCOUNT)
    with pytest.raises(UnwritableOutput):
        check_export(tmp_path / "missing" / "a.csv", Noun.NEED)
