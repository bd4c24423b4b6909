"""What is said after a run stays short, and right in number."""

from collections import Counter

from matcher.actions.match import Outcome
from matcher.cli import summary as module
from matcher.cli.summary import SHOWN, summary
from matcher.files.notices import Code, Notices
from matcher.recommend.rules import Rule


def test_numbers_agree_with_their_nouns() -> None:
    assert list(summary(Outcome(1, 1), "", 0.04)) == ["1 match for 1 query in 0.0 s."]
    assert list(summary(Outcome(2, 3000), "a.tsv", 1)) == [
        "3,000 matches for 2 queries written to a.tsv in 1.0 s."
    ]


def test_notices_of_a_kind_are_summed_up() -> None:
    notices = Notices("a.csv")
    for row in range(2, 2 + SHOWN + 4):
        notices.add(Code.NO_TEXT, "has no text.", row=row)
    notices.add(Code.UNMAPPED_COLUMNS, "columns that are not read: x.")
    lines = list(summary(Outcome(notices=[notices]), "", 0))
    assert lines[0] == "Note: a.csv, row 2: has no text."
    assert lines[SHOWN] == "Note: a.csv: 4 more like this."
    assert lines[SHOWN + 1] == "Note: a.csv: columns that are not read: x."


def test_every_rule_has_words() -> None:
    removed = Counter(dict.fromkeys(Rule, 2))
    lines = list(summary(Outcome(removed=removed), "", 0))
    assert len(lines) == len(Rule) + 1
    assert "2 pairs left out: priced above the budget (--no-rules keeps them)." in lines


def test_queries_without_a_match_are_named() -> None:
    ids = [f"n{number}" for number in range(SHOWN + 2)]
    line = next(iter(summary(Outcome(unmatched=ids), "", 0)))
    assert line == f"{len(ids)} queries without a match: n0, n1, n2 and 2 more."
    assert module.SHOWN == 3
