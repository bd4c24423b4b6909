"""A part of the API reads requests strictly, whenever it was declared."""

from __future__ import annotations

from apiflask import APIFlask

from matcher.web.models.base import Body
from matcher.web.part import part
from matcher.web.problem import add_problems


class Count(Body):
    n: int


def test_its_models_are_read_strictly() -> None:
    made = part("made", "Made")

    @made.post("/count")
    @made.input(Count, arg_name="body")
    def count(body: Count) -> dict[str, int]:
        return {"n": body.n}

    app = APIFlask("made", json_errors=False)
    add_problems(app, lambda _: None)
    app.before_request(lambda: setattr(__import__("flask").g, "request_id", "r1"))
    app.register_blueprint(made)
    client = app.test_client()
    assert client.post("/count", json={"n": 2}).get_json() == {"n": 2}
    assert client.post("/count", json={"n": "2"}).status_code == 422
    assert client.post("/count", data='{"n": 2}').status_code == 415
    assert app.spec["tags"] == [{"name": "Made"}]
