"""What one may change about oneself."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from matcher.domain.enums import Language
from matcher.web.models.me import MeBody, OwnPasswordBody


def test_what_is_not_given_stays() -> None:
    body = MeBody.model_validate_json('{"language": "en"}')
    assert (body.name, body.language) == (None, Language.EN)


@pytest.mark.parametrize(
    "said", ['{"roles": ["admin"]}', '{"node": "n2"}', '{"language": "fr"}', '{"name": 5}']
)
def test_roles_and_node_are_not_ones_own_to_change(said: str) -> None:
    with pytest.raises(ValidationError):
        MeBody.model_validate_json(said)


def test_both_passwords_are_needed() -> None:
    with pytest.raises(ValidationError):
        OwnPasswordBody.model_validate_json('{"new": "four other words here"}')
