"""Answers that are kept, by what they were made of."""

from __future__ import annotations

from matcher.actions.recent_cache import RecentCache


def test_an_answer_is_found_by_what_it_was_made_of_an_empty_one_too() -> None:
    cache: RecentCache[tuple[str, ...]] = RecentCache(2)
    cache.put(("a", 1), ("x",))
    cache.put(("a", 2), ())
    assert cache.get(("a", 1)) == ("x",)
    assert cache.get(("a", 2)) == ()
    assert cache.get(("a", 3)) is None


def test_what_nobody_looked_at_for_longest_goes_first() -> None:
    cache: RecentCache[str] = RecentCache(2)
    for key in "ab":
        cache.put(key, key)
    assert cache.get("a") == "a"
    cache.put("c", "c")
    assert [cache.get(key) for key in "abc"] == ["a", None, "c"]
