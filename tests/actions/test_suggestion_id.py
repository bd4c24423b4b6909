"""The id of a suggestion leads back to the pair and the manager, and to nothing else."""

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.actions.suggestion_id import PREFIX, read_suggestion_id, suggestion_id
from matcher.errors import NotFound

ids = st.text(min_size=1, max_size=20)


def coded(told: object) -> str:
    return PREFIX + base64.urlsafe_b64encode(json.dumps(told).encode()).decode().rstrip("=")


@given(ids, ids, ids)
def test_it_leads_back(manager: str, need: str, outcome: str) -> None:
    id_ = suggestion_id(manager, need, outcome)
    assert read_suggestion_id(id_) == (manager, need, outcome)
    assert id_.isascii()
    assert "/" not in id_


@given(st.text(max_size=60))
def test_what_it_does_not_make_is_not_there(text: str) -> None:
    with pytest.raises(NotFound):
        read_suggestion_id(text)


@pytest.mark.parametrize(
    "id_",
    [
        suggestion_id("m", "w", "o").removeprefix(PREFIX),
        suggestion_id("m", "w", "o") + "=",
        coded(["m", "w"]),
        coded(["m", "w", "o", "x"]),
        coded(["m", "w", 1]),
        coded({"m": 1}),
        coded(["m", "w", "o"]),  # With spaces: another text for the same three.
        PREFIX + "[" * 9,
    ],
)
def test_another_form_of_it_is_not_there(id_: str) -> None:
    with pytest.raises(NotFound, match="no suggestion"):
        read_suggestion_id(id_)
