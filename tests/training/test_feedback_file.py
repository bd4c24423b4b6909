"""Feedback is read as it was written, and never by pickle."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from matcher.errors import BrokenBundle
from matcher.recommend.feedback import Feedback, no_feedback
from tests.training.some_training import gradually
from training.feedback_file import ARRAYS, IDS, open_feedback, save_feedback


def assert_same(one: Feedback, other: Feedback) -> None:
    assert one.ids == other.ids
    for part in ("judgements", "impressions"):
        left, right = getattr(one, part), getattr(other, part)
        for each in fields(left):
            np.testing.assert_array_equal(getattr(left, each.name), getattr(right, each.name))
            assert getattr(left, each.name).dtype == getattr(right, each.name).dtype


@pytest.mark.parametrize("make", [gradually, no_feedback])
def test_feedback_comes_back(tmp_path: Path, make: object) -> None:
    feedback = make()  # type: ignore[operator]
    save_feedback(feedback, tmp_path)
    assert_same(open_feedback(tmp_path), feedback)


@pytest.mark.parametrize("content", [b"", b"PK", b"\x93NUMPY"])
def test_damaged_arrays_are_named(tmp_path: Path, content: bytes) -> None:
    save_feedback(gradually(), tmp_path)
    (tmp_path / ARRAYS).write_bytes(content)
    with pytest.raises(BrokenBundle, match=ARRAYS):
        open_feedback(tmp_path)


@pytest.mark.parametrize("content", ["", "[]", '{"ship": []}', '{"need": 3}'])
def test_damaged_ids_are_named(tmp_path: Path, content: str) -> None:
    save_feedback(gradually(), tmp_path)
    (tmp_path / IDS).write_text(content)
    with pytest.raises(BrokenBundle, match=IDS):
        open_feedback(tmp_path)


def test_objects_are_refused(tmp_path: Path) -> None:
    save_feedback(gradually(), tmp_path)
    with np.load(tmp_path / ARRAYS) as arrays:
        changed = {**arrays, "judgements.days": np.array([{}], object)}
    np.savez(tmp_path / ARRAYS, **changed)
    with pytest.raises(BrokenBundle):
        open_feedback(tmp_path)


def test_columns_of_different_lengths_are_refused(tmp_path: Path) -> None:
    save_feedback(gradually(), tmp_path)
    with np.load(tmp_path / ARRAYS) as arrays:
        changed = {**arrays, "judgements.days": arrays["judgements.days"][:-1]}
    np.savez(tmp_path / ARRAYS, **changed)
    with pytest.raises(BrokenBundle, match="different lengths"):
        open_feedback(tmp_path)
