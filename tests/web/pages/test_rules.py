"""The rules on a page, and why something isn't proposed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from matcher.bootstrap import open_platform
from matcher.domain.enums import Language, Noun, Role
from matcher.settings import Settings
from matcher.store import events
from tests.actions.test_withheld import COATING, WANTED
from tests.platforms import manager, need, outcome, put
from tests.web.people import signed_in


@pytest.fixture
def admin(stranger: FlaskClient, person: Callable[..., str]) -> FlaskClient:
    return signed_in(stranger, person("chief", Role.ADMIN, node="n1", language=Language.EN))


def test_the_rules_are_told_and_what_keeps_something_away(
    admin: FlaskClient, standard_settings: Settings
) -> None:
    with open_platform(standard_settings) as platform:
        put(platform, Noun.NEED, need("w1", *WANTED, min_trl=7))
        put(platform, Noun.OUTCOME, outcome("o1", *COATING, trl=3))
    assert "Conflict of interest" in admin.get("/rules").text
    text = admin.get("/rules?need=http://here/needs/w1&other=/outcomes/o1").text
    assert '<p class="notice warn"><strong>Too early</strong>' in text
    assert "Too early 1" in text
    shown = admin.get("/rules?need=w1&other=m1").text
    assert "It stands at place 1." in shown


def test_what_isnt_there_is_told_beside_its_field(admin: FlaskClient) -> None:
    assert "There is no such need" in admin.get("/rules?need=w99").text
    text = admin.get("/rules?need=w1&other=x").text
    assert "no such outcome or manager" in text
    assert 'value="x"' in text


def test_to_name_a_manager_tells_nothing_that_is_guarded(
    admin: FlaskClient, standard_settings: Settings
) -> None:
    with open_platform(standard_settings) as platform:
        put(platform, Noun.NEED, need("w1", *WANTED, min_trl=7))
        put(platform, Noun.MANAGER, manager("m9", "Coatings", conflicts=("x",)))
    assert admin.get("/rules?need=w1&other=/managers/edit/m9").status_code == 200
    with open_platform(standard_settings) as platform, platform.database.reading() as session:
        assert events.read(session, verbs=("read_guarded",)) == []
