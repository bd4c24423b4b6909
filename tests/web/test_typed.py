"""A form that is shown again."""

from __future__ import annotations

from matcher.web.typed import NOTHING_TYPED, Typed, differences


def test_what_was_typed_stands_in_its_own_form_and_what_there_is_in_the_others() -> None:
    typed = Typed(form="next", values={"what": "Mine"}, fault_field="what")
    assert typed.of("next", "what", "Theirs") == "Mine"
    assert typed.of("next", "left out", "Theirs") == ""
    assert typed.of("contract", "what", "Theirs") == "Theirs"
    assert NOTHING_TYPED.of("next", "what", "Theirs") == "Theirs"
    assert typed.faulty("next", "what")
    assert not typed.faulty("contract", "what")
    assert not NOTHING_TYPED.faulty("", "")


def test_only_what_differs_is_compared() -> None:
    labels = {"a": "A", "b": "B", "c": "C"}
    found = differences(labels, {"a": "1", "b": "2"}, {"a": " 1 ", "b": "3", "d": "4"})
    assert [(one.label, one.now, one.typed) for one in found] == [("B", "2", "3")]
