"""By which name a manager knows who is interested."""

from __future__ import annotations

from matcher.actions.interest_askers import asker_names
from matcher.actions.interest_reading import list_interests
from matcher.actions.interests import express
from matcher.domain.enums import Language, Noun
from matcher.domain.organisation import Organisation
from tests.actions.interest_cases import People, firm, people
from tests.platforms import put, remove

__all__ = ["people"]


def names(people: People, language: Language = Language.ZH) -> dict[str, str]:
    found = list_interests(people.platform, people.first).rows
    return dict(asker_names(people.platform, people.first, found, language))


def test_it_is_the_name_of_the_organisation_in_the_readers_language(people: People) -> None:
    put(
        people.platform,
        Noun.ORGANISATION,
        Organisation(id="U7", name="东方机床", name_en="Eastern Machine Tools", node="n1"),
    )
    asker = firm(people.platform, "lin", "U7")
    express(people.platform, asker, "o1", text="graphene coating")
    assert names(people) == {"lin": "东方机床"}
    assert names(people, Language.EN) == {"lin": "Eastern Machine Tools"}
    remove(people.platform, Noun.ORGANISATION, ["U7"])
    assert names(people) == {}


def test_an_account_of_no_organisation_has_no_name(people: People) -> None:
    express(people.platform, people.firm, "o1")
    assert names(people) == {}
