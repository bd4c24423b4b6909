"""Lists that are kept."""

from __future__ import annotations

from datetime import date

from matcher.actions.worklist_cache import WorklistCache
from matcher.actions.worklist_row import Worklist


def made(manager: str) -> Worklist:
    return Worklist(manager, date(2026, 11, 1), (), "1")


def test_a_list_is_found_by_what_it_was_made_of() -> None:
    cache = WorklistCache()
    cache.put(("m1", 1), made("m1"))
    assert cache.get(("m1", 1)) == made("m1")
    assert cache.get(("m1", 2)) is None


def test_of_too_many_those_go_that_nobody_looked_at_for_longest() -> None:
    cache = WorklistCache(most=2)
    for manager in ("m1", "m2"):
        cache.put(manager, made(manager))
    assert cache.get("m1")
    cache.put("m3", made("m3"))
    assert [cache.get(one) is None for one in ("m1", "m2", "m3")] == [False, True, False]
