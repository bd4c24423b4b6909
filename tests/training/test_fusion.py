"""The line search for the weight of the content leg."""

import tomllib

import pytest
from click.testing import CliRunner

from matcher.recommend.recipe import CONCEPTS, CONTENT
from training.__main__ import main
from training.fusion import Curve, as_recipe, as_table, best_weight, curve, mean_curve
from training.sets.case import Case, Part, as_record

QUERIES = [as_record("q", "steel")]
CANDIDATES = [as_record("good", "steel"), as_record("bad", "rice")]


class Stub:
    """Ranks the right candidate first only where the content leg weighs .3 or more."""

    legs = (CONCEPTS, CONTENT)

    def rank(self, weights):
        assert sum(weights.values()) == pytest.approx(1)
        order = ["good", "bad"] if weights[CONTENT] >= 0.3 else ["bad", "good"]
        return {"q": [(name, 1.0 - place) for place, name in enumerate(order)]}


@pytest.fixture
def case():
    part = Part(QUERIES, CANDIDATES)
    return Case(name="steel", parts=(part,), qrels={"q": {"good": 1}}, metrics=("nDCG@10",))


def test_the_curve_is_measured_at_every_weight(case):
    found = curve(case, lambda part, depth: Stub(), (0.0, 0.3, 0.5))
    assert found.means == pytest.approx({0.0: 0.6309, 0.3: 1.0, 0.5: 1.0}, abs=1e-4)


def test_the_best_is_best_on_average_and_the_smallest_of_equals():
    curves = [
        Curve("a", {0.0: 0.5, 0.2: 0.75, 0.4: 0.75}),
        Curve("b", {0.0: 1.0, 0.2: 0.75, 0.4: 0.75}),
    ]
    assert mean_curve(curves) == {0.0: 0.75, 0.2: 0.75, 0.4: 0.75}
    assert best_weight(curves) == 0.0
    assert best_weight(curves[:1]) == 0.2


def test_the_recipe_table_says_how_it_was_found():
    table = as_recipe(0.2, [Curve("a", {0.0: 0.5, 0.2: 0.75})], "2026-11-22")
    texts = tomllib.loads(table)["fusion"]["texts"]
    assert (texts[CONCEPTS], texts[CONTENT]) == (0.8, 0.2)
    assert "2026-11-22" in texts["origin"]
    assert "0.750" in texts["origin"]


def test_the_table_has_a_row_a_case_and_the_mean():
    lines = as_table([Curve("a", {0.0: 0.5, 0.2: 0.75})]).splitlines()
    assert lines[0] == "| case | 0 | 0.2 |"
    assert lines[2:] == ["| a | 0.500 | 0.750 |", "| mean | 0.5000 | 0.7500 |"]


@pytest.mark.slow
def test_the_command_on_the_sample():
    result = CliRunner().invoke(main, ["fusion", "--only", "sample/outcomes"])
    assert result.exit_code == 0, result.output
    assert "[fusion.texts]" in result.stdout
