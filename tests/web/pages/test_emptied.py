"""Every page without anything to show: on a platform as `matcher init` leaves it, and on one whose
records are gone."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from matcher.actions.accounts import add_account
from matcher.actions.init import initialise, make_home
from matcher.actions.platform import Platform
from matcher.bootstrap import open_platform
from matcher.domain.account import Account
from matcher.domain.enums import Language, Role
from matcher.domain.visibility import SYSTEM
from matcher.setting_values import NO_LIMIT
from matcher.settings import Settings
from matcher.web.app import _PAGES, create_app
from matcher.web.page import pages_of
from tests.platforms import remove, standard_records
from tests.web.people import PASSWORD, signed_in

WITHOUT_A_MODEL, WITHOUT_RECORDS = "without a model", "without records"
_FILES = (".ics", ".xlsx")


def addresses() -> list[str]:
    """All pages that need nothing but their address."""
    app = Flask("addresses")
    app.register_blueprint(pages_of(_PAGES))
    rules = [one for one in app.url_map.iter_rules() if "GET" in (one.methods or ())]
    return sorted(one.rule for one in rules if not one.arguments and one.endpoint != "static")


def _initialised(folder: Path) -> tuple[Settings, str]:
    """As `matcher init` leaves it; its settings, and its node."""
    settings = Settings(home=folder)
    make_home(folder)
    with open_platform(settings, checked=False) as platform:
        return settings, initialise(platform).node.id


def _emptied(folder: Path, standard_home: Path) -> tuple[Settings, str]:
    """With a model, of records that were taken out since."""
    shutil.copytree(standard_home, folder)
    settings = Settings(home=folder)
    with open_platform(settings) as platform:
        for noun, found in standard_records().items():
            remove(platform, noun, [one.id for one in found])
    return settings, "n1"


def _add_people(platform: Platform, node: str) -> None:
    for role in Role:
        account = Account(
            id="new", login=role.value, roles=(role,), node=node, language=Language.EN
        )
        add_account(platform, SYSTEM, account, PASSWORD)


@pytest.fixture(scope="module", params=[WITHOUT_A_MODEL, WITHOUT_RECORDS])
def readers(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, standard_home: Path
) -> Mapping[Role, FlaskClient]:
    """One browser for each role."""
    folder = tmp_path_factory.mktemp("emptied") / "home"
    bare = request.param == WITHOUT_A_MODEL
    settings, node = _initialised(folder) if bare else _emptied(folder, standard_home)
    with open_platform(settings) as platform:
        _add_people(platform, node)
    app = create_app(settings.model_copy(update={"rate_limit": NO_LIMIT}))
    return {role: signed_in(app.test_client(), role.value) for role in Role}


@pytest.mark.parametrize("address", addresses())
def test_a_page_without_anything_to_show_says_what_to_do(
    readers: Mapping[Role, FlaskClient], address: str
) -> None:
    answers = {role: client.get(address) for role, client in readers.items()}
    assert {one.status_code for one in answers.values()} <= {200, 204, 302, 303, 404}, address
    shown = [one for one in answers.values() if one.status_code == 200]
    assert any(one.status_code < 400 for one in answers.values())
    for one in shown:
        if not address.endswith(_FILES):
            main = one.text.partition("<main")[2].partition("</main>")[0]
            assert re.search(r"<(a|button|input) ", main), one.text
