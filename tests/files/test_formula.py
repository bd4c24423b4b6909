"""Texts that a spreadsheet would run, and numbers that it may read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.files.formula import as_literal, is_formula


@pytest.mark.parametrize(
    "text", ["=1+1", "+cmd|' /C calc'!A0", "-1-2", "@SUM(A1)", "\t=1", "\r=1", "＝1", "-", "-5a"]
)
def test_formulas_get_an_apostrophe(text: str) -> None:
    assert is_formula(text)
    assert as_literal(text) == "'" + text


@pytest.mark.parametrize(
    "text", ["", "pump", "-5", "+3.25", "-1e-5", "5-3", "'=1", "a=b", "石墨烯"]
)
def test_plain_texts_and_numbers_stay(text: str) -> None:
    assert as_literal(text) == text


@given(st.text())
def test_a_literal_is_never_a_formula(text: str) -> None:
    assert not is_formula(as_literal(text))
