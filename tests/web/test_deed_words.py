"""Words for what was done: whatever the code writes into an event has some."""

from __future__ import annotations

import ast
import importlib
import inspect
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

import pytest

import matcher.actions
from matcher.domain.enums import FollowUpState, Language
from matcher.domain.event import Event
from matcher.domain.job import JobKind
from matcher.web.deed_words import DEEDS, DeedKind, deed, verbs_of
from matcher.web.say import Say

HANDED_ON = {"verb", "event.verb", "effect.verb"}
"""What a function was given as its verb: whoever calls it is looked at."""
STATES = {"to.value", "state.value", "followup.state.value", "after.state.value"}
"""A state that was reached is a verb, each of which has words."""


def modules() -> Iterator[tuple[ModuleType, ast.Module]]:
    for path in sorted(Path(matcher.actions.__path__[0]).glob("*.py")):
        module = importlib.import_module(f"matcher.actions.{path.stem}")
        yield module, ast.parse(path.read_text(encoding="utf-8"))


def places_in(module: ModuleType, name: str) -> list[int]:
    """At which place of a call of this function of a module its verb stands."""
    function = getattr(module, name, None)
    if not inspect.isfunction(function) and function is not Event:
        return []
    names = list(inspect.signature(function).parameters)
    return [names.index("verb")] if "verb" in names else []


def given(call: ast.Call, places: list[int]) -> Iterator[ast.expr]:
    yield from (each.value for each in call.keywords if each.arg == "verb")
    yield from (call.args[place] for place in places if place < len(call.args))


def written() -> Iterator[tuple[ModuleType, ast.expr]]:
    """Every expression that is handed over as a verb."""
    for module, tree in modules():
        for one in ast.walk(tree):
            if isinstance(one, ast.Call) and isinstance(one.func, ast.Name):
                for verb in given(one, places_in(module, one.func.id)):
                    yield module, verb


def values(module: ModuleType, verb: ast.expr) -> list[str] | None:
    """What the expression may say, None where that can't be told from the text."""
    if isinstance(verb, ast.Constant):
        return [verb.value] if isinstance(verb.value, str) else []
    if isinstance(verb, ast.IfExp):
        both = [values(module, one) for one in (verb.body, verb.orelse)]
        return None if None in both else [said for one in both for said in one or ()]
    if isinstance(verb, ast.Name):
        found = getattr(module, verb.id, None)
        return [found] if isinstance(found, str) else None
    if isinstance(verb, ast.Subscript) and isinstance(verb.value, ast.Name):
        table = getattr(module, verb.value.id, None)
        return list(table.values()) if isinstance(table, dict) else None
    if isinstance(verb, ast.JoinedStr):
        return [""]
    return None


def known(said: str) -> bool:
    """Whether it is a verb with words, or what such a verb begins with."""
    return said in DEEDS or any(verb.startswith(f"{said}_") for verb in DEEDS)


def test_every_verb_that_the_code_writes_has_words() -> None:
    unknown, unread = [], set()
    for module, verb in written():
        said = values(module, verb)
        if said is None:
            unread.add(ast.unparse(verb))
        else:
            unknown += [one for one in said if one and not known(one)]
    assert unknown == []
    assert unread <= HANDED_ON | STATES


def test_what_is_put_together_has_words_too() -> None:
    """By hand: the verbs that are written as a text with something in it."""
    told = {ast.unparse(verb) for _, verb in written() if isinstance(verb, ast.JoinedStr)}
    assert told == {
        "f'{VERB}_{shelf.noun}'",
        "f'{VERB}_{Noun.FOLLOW_UP}'",
        "f'{VERB}_{Noun.PLAN}'",
        "f'{verb}_{job.kind.value}'",
        "f'plan_line_{_PAST[edit.kind]}'",
    }
    for verb in (
        *("read_export_need", "read_export_followup", "read_export_plan", "asked_import_undo"),
        *("plan_line_added", "plan_line_moved", "plan_line_removed"),
        *(state.value for state in FollowUpState),
        *(f"{did}_{kind.value}" for did in ("asked", "cancelled", "retried") for kind in JobKind),
    ):
        assert verb in DEEDS


def test_words_are_in_both_languages_and_differ_between_verbs() -> None:
    for place in range(2):
        told = [words[place] for _, words in DEEDS.values()]
        assert all(told)
        assert len(told) == len(set(told))
    assert all(zh != en for _, (zh, en) in DEEDS.values())


@pytest.mark.parametrize(
    ("language", "said"), [(Language.ZH, "发布了模型"), (Language.EN, "published a model")]
)
def test_a_deed_is_told_in_the_readers_language(language: Language, said: str) -> None:
    assert deed("published", Say(language, datetime(2026, 11, 1, tzinfo=UTC))) == said


def test_a_verb_of_a_newer_release_is_told_by_itself() -> None:
    assert deed("rang_up", Say(Language.EN, datetime(2026, 11, 1, tzinfo=UTC))) == "rang up"


def test_every_kind_has_verbs_and_every_verb_one_kind() -> None:
    assert sorted(verb for kind in DeedKind for verb in verbs_of(kind)) == sorted(DEEDS)
    assert "merged" in verbs_of(DeedKind.DUPLICATES)
