"""One small fitted matcher for the rooms of the recommender; a fit reads the dictionary."""

import pytest

from matcher.domain.item import Item
from matcher.recommend.matcher import Matcher

OUTCOMES = (
    Item("o1", "石墨烯耐磨涂层", "导轨表面的石墨烯耐磨涂层,摩擦系数低。"),
    Item("o2", "Rice breeding", "Disease resistant rice varieties for saline soil."),
    Item("o3", "Lithium battery recycling", "Recovers lithium and cobalt from battery cells."),
    Item("o4", "锂电池回收", "废旧锂电池电芯的钴锂回收工艺。"),
    Item("o5", "Ultrasonic flaw detection", "Ultrasonic inspection finds cracks in welds."),
)
NEEDS = (
    Item("n1", "Graphene coating wanted", "Wear resistant graphene coating for guideways."),
    Item("n2", "废旧电池", "我们要回收锂电池里的钴。"),
    Item("n3", "Weld inspection", "Find cracks in welds with ultrasonic inspection."),
)


@pytest.fixture(scope="session")
def matcher() -> Matcher:
    return Matcher.fit(OUTCOMES, NEEDS)


@pytest.fixture(scope="session")
def outcomes() -> tuple[Item, ...]:
    return OUTCOMES


@pytest.fixture(scope="session")
def needs() -> tuple[Item, ...]:
    return NEEDS
