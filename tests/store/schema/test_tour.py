"""The table of tours: each of an account that is there."""

import pytest

from matcher.errors import MatcherError


def test_it_belongs_to_an_account(add):
    with pytest.raises(MatcherError):
        add("tour", account="nobody", step=0, over=False)
