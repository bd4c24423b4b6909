"""Whether somebody is there to carry out jobs."""

from __future__ import annotations

from flask import Flask

from matcher.actions.job_workers import registered
from matcher.settings import Settings
from matcher.web.working import has_worker


def test_a_worker_is_there_for_as_long_as_it_lives(app: Flask, standard_settings: Settings) -> None:
    with app.app_context():
        assert not has_worker()
        with registered(standard_settings.home):
            assert has_worker()
        assert not has_worker()
