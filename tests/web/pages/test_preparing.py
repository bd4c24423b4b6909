"""An import that is prepared, without a browser: columns, report, corrections, the word."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from matcher.domain.enums import Language, Role
from matcher.settings import Settings
from tests.web.pages.test_imports import HTMX, imported, post, send, work
from tests.web.people import csrf_of, signed_in

ROWS = "编号,需求名称,需求描述,乙\nX1,泵,漏水,1\nX2,,,2\nX3,<b>阀</b>,卡住,3\n".encode()


@pytest.fixture
def admin(stranger: FlaskClient, person: Callable[..., str]) -> FlaskClient:
    return signed_in(stranger, person("chief", Role.ADMIN, node="n1", language=Language.EN))


@pytest.fixture
def draft(admin: FlaskClient) -> str:
    """The address of a file that was handed in."""
    return send(admin, ROWS).headers["Location"].removesuffix("/columns")


@pytest.fixture
def tried(admin: FlaskClient, draft: str, standard_settings: Settings) -> str:
    post(admin, f"{draft}/columns", admin.get(f"{draft}/columns"))
    work(standard_settings)
    return draft


def chosen(client: FlaskClient, draft: str, **boxes: str) -> str:
    """What the page of columns says to a choice."""
    form = {"csrf_token": csrf_of(client), "version": "1", **boxes}
    answer = client.post(f"{draft}/columns", data=form)
    assert answer.status_code == 422
    return answer.text


def test_columns_are_shown_with_values_and_a_guess(admin: FlaskClient, draft: str) -> None:
    text = admin.get(f"{draft}/columns").text
    assert re.search(r'<option value="title" selected>Title</option>', text)
    assert "<b>阀" not in text
    assert "not known" in text
    assert "[columns]" in admin.get(f"{draft}/mapping.toml").text
    assert admin.get(draft).headers["Location"] == f"{draft}/columns"


def test_a_choice_that_makes_no_sense_stays_on_the_page(admin: FlaskClient, draft: str) -> None:
    text = chosen(admin, draft, **{"field-3": "title"})
    assert "This won’t do" in text
    assert text.count('<option value="title" selected>') == 2


def test_while_it_is_checked_the_page_says_how_far_it_is(
    admin: FlaskClient, draft: str, standard_settings: Settings
) -> None:
    post(admin, f"{draft}/columns", admin.get(f"{draft}/columns"))
    page = admin.get(f"{draft}/check")
    assert "Check of Needs: 需求.csv" in page.text
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in page.text
    assert admin.get(f"{draft}/check?progress=1", headers=HTMX).text.startswith("<div")
    work(standard_settings)
    told = admin.get(f"{draft}/check?progress=1", headers=HTMX)
    assert told.headers["HX-Redirect"] == f"{draft}/check"


def test_a_number_leads_to_its_rows_and_a_problem_narrows_them(
    admin: FlaskClient, tried: str
) -> None:
    def rows(query: str) -> list[str]:
        return re.findall(r'id="row-(\d+)"', admin.get(f"{tried}/check{query}").text)

    assert rows("") == ["3"]
    assert rows("?show=new") == ["2", "4"]
    assert rows("?show=noted") == ["4"]
    assert rows("?show=noted&code=repaired") == ["4"]
    assert rows("?show=noted&code=no_text") == []
    assert rows("?show=new&after=2") == ["4"]
    assert rows("?show=<b>&code=<b>") == ["3"]


def test_a_row_is_corrected_in_place_and_the_check_takes_it_along(
    admin: FlaskClient, tried: str, standard_settings: Settings
) -> None:
    page = admin.get(f"{tried}/check")
    seen = re.search(r'name="seen" value="(\w+)"', page.text)
    assert seen is not None
    form = {"csrf_token": csrf_of(admin), "seen": seen[1], "cell-0": "X2", "cell-1": "轴承"}
    row = admin.post(f"{tried}/rows/3", data=form, headers=HTMX)
    assert "corrected, to be checked again" in row.text
    assert "In the file: <bdi>(blank)</bdi>" in row.text
    assert "You corrected 1 rows" in row.text
    assert admin.post(f"{tried}/rows/3", data=form, headers=HTMX).status_code == 409
    assert admin.post(f"{tried}/rows/2", data=form, headers=HTMX).status_code == 404
    assert f'action="{tried}/confirm"' not in admin.get(f"{tried}/check").text
    post(admin, f"{tried}/check", admin.get(f"{tried}/check"))
    work(standard_settings)
    again = admin.get(f"{tried}/check?show=corrected").text
    assert re.findall(r'id="row-(\d+)"', again) == ["3"]
    assert "Import 3 rows" in again


def test_that_no_column_is_a_text_is_said_at_both_steps(
    admin: FlaskClient, standard_settings: Settings
) -> None:
    sent = send(admin, "序号,需求名称\n1,泵\n".encode()).headers["Location"]
    page = admin.get(sent)
    assert "Choose “Problem” for one of them" in page.text
    assert "a row number, not read" in page.text
    post(admin, sent, page)
    work(standard_settings)
    checked = admin.get(f"{sent.removesuffix('/columns')}/check").text
    assert 'id="wanting"' in checked
    assert "Columns that aren’t read: 序号" in checked


def test_a_record_that_would_become_another_is_pointed_out(
    admin: FlaskClient, standard_settings: Settings
) -> None:
    imported(admin, standard_settings)
    other = "编号,需求名称,需求描述\nX1,飞机蒙皮焊接,裂\n".encode()
    sent = send(admin, other, "别的.csv").headers["Location"]
    post(admin, sent, admin.get(sent))
    work(standard_settings)
    checked = admin.get(f"{sent.removesuffix('/columns')}/check?show=noted&code=other_title").text
    assert 'id="others"' in checked
    assert "X1 was “泵” and becomes “飞机蒙皮焊接”. Is it the same?" in checked
    assert "Import 1 rows" in checked


def test_a_report_that_was_made_of_something_else_imports_nothing(
    admin: FlaskClient, tried: str
) -> None:
    form = {"csrf_token": csrf_of(admin), "version": "9"}
    assert admin.post(f"{tried}/confirm", data=form).status_code == 409


def test_the_way_back_leads_where_a_form_was_and_nowhere_else(
    admin: FlaskClient, tried: str
) -> None:
    seen = re.search(r'name="seen" value="(\w+)"', admin.get(f"{tried}/check").text)
    assert seen is not None
    form = {"csrf_token": csrf_of(admin), "seen": seen[1], "back": "//evil.example"}
    assert admin.post(f"{tried}/rows/3", data=form).headers["Location"] == "/"


def test_it_is_discarded(admin: FlaskClient, draft: str) -> None:
    page = admin.get("/import")
    assert "需求.csv" in page.text
    assert post(admin, f"{draft}/discard", page).headers["Location"] == "/import"
    assert admin.get(draft).status_code == 404
    assert "需求.csv" not in admin.get("/import").text


def test_a_check_that_fails_says_why_and_what_to_do(
    admin: FlaskClient, standard_settings: Settings
) -> None:
    broken = ("编号,需求名称\n" + "X1,泵\n" * 300 + "X2,阀,多,余\n").encode()
    answer = send(admin, broken)
    draft = answer.headers["Location"].removesuffix("/columns")
    post(admin, f"{draft}/columns", admin.get(f"{draft}/columns"))
    work(standard_settings)
    text = admin.get(f"{draft}/check").text
    assert "The check came to nothing" in text
    assert "Row 302: " in text
