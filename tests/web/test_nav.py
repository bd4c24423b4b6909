"""The pages at the top."""

from flask import Flask

from matcher.domain.enums import Language, Role
from matcher.web.nav import PLACES, nav_for


def test_a_manager_starts_with_today_and_sees_where_they_are() -> None:
    found = nav_for([Role.MANAGER], "page.today.show")
    assert found[0].place.label(Language.EN) == "Today"
    assert [one.current for one in found].count(True) == 1
    assert found[0].current


def test_others_dont_see_it() -> None:
    for role in (Role.ENTERPRISE, Role.HOLDER, Role.ADMIN):
        assert all(one.place.en != "Today" for one in nav_for([role]))


def test_what_admins_seldom_need_stands_behind_one_menu() -> None:
    shown = {one.place.en: one.place.behind for one in nav_for([Role.ADMIN])}
    assert shown["Jobs"]
    assert not shown["Import"]
    assert not any(one.place.behind for one in nav_for([Role.MANAGER, Role.ENTERPRISE]))


def test_who_has_several_roles_finds_each_page_once() -> None:
    found = [one.endpoint for one in nav_for(tuple(Role))]
    assert len(found) == len(set(found)) == len(PLACES)


def test_every_place_is_a_page_with_a_name_in_both_languages_and_a_key_of_its_own(
    app: Flask,
) -> None:
    keys = [one.key for one in PLACES if one.key]
    assert len(keys) == len(set(keys))
    for one in PLACES:
        assert f"page.{one.endpoint}" in app.view_functions
        assert one.zh != one.en
