"""Follow-ups: lists of them, one with all that was done, and what may be done next."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from pydantic import Field

from matcher.domain.contract import Contract, Instalment, Payment
from matcher.domain.enums import DeclineReason, FollowUpState, Language, TransferMode
from matcher.web.models.base import Body, Listed, Params, Shown
from matcher.web.models.worklist import LONGEST_ID, Version, Why

MOST_INSTALMENTS = 100
Sum = Annotated[int | None, Field(ge=0, le=10**15, description="Whole units of the currency.")]


class LangParams(Params):
    """In which language titles are."""

    lang: Language = Language.ZH


class FollowUpsParams(LangParams):
    """Whose, in which states, and which page. With a manager, what is due first; else by id."""

    manager: Annotated[str, Field(max_length=LONGEST_ID)] = ""
    state: Annotated[tuple[FollowUpState, ...], Listed] = ()
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    cursor: Annotated[
        str, Field(max_length=4000, description="`next_cursor` of the page before.")
    ] = ""


class InstalmentModel(Body):
    """A part payment, and the day it falls due."""

    amount: Annotated[int, Field(ge=0, le=10**15)]
    due_on: dt.date | None = None


class PaymentModel(Body):
    """How a contract is paid; the ways may be combined."""

    upfront: Sum = None
    instalments: Annotated[tuple[InstalmentModel, ...], Field(max_length=MOST_INSTALMENTS)] = ()
    pay_after_use: bool = False
    royalty_percent: Annotated[float | None, Field(ge=0, le=100)] = None

    def made(self) -> Payment:
        """The same as the actions take it."""
        parts = (Instalment(amount=one.amount, due_on=one.due_on) for one in self.instalments)
        return Payment(
            upfront=self.upfront,
            instalments=tuple(parts),
            pay_after_use=self.pay_after_use,
            royalty_percent=self.royalty_percent,
        )


class ContractModel(Body):
    """The contract sheet; facts come in over weeks, so that all of them may be absent."""

    mode: TransferMode | None = None
    contract_reg_no: Annotated[str, Field(max_length=LONGEST_ID)] = ""
    signed_on: dt.date | None = None
    value: Sum = None
    technical_value: Sum = None
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$")] = "CNY"
    payment: PaymentModel | None = None
    commission: Sum = None

    def made(self) -> Contract:
        """The same as the actions take it. Raises InvalidValue."""
        told = {name: getattr(self, name) for name in type(self).model_fields}
        told["payment"] = self.payment.made() if self.payment else None
        return Contract(**told)


class ContractBody(ContractModel):
    """A contract sheet that takes the place of the one there is."""

    version: Version = None

    def made(self) -> Contract:
        """The same without the version."""
        names = ContractModel.model_fields
        return ContractModel(**{name: getattr(self, name) for name in names}).made()


class TransitionBody(Body):
    """The next state.

    reason goes with `declined`, until with `on_hold`, of (the follow-up that goes on) with
    `duplicate`. contract takes the place of the sheet there is.
    """

    to: FollowUpState
    why: Why = ""
    reason: DeclineReason | None = None
    until: dt.date | None = None
    of: Annotated[str, Field(max_length=LONGEST_ID)] = ""
    contract: ContractModel | None = None
    version: Version = None


class NoteBody(Body):
    """What happened, what is to be done next, or both. Without `next_action` that stays."""

    text: Annotated[str, Field(max_length=10_000)] = ""
    next_action: Annotated[str | None, Field(max_length=500)] = None
    due_on: dt.date | None = None
    version: Version = None


class FollowUpShown(Shown):
    """Where a pursued pair stands; a title is empty where you may not know of the record now.

    due: when it wants attention, the day of the next action or the end of a hold.
    """

    id: str
    version: int
    state: FollowUpState
    need: str
    need_title: str
    outcome: str
    outcome_title: str
    manager: str
    manager_name: str
    next_action: str
    due_on: dt.date | None
    due: dt.date | None
    introduced_at: dt.datetime | None
    node: str


class StepShown(Shown):
    """A step that was taken."""

    from_state: FollowUpState
    to_state: FollowUpState
    by: str
    at: dt.datetime
    why: str
    reason: DeclineReason | None
    until: dt.date | None
    of: str


class NoteShown(Shown):
    """What somebody wrote down."""

    by: str
    at: dt.datetime
    text: str


class FollowUpWhole(FollowUpShown):
    """The same with its history. legal: the states that it may go to now."""

    history: list[StepShown]
    notes: list[NoteShown]
    contract: dict[str, Any] | None
    legal: list[FollowUpState]


class FollowUpsShown(Shown):
    """A page of follow-ups. next_cursor: the cursor of the page after it, null at the end."""

    items: list[FollowUpShown]
    next_cursor: str | None
