"""The fields of the forms."""

from __future__ import annotations

from dataclasses import fields

import pytest

from matcher.domain.enums import Noun
from matcher.store.tables import kind_of
from matcher.web.record_fields import GROUPS, MONEY, groups_for, inputs_of


@pytest.mark.parametrize("noun", GROUPS)
def test_each_is_a_field_of_the_record_with_words_and_an_example_in_both_languages(
    noun: Noun,
) -> None:
    there = {field.name for field in fields(kind_of(noun).cls)}
    names = [one.name for one in inputs_of(noun)]
    assert len(names) == len(set(names))
    assert len(GROUPS[noun]) == 5
    for one in inputs_of(noun):
        assert set(MONEY.get(one.name, (one.name,))) <= there
        assert one.label[0] != one.label[1]
        assert one.example[0].startswith("例")
        assert one.example[1].startswith("e.g. ")


def test_whose_it_is_asks_only_those_who_write_for_others() -> None:
    def names(others: bool) -> set[str]:
        return {one.name for group in groups_for(Noun.NEED, others=others) for one in group.inputs}

    assert names(True) - names(False) == {"organisation"}
