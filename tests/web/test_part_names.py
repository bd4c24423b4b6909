"""The parts of a score by name."""

from datetime import UTC, datetime

from matcher.domain.enums import Language
from matcher.recommend.recipe import FROM_VECTORS, LISTING_FACTS, PERSON_FACTS
from matcher.web.part_names import NAMES, parts_shown
from matcher.web.say import Say

EN = Say(Language.EN, datetime(2026, 11, 22, tzinfo=UTC))


def test_every_feature_of_the_ranking_has_a_name() -> None:
    assert NAMES.keys() == {*FROM_VECTORS, *LISTING_FACTS, *PERSON_FACTS}


def test_parts_come_largest_first_beside_the_largest() -> None:
    found = parts_shown({"concepts": 0.2, "fresh": -0.05, "content": 0.1, "trl": 0.0}, EN)
    assert [(one.name, one.value, one.width) for one in found] == [
        ("Terms in common", 0.2, 100),
        ("Similar content", 0.1, 50),
        ("Freshness", -0.05, 25),
    ]


def test_no_part_is_nothing_to_show() -> None:
    assert parts_shown({}, EN) == ()
