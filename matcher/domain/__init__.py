"""The nouns of technology transfer: records, closed sets, the follow-up's states. Stdlib only."""

from matcher.domain.account import Account
from matcher.domain.conflicts import (
    Conflict,
    accounts_of_persons,
    avoided,
    conflict_of_pair,
    conflicts_of_manager,
    own_accounts,
)
from matcher.domain.contract import Contract, Instalment, Payment
from matcher.domain.dates import PartialDate, parse_date, parse_partial_date
from matcher.domain.edits import FieldChange, changes
from matcher.domain.enums import (
    Currency,
    DeclineReason,
    FollowUpState,
    Grade,
    Language,
    Listing,
    NodeKind,
    Noun,
    OrganisationKind,
    OrganisationSize,
    Role,
    Secrecy,
    Stage,
    TransferMode,
    Visibility,
)
from matcher.domain.event import Event, Subject
from matcher.domain.followup import FollowUp, Note, Transition, legal_transitions, transition
from matcher.domain.identity import Identities, name_key
from matcher.domain.interaction import Interaction
from matcher.domain.labels import Labelled
from matcher.domain.manager import Deal, Manager
from matcher.domain.money import Money, MoneyRange, covers, format_money, parse_money, reaches
from matcher.domain.need import Challenge, Need
from matcher.domain.node import Node, ancestors
from matcher.domain.organisation import Organisation
from matcher.domain.outcome import Outcome
from matcher.domain.record import Record, language_of
from matcher.domain.visibility import (
    ANONYMOUS,
    SYSTEM,
    Viewer,
    audience,
    require_storable,
    viewer_of,
    visible,
)

__all__ = [
    "ANONYMOUS",
    "SYSTEM",
    "Account",
    "Challenge",
    "Conflict",
    "Contract",
    "Currency",
    "Deal",
    "DeclineReason",
    "Event",
    "FieldChange",
    "FollowUp",
    "FollowUpState",
    "Grade",
    "Identities",
    "Instalment",
    "Interaction",
    "Labelled",
    "Language",
    "Listing",
    "Manager",
    "Money",
    "MoneyRange",
    "Need",
    "Node",
    "NodeKind",
    "Note",
    "Noun",
    "Organisation",
    "OrganisationKind",
    "OrganisationSize",
    "Outcome",
    "PartialDate",
    "Payment",
    "Record",
    "Role",
    "Secrecy",
    "Stage",
    "Subject",
    "TransferMode",
    "Transition",
    "Viewer",
    "Visibility",
    "accounts_of_persons",
    "ancestors",
    "audience",
    "avoided",
    "changes",
    "conflict_of_pair",
    "conflicts_of_manager",
    "covers",
    "format_money",
    "language_of",
    "legal_transitions",
    "name_key",
    "own_accounts",
    "parse_date",
    "parse_money",
    "parse_partial_date",
    "reaches",
    "require_storable",
    "transition",
    "viewer_of",
    "visible",
]
