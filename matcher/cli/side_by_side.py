"""Two records that may be one, field by field, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from matcher.actions.merging import BY_HAND, Seen
from matcher.cli.tables import shown, table

_LEFT_OUT = frozenset({"visible_to", "owner"})
_WIDEST = 44
_REASONS = {
    "same_number": "the same number in the register",
    "same_text": "the same text",
    "same_credit_code": "the same credit code",
    "same_name": "the same name",
    "same_registration": "the same registration",
    "same_name_and_agency": "the same name and agency",
}


def mapping(seen: Seen) -> dict[str, Any]:
    """A merge as plain JSON values, with both records."""
    merge = seen.merge
    return {
        "id": merge.id,
        "noun": merge.noun.value,
        "state": merge.state.value,
        "score": merge.score,
        "why": merge.why,
        "decided_by": merge.decided_by,
        "kept": seen.kept.record.to_mapping(),
        "dropped": seen.dropped.record.to_mapping(),
    }


def lines(seen: Seen) -> Iterator[str]:
    """The merge's id and score, the fields that either record states, and the reasons."""
    merge = seen.merge
    yield f"{merge.id}  {merge.noun}s, {merge.state.value}, {merge.score:.0%} sure"
    kept, dropped = seen.kept.record, seen.dropped.record
    yield from table(_rows(kept.to_mapping(), dropped.to_mapping()), ("field", "kept", "dropped"))
    yield from reasons(merge.why)


def _rows(kept: Mapping[str, Any], dropped: Mapping[str, Any]) -> list[dict[str, str]]:
    """What both state alike stands there once."""
    rows = []
    for name in dict.fromkeys((*kept, *dropped)):
        one, other = kept.get(name), dropped.get(name)
        if name not in _LEFT_OUT and (one or other):
            second = "=" if one == other else _cut(other)
            rows.append({"field": name, "kept": _cut(one), "dropped": second})
    return rows


def _cut(value: object) -> str:
    text = shown(value)
    return text if len(text) <= _WIDEST else text[: _WIDEST - 1] + "…"


def reasons(why: Mapping[str, Any]) -> Iterator[str]:
    """What speaks for a pair and against it, a line each."""
    if why.get(BY_HAND):
        yield "  named by hand"
    for key in why.get("keys", ()):
        yield f"  {_REASONS.get(key, key)}"
    if texts := why.get("texts"):
        yield from _texts(texts)
    for name, word in (("alike", "both state the same"), ("differing", "they state different")):
        if facts := why.get(name):
            yield f"  {word}: {', '.join(facts)}"


def _texts(texts: Mapping[str, Any]) -> Iterator[str]:
    how = "in the other language" if texts["translated"] else "in the same language"
    one, other = texts["covered"]
    yield f"  alike {how}: each says {one:.0%} and {other:.0%} of the other's concepts"
    if texts["terms"]:
        yield f"  words: {', '.join(_words(pair) for pair in texts['terms'])}"
    figures = texts["figures"]
    if figures["shared"]:
        yield f"  figures in both: {', '.join(figures['shared'])}"
    if figures["only_kept"] or figures["only_dropped"]:
        apart = (", ".join(figures[name]) or "none" for name in ("only_kept", "only_dropped"))
        yield f"  figures in one alone: {' | '.join(apart)}"


def _words(pair: Sequence[str]) -> str:
    one, other = pair
    return one if one.lower() == other.lower() else f"{one} = {other}"
