import logging

import pytest
from hypothesis import settings

# For every room: databases of both kinds, the standard platform on each, cheap passwords.
pytest_plugins = ["tests.databases", "tests.passwords", "tests.standard"]

# A deadline would measure how busy the machine is. What CI presets (the same examples in every
# run) is kept.
settings.register_profile("house", parent=settings.default, deadline=None, max_examples=60)
settings.load_profile("house")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    """Lines of the product reach the root again, where `caplog` reads; an application that was
    made by a test before has them written elsewhere."""
    logger = logging.getLogger("matcher")
    logger.handlers, logger.propagate = [], True
