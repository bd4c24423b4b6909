"""Files of pages: kept for good under an address that changes with them."""

from flask import Flask
from flask.testing import FlaskClient

from matcher.web.assets import FOLDER


def address(app: Flask, name: str) -> str:
    with app.test_request_context():
        found: str = app.jinja_env.globals["static"](name)  # type: ignore[operator]
    return found


def test_a_file_is_kept_for_good_under_the_address_that_pages_name(
    app: Flask, stranger: FlaskClient
) -> None:
    with stranger.get(address(app, "app.css")) as answer:
        assert answer.status_code == 200
        assert "immutable" in answer.headers["Cache-Control"]
        assert answer.data == (FOLDER / "app.css").read_bytes()


def test_under_another_address_it_isnt(stranger: FlaskClient) -> None:
    with stranger.get("/static/app.css?v=older") as answer:
        assert answer.status_code == 200
        assert "immutable" not in answer.headers["Cache-Control"]


def test_nothing_outside_the_folder_is_served(stranger: FlaskClient) -> None:
    for path in ("../app.py", "%2e%2e/app.py", "nothing.css"):
        assert stranger.get(f"/static/{path}").status_code == 404


def test_no_file_asks_another_server() -> None:
    """Vendored files may name addresses in comments, our own none at all."""
    for path in FOLDER.glob("*.*"):
        text = path.read_text(encoding="utf-8")
        assert "https://" not in text
        assert "http://" not in text.replace("http://www.w3.org/2000/svg", "")
