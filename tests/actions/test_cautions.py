"""What to watch, by hand."""

from __future__ import annotations

from datetime import date

import pytest

from matcher.actions.cautions import CODES, Caution, cautions, sentence
from matcher.domain.enums import Language, Stage
from matcher.domain.outcome import Outcome
from tests.platforms import need
from tests.platforms import outcome as unpriced

ON = date(2026, 11, 1)
OCTOBER, MAY = date(2026, 10, 1), date(2026, 5, 1)


def outcome(id_: str, **more: object) -> Outcome:
    return unpriced(id_, price_min=1, **more)


def codes(found: tuple[Caution, ...]) -> list[str]:
    return [one.code for one in found]


def test_a_pair_without_anything_to_watch() -> None:
    assert cautions(need("w", min_trl=6, updated_at=OCTOBER), outcome("o", trl=6), (), ON) == ()


@pytest.mark.parametrize(
    ("updated", "stale", "count"),
    [
        (None, (MAY, OCTOBER), 2),
        (date(2026, 6, 1), (MAY, OCTOBER), 1),
        (OCTOBER, (MAY, OCTOBER), 0),
    ],
)
def test_who_called_it_stale_before_its_update_does_not_count(
    updated: date | None, stale: tuple[date, ...], count: int
) -> None:
    found = cautions(need("w"), outcome("o", updated_at=updated), stale, ON)
    assert [one.to_mapping() for one in found] == [
        {"code": "stale_listing", "count": count, "last": "2026-10-01"}
    ][: bool(count)]


@pytest.mark.parametrize(
    ("min_trl", "trl", "expected"),
    [
        (6, None, ["readiness_unknown"]),
        (6, 5, ["readiness_gap"]),
        (None, 3, ["early"]),
        (2, 3, ["early"]),
        (None, 4, []),
        (None, None, []),
    ],
)
def test_readiness(min_trl: int | None, trl: int | None, expected: list[str]) -> None:
    assert codes(cautions(need("w", min_trl=min_trl), outcome("o", trl=trl), (), ON)) == expected


def test_a_stage_is_told_where_there_is_no_level() -> None:
    mature = outcome("o", stage=Stage.PILOT)
    [found] = cautions(need("w", min_trl=6), mature, (), ON)
    assert found.to_mapping() == {"code": "readiness_unknown", "min_trl": 6, "stage": "pilot"}
    assert sentence(found, Language.ZH) == "注意：未注明 TRL（阶段：中试），需求要求 TRL 6"
    [without] = cautions(need("w", min_trl=6), outcome("o"), (), ON)
    assert "stage" not in without.values
    assert sentence(without, Language.EN).startswith("Watch: readiness isn't stated")


def test_an_old_need() -> None:
    [found] = cautions(need("w", updated_at=date(2025, 5, 1)), outcome("o"), (), ON)
    assert found.to_mapping() == {"code": "need_stale", "months": 18}


def test_no_price_is_told_where_the_reasons_do_not() -> None:
    assert codes(cautions(need("w"), unpriced("o"), (), ON)) == ["price_unknown"]
    assert cautions(need("w", budget_max=9), unpriced("o"), (), ON) == ()


def test_every_code_has_words_in_both_languages() -> None:
    found = [
        *cautions(need("w", min_trl=6, updated_at=date(2020, 1, 1)), outcome("o"), (MAY,), ON),
        *cautions(need("w", min_trl=6), outcome("o", trl=1), (), ON),
        *cautions(need("w"), unpriced("o", trl=1), (), ON),
    ]
    assert {one.code for one in found} == set(CODES)
    for one in found:
        assert sentence(one, Language.ZH).startswith("注意：")
        assert sentence(one, Language.EN).startswith("Watch: ")
