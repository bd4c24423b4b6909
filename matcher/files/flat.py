"""A record as one row of a table: a plain value a column, in the order of `sheet_columns`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

from matcher.domain.contract import Contract, Payment
from matcher.domain.followup import FollowUp
from matcher.domain.need import Need
from matcher.domain.record import Record
from matcher.files.sheet_columns import COLUMNS

FlatValue: TypeAlias = Any
"""A text, number, truth value, date, time, member of an enum, a tuple of those or of deals."""

_STEP = ("at", "reason", "why", "until", "of")
_PAYMENT = ("upfront", "pay_after_use", "royalty_percent")
_CONTRACT = (
    *("mode", "contract_reg_no", "signed_on", "value", "technical_value"),
    *("currency", "commission"),
)


def flatten(record: Record, noun: str) -> tuple[FlatValue, ...]:
    """The record's values by column; None where it says nothing.

    Of a follow-up's history the last step stands here, and its notes and instalments don't: only
    JSON Lines hold all.
    """
    values = dict(_special(record))
    return tuple(
        values[column] if column in values else getattr(record, column)
        for column in map(str, COLUMNS[noun])
    )


def _special(record: Record) -> Iterator[tuple[str, FlatValue]]:
    """Columns that aren't fields of the record itself."""
    if isinstance(record, Need):
        call = record.challenge
        yield "challenge", call is not None
        yield "challenge_award", call.award if call else None
        yield "challenge_deadline", call.deadline if call else None
    if isinstance(record, FollowUp):
        step = record.history[-1] if record.history else None
        yield from ((name, getattr(step, name, None)) for name in _STEP)
        contract = record.contract
        yield from _contract(contract, contract.payment if contract else None)


def _contract(
    contract: Contract | None, payment: Payment | None
) -> Iterator[tuple[str, FlatValue]]:
    yield from ((name, getattr(contract, name, None)) for name in _CONTRACT)
    yield from ((name, getattr(payment, name, None)) for name in _PAYMENT)
