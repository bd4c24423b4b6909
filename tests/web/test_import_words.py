"""Whatever an import can say has words in both languages."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from matcher.actions.import_findings import Group
from matcher.actions.import_report import Action, PlanCode
from matcher.actions.taking_back import Fate
from matcher.domain.enums import Language
from matcher.files.column_guess import Sureness, fields_of
from matcher.files.row_makers import MAKERS
from matcher.files.row_report import RowCode
from matcher.store.imports import ImportState, RowAction
from matcher.web import import_words
from matcher.web.import_words import field_name, kind_name, problem_words
from matcher.web.say import Say

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
ZH, EN = Say(Language.ZH, NOW), Say(Language.EN, NOW)


@pytest.mark.parametrize(
    ("table", "members"),
    [
        (import_words.KINDS, MAKERS),
        (import_words.ABOUT_KINDS, MAKERS),
        (import_words.GROUPS, Group),
        (import_words.ABOUT_GROUPS, Group),
        (import_words.ACTIONS, Action),
        (import_words.ROW_ACTIONS, RowAction),
        (import_words.STATES, ImportState),
        (import_words.FATES, Fate),
        (import_words.SURENESS, Sureness),
        (import_words.CODES, (*RowCode, *PlanCode)),
    ],
)
def test_every_member_has_words(table: dict[str, object], members: object) -> None:
    assert set(table) == set(members)  # type: ignore[call-overload]


@pytest.mark.parametrize("noun", list(MAKERS))
def test_every_field_that_can_be_chosen_has_a_name(noun: str) -> None:
    for field in fields_of(noun):
        assert field_name(noun, field, ZH) != field
        assert field_name(noun, field, EN)


def test_what_there_is_no_word_for_stays() -> None:
    assert kind_name("thing", EN) == "thing"
    assert field_name("need", "colour", EN) == "colour"


def test_a_problem_says_what_it_is_and_what_to_do() -> None:
    assert problem_words("no_text", EN) == ("No title and no text", "Give it a title or a text.")
    assert problem_words("no_text", ZH) == ("没有名称也没有正文", "填上名称或正文。")
