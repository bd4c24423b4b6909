"""How well a manager goes with records."""

from __future__ import annotations

import pytest

from matcher.actions.platform import Platform
from matcher.actions.suitability import queries, suitabilities
from matcher.domain.enums import Noun
from matcher.domain.listing import item_of
from matcher.domain.track import Track
from matcher.recommend.facts import Standing
from tests.platforms import need, outcome

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
BATTERY = need("wanted", "废旧电池", "我们要回收锂电池里的钴。")
MUSIC = outcome("lute", "Lute", "Medieval lute music")


def test_who_knows_of_it_fits_and_who_does_not_has_nothing(platform: Platform) -> None:
    serving = platform.live.serving()
    found = suitabilities(serving, "m2", {"wanted": BATTERY})
    assert 0 < found["wanted"] <= 1
    assert suitabilities(serving, "m2", {"lute": MUSIC}) == {"lute": 0.0}
    assert suitabilities(serving, "nobody", {"wanted": BATTERY}) == {"wanted": 0.0}
    assert suitabilities(serving, "m2", {}) == {}


def test_whoever_did_well_and_has_room_suits_better(platform: Platform) -> None:
    """As far as the recipe, or what was learned, makes anything of it."""
    serving = platform.live.serving()
    well = Standing(tracks={"m2": Track(reached=40, response_hours=1)})
    badly = Standing(tracks={"m2": Track(ended=40, response_hours=900)})
    one, none, other = (
        suitabilities(serving, "m2", {"wanted": BATTERY}, standing)["wanted"]
        for standing in (well, Standing(), badly)
    )
    assert one > none > other > 0


def test_reading_many_at_once_reads_the_same(platform: Platform) -> None:
    model = platform.live.serving().model(Noun.MANAGER)
    items = [item_of(BATTERY), item_of(MUSIC)]
    together = queries(model, items, Noun.NEED)
    alone = [queries(model, [item], Noun.NEED)[0] for item in items]
    for one, other in zip(together, alone, strict=True):
        assert one.item == other.item
        for space, vectors in one.vectors.items():
            assert abs(vectors - other.vectors[space]).max() < 1e-6
