"""Every rule has words."""

from matcher.recommend.rules import Rule
from matcher.web.rule_words import RULES


def test_every_rule_has_a_name_and_says_what_it_removes_in_both_languages() -> None:
    assert set(RULES) == set(Rule)
    for name, what in RULES.values():
        assert all((*name, *what))
        assert name[0] != name[1]
