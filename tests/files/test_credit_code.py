"""The check character of GB 32100."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.errors import InvalidValue
from matcher.files.credit_code import check_character, parse_credit_code

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def test_a_code_worked_out_by_hand() -> None:
    """One 1 at the first place: weight 1, so 31 - 1 = 30, which is Y; all zeros give 0."""
    assert check_character("1" + 16 * "0") == "Y"
    assert check_character(17 * "0") == "0"
    assert check_character("01" + 15 * "0") == "W"


@given(st.text(ALPHABET, min_size=17, max_size=17), st.integers(0, 16))
def test_any_one_wrong_character_is_noticed(body: str, place: int) -> None:
    code = body + check_character(body)
    assert parse_credit_code(f" {code[:8].lower()} {code[8:]}") == code
    other = ALPHABET[(ALPHABET.index(code[place]) + 1) % 31]
    with pytest.raises(InvalidValue, match="doesn't fit"):
        parse_credit_code(code[:place] + other + code[place + 1 :])


@pytest.mark.parametrize("text", ["", "123", "91FICT020211103X1A", 19 * "1"])
def test_other_texts_are_no_codes(text: str) -> None:
    with pytest.raises(InvalidValue, match="is not a unified"):
        parse_credit_code(text)
