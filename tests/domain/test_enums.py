"""Every closed set: codes that stay as released, labels in both languages, no double meaning."""

import re
from collections import Counter

import pytest

from matcher.domain import enums
from matcher.domain.labels import Labelled, _normal

SETS = [
    value
    for value in vars(enums).values()
    if isinstance(value, type) and issubclass(value, Labelled) and value is not Labelled
]

CODES = {
    "Language": "zh en",
    "Currency": "CNY USD EUR GBP JPY HKD KRW CHF SEK SGD AUD CAD TWD",
    "Noun": (
        "outcome need manager organisation followup node account model interest import plan token"
        " job"
    ),
    "Stage": "lab pilot mature",
    "TransferMode": "development transfer license consulting service equity incubation",
    "Listing": "none listed auction",
    "Secrecy": "open internal secret highly_secret top_secret",
    "Visibility": "public members brokers named",
    "OrganisationKind": (
        "university institute enterprise hospital incubator pilot_base agency investor government"
    ),
    "OrganisationSize": "large medium small micro",
    "NodeKind": "core regional professional",
    "Role": "manager enterprise holder admin",
    "Grade": "junior intermediate senior",
    "FollowUpState": (
        "suggested accepted contacted mutual_interest nda_signed technical_exchange negotiating"
        " contract_signed registered paid commission_settled closed"
        " declined on_hold expired duplicate withdrawn"
    ),
    "DeclineReason": (
        "too_early benefit_unclear commercial_route_unclear description_unclear"
        " scientific_objection price ip_problem region not_strategic no_capacity"
        " conflict_of_interest already_in_contact stale_listing other"
    ),
}


def test_the_codes_are_those_that_files_and_databases_hold():
    assert {one.__name__: " ".join(one) for one in SETS} == CODES


@pytest.mark.parametrize("one", SETS)
def test_every_member_is_named_in_both_languages(one):
    assert all(member.zh and member.en for member in one)
    if one is not enums.Currency:
        assert not any(re.search("[A-Za-z]", member.zh) for member in one)


@pytest.mark.parametrize("one", SETS)
def test_no_spelling_means_two_members(one):
    owners = Counter(
        spelling
        for member in one
        for spelling in {_normal(text) for text in (member, member.zh, member.en, *member.variants)}
    )
    assert [spelling for spelling, count in owners.items() if count > 1] == []


@pytest.mark.parametrize("one", SETS)
def test_every_spelling_is_parsed_to_its_member(one):
    for member in one:
        for spelling in (member.value, member.zh, member.en, *member.variants):
            assert one.parse(spelling) is member
