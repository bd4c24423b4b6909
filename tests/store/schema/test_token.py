"""The table of tokens: no secret in it, and no two tokens with one digest."""

from datetime import UTC, datetime

import pytest

from matcher.errors import EditConflict
from matcher.store.tokens import Token

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
TOKEN = {
    "id": "T1",
    "account": "A1",
    "name": "export",
    "digest": "d1",
    "scope": "admin",
    "created_at": NOON,
}


@pytest.fixture(autouse=True)
def anna(add):
    add("account", id="A1", login="a", login_key="a", language="zh", created_at=NOON)


def test_all_that_is_kept_beyond_a_token_is_its_digest_and_number(columns, fields_of):
    assert columns("token") - fields_of(Token) == {"digest", "seq"}


@pytest.mark.parametrize("same", ["id", "digest"])
def test_two_tokens_share_neither_id_nor_digest(add, same):
    add("token", **TOKEN)
    other = TOKEN | {"id": "T2", "digest": "d2"}
    with pytest.raises(EditConflict):
        add("token", **other | {same: TOKEN[same]})
    add("token", **other)


def test_a_token_belongs_to_an_account_that_exists(add):
    with pytest.raises(EditConflict):
        add("token", **TOKEN | {"account": "A9"})
