"""The module that a WSGI server is pointed at."""

import service


def test_it_is_alive_without_learning_anything() -> None:
    assert service.app.test_client().get("/healthz").status_code == 200
