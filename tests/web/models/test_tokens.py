"""What is said of a new token, and that its secret is told once."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from matcher.web.models.tokens import TokenBody, TokenMade, TokenShown


def test_a_name_is_enough() -> None:
    body = TokenBody.model_validate_json('{"name": "laptop"}')
    assert (body.login, body.role, body.days) == ("", None, None)


@pytest.mark.parametrize(
    "said", ["{}", '{"name": ""}', '{"name": "x", "days": 0}', '{"name": "x", "days": 3651}']
)
def test_what_makes_no_token(said: str) -> None:
    with pytest.raises(ValidationError):
        TokenBody.model_validate_json(said)


def test_only_a_new_token_has_a_secret() -> None:
    assert set(TokenMade.model_fields) - set(TokenShown.model_fields) == {"secret"}
