"""What names nothing that is looked for is told from what does."""

from __future__ import annotations

import pytest

from matcher.text.light_words import is_light


@pytest.mark.parametrize(
    "words",
    [
        *"用 人 可以 mm MPa mg/Nm3 μm 公斤 60 3.5 10–20 0.5% 二十 三四十万 一百条".split(),
        *("need", "Used", "every 30", "Two", "two times"),
    ],
)
def test_everyday_words_numbers_and_units_name_nothing(words: str) -> None:
    assert is_light(words)


@pytest.mark.parametrize(
    "words",
    [
        *"氢 釜 镍 石墨烯 温度 人脸 一体机 pH 4K 650V 5mm AI ML NOx COD laser IP68".split(),
        *("high-temperature", "5 mm", "280 Ah", "solid state", "12 kg/h", ""),
    ],
)
def test_what_names_something_stays(words: str) -> None:
    assert not is_light(words)


def test_a_long_run_of_digits_is_looked_at_quickly() -> None:
    assert not is_light("1" * 100_000 + "z")
