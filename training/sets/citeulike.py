"""CiteULike: who kept which article. Queries are users without a text, candidates articles.

Full ranking: every article that a user isn't known to have may be ranked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np

from matcher.evaluate.metrics import Qrels
from training.sets.case import Case, Interaction, Part, Record, as_record
from training.sets.reading import read_lines, read_objects, read_table

FOLDER = "citeulike-a"
NAME = "citeulike"
DEV_FOLD = "3"
COLD_SHARE = 0.2
"""Of the articles, in the case `cold`."""

Pair = tuple[str, str]
"""User, article."""

_METRICS = ("R@20", "nDCG@20")


def warm(folder: Path) -> Case:
    """What a user keeps next, of the articles that others have kept: fold 3 after the others."""
    kept = _folds(folder)
    known = [pair for pair, fold in kept if fold != DEV_FOLD]
    seen = {item for _, item in known}
    hidden = [pair for pair, fold in kept if fold == DEV_FOLD and pair[1] in seen]
    return Case(
        name=f"{NAME}/warm",
        parts=[Part(_users(known), _articles(folder), _weighted(known))],
        qrels=_qrels(hidden, {user for user, _ in known}),
        metrics=_METRICS,
    )


def cold(folder: Path) -> Case:
    """What a user keeps of articles that nobody is known to have kept, ranked among themselves.

    A seeded fifth of the articles, with all that is known of them hidden (the out-of-matrix
    prediction of Wang & Blei, "Collaborative Topic Modeling", 2011, for one fold of articles).
    """
    articles = _articles(folder)
    hidden = draw([record["id"] for record in articles], COLD_SHARE)
    kept = [pair for pair, _ in _folds(folder)]
    known = [pair for pair in kept if pair[1] not in hidden]
    return Case(
        name=f"{NAME}/cold",
        parts=[Part(_users(known), articles, _weighted(known), only=hidden)],
        qrels=_qrels((pair for pair in kept if pair[1] in hidden), {user for user, _ in known}),
        metrics=_METRICS,
        note="A fifth of the articles without any known user, ranked among themselves.",
    )


def published(folder: Path) -> Case:
    """The published split without texts, for the collaborative part alone."""
    known, hidden = (list(_adjacency(folder / "dhcf_split" / f"{n}.txt.gz")) for n in _SPLIT)
    items = dict.fromkeys(item for _, item in (*known, *hidden))
    return Case(
        name=f"{NAME}/published",
        parts=[Part(_users(known), [as_record(item) for item in items], _weighted(known))],
        qrels=_qrels(hidden, {user for user, _ in known}),
        metrics=("P@20", "R@20"),
        note="Floor and target are published results on this split (BPR; ENMF).",
    )


_SPLIT = ("train", "test")


def draw(ids: Sequence[str], share: float) -> frozenset[str]:
    """A seeded share of the ids."""
    places = np.random.default_rng(0).choice(len(ids), round(share * len(ids)), replace=False)
    return frozenset(ids[place] for place in places)


def _folds(folder: Path) -> list[tuple[Pair, str]]:
    rows = read_table(folder / "interactions.tsv.gz", ("user_id", "item_id", "fold"))
    return [((user, item), fold) for _, (user, item, fold) in rows]


def _articles(folder: Path) -> list[Record]:
    """Articles by title and tags, which make up the text."""
    return [
        as_record(str(item["id"]), item["text"], title=item["title"], lang="en")
        for item in read_objects(folder / "items.jsonl.gz")
    ]


def _adjacency(path: Path) -> Iterable[Pair]:
    """Lines of a user and that user's items."""
    for _, line in read_lines(path):
        user, *items = line.split()
        yield from ((user, item) for item in items)


def _users(pairs: Iterable[Pair]) -> list[Record]:
    return [as_record(user) for user in dict.fromkeys(user for user, _ in pairs)]


def _weighted(pairs: Iterable[Pair]) -> list[Interaction]:
    return [(user, item, 1.0) for user, item in pairs]


def _qrels(pairs: Iterable[Pair], users: set[str]) -> Qrels:
    """What is hidden of users of whom something is known."""
    qrels: dict[str, dict[str, int]] = defaultdict(dict)
    for user, item in pairs:
        if user in users:
            qrels[user][item] = 1
    return dict(qrels)


CASES: Mapping[str, Callable[[Path], Case]] = {"warm": warm, "cold": cold, "published": published}
