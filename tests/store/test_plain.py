"""Plain values: what a database can't hold is replaced, all else stays as it is."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.enums import Noun
from matcher.store.codec import is_storable
from matcher.store.plain import plain


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("石墨烯 🙂", "石墨烯 🙂"),
        ("a\0b", "a�b"),
        ("a\ud800b", "a�b"),
        (float("nan"), "nan"),
        (float("-inf"), "-inf"),
        (1.5, 1.5),
        (True, True),
        (None, None),
        (Noun.NEED, "need"),
        (("a", ["b\0"]), ["a", ["b�"]]),
        ({"k\0": {"x": (1, 2)}, 3: None}, {"k�": {"x": [1, 2]}, "3": None}),
    ],
)
def test_a_value_is_kept_or_repaired(value, kept):
    assert plain(value) == kept
    assert type(plain(value)) is type(kept)


any_text = st.text(st.characters(exclude_categories=[]))
any_value = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | any_text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(any_text, inner, max_size=3),
    max_leaves=5,
)


@given(any_value)
def test_whatever_comes_can_be_stored_and_is_plain_already(value):
    kept = plain(value)
    written = json.dumps(kept, ensure_ascii=False, allow_nan=False)
    assert is_storable(written)
    assert "\\u0000" not in written
    assert plain(kept) == kept
