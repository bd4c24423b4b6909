"""Fields of forms."""

import pytest

from matcher.errors import InvalidValue
from matcher.web.form import version_of


def test_a_form_says_what_it_was_made_of() -> None:
    assert version_of({"version": "12"}) == 12


@pytest.mark.parametrize("text", ["", "-1", "1.5", "x", "9" * 12, "²"])
def test_a_form_that_doesnt_is_refused(text: str) -> None:
    with pytest.raises(InvalidValue) as error:
        version_of({"version": text})
    assert error.value.where["field"] == "version"
