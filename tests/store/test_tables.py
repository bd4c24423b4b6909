"""Which table belongs to which noun."""

import dataclasses

import pytest

from matcher.domain import Manager, Need, Noun, Organisation, Outcome
from matcher.errors import UsageError
from matcher.store.tables import RECORD_NOUNS, kind_of


@pytest.mark.parametrize(
    ("noun", "cls"),
    [
        (Noun.OUTCOME, Outcome),
        (Noun.NEED, Need),
        (Noun.MANAGER, Manager),
        (Noun.ORGANISATION, Organisation),
    ],
)
def test_each_noun_has_a_table_of_its_name(noun: Noun, cls: type) -> None:
    kind = kind_of(noun)
    assert (kind.noun, kind.cls, kind.table.name) == (noun, cls, noun.value)
    assert kind.title in {field.name for field in dataclasses.fields(cls)}


@pytest.mark.parametrize("noun", RECORD_NOUNS)
def test_what_is_looked_up_is_text_of_the_record(noun: Noun) -> None:
    kind = kind_of(noun)
    assert {"id", "external_id", "node"} <= set(kind.looked_up)
    assert set(kind.looked_up) <= {field.name for field in dataclasses.fields(kind.cls)}


@pytest.mark.parametrize("noun", sorted(set(Noun) - set(RECORD_NOUNS)))
def test_other_nouns_are_refused(noun: Noun) -> None:
    with pytest.raises(UsageError, match="outcome, need, manager, organisation"):
        kind_of(noun)
