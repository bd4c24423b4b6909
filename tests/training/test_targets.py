"""Floors and targets: the file that ships, and how a figure stands."""

from pathlib import Path

import pytest

from matcher.errors import InvalidValue, UnreadableFile
from matcher.evaluate.comparison import Comparison
from matcher.evaluate.metrics import parse_metric
from training.sets.catalogue import catalogue
from training.targets import NO_TARGET, Standing, Target, read_targets, standing

BETTER = Comparison(0.1, 0.05, 0.15, 0.01, 50)
WORSE = Comparison(-0.1, -0.15, -0.05, 0.01, 50)
EVEN = Comparison(-0.01, -0.02, 0.01, 0.4, 50)
BESIDE = Target(as_good_as="BM25")
BOTH = Target(floor=0.5, target=0.7, as_good_as="BM25")


@pytest.mark.parametrize(
    ("mean", "target", "baseline", "expected"),
    [
        (0.9, NO_TARGET, None, Standing.OPEN),
        (0.7, Target(floor=0.5, target=0.7), None, Standing.MET),
        (0.5, Target(floor=0.5, target=0.7), None, Standing.ABOVE_FLOOR),
        (0.49, Target(floor=0.5, target=0.7), None, Standing.BELOW),
        (0.5, Target(floor=0.5), None, Standing.MET),
        (0.69, Target(target=0.7), None, Standing.BELOW),
        (0.1, BESIDE, BETTER, Standing.MET),
        (0.1, BESIDE, EVEN, Standing.MET),
        (0.9, BESIDE, WORSE, Standing.BELOW),
        (0.9, BESIDE, None, Standing.OPEN),
        (0.9, BOTH, WORSE, Standing.BELOW),
        (0.6, BOTH, EVEN, Standing.ABOVE_FLOOR),
        (0.4, BOTH, None, Standing.BELOW),
        (0.8, BOTH, BETTER, Standing.MET),
    ],
)
def test_how_a_figure_stands(
    mean: float, target: Target, baseline: Comparison | None, expected: Standing
) -> None:
    assert standing(mean, target, baseline) is expected


def test_the_targets_that_ship_name_cases_and_metrics_that_exist() -> None:
    targets = read_targets()
    cases = {entry.name for entry in catalogue(Path())}
    assert {case for case, _ in targets} <= cases
    assert all(parse_metric(metric) for _, metric in targets)
    assert all(target != NO_TARGET for target in targets.values())


def test_no_target_lies_below_its_floor() -> None:
    both = [found for found in read_targets().values() if found.floor and found.target]
    assert both
    assert all(found.floor <= found.target for found in both)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[broken", "is not TOML"),
        ('["a/b"."RR"]\nflor = 1.0', "flor = 1.0"),
        ('["a/b"."RR"]\nfloor = "high"', "floor = 'high'"),
        ('["a/b"."RR"]\nas_good_as = 1', "as_good_as = 1"),
    ],
)
def test_a_broken_file_is_refused(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "targets.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidValue, match=message):
        read_targets(path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="can't be read"):
        read_targets(tmp_path / "absent.toml")
