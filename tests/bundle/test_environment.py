"""What a model was made with is said, and on which machine isn't."""

import platform

import numpy as np

from matcher.bundle.environment import libraries, machine


def test_the_libraries_are_those_that_run() -> None:
    assert libraries()["numpy"] == np.__version__
    assert {"scipy", "faiss-cpu", "lightfm-next"} <= libraries().keys()


def test_the_machine_is_described_and_not_named() -> None:
    facts = machine()
    assert facts["python"] == platform.python_version()
    assert all(platform.node() not in value for value in facts.values())
