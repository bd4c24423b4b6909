"""Records whose texts say the same, in the same words or in the other language.

A text that was repeated covers the other one nearly whole, bears its title, and has no figures of
its own: what a holder writes about another project of theirs often differs in nothing else. A
translation shares a part of the concepts only; what tells it is that the two are each other's
nearest, by more than either is used to, and that the figures agree.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

import numpy as np

from matcher.recommend.columns import Mask
from matcher.recommend.explain import matched_terms
from matcher.recommend.ids import Names
from matcher.recommend.likeness import Column, Likeness, coverage, figures, likeness
from matcher.recommend.located import spans
from matcher.recommend.model import Model
from matcher.recommend.odds import odds_of_repetition, odds_of_translation
from matcher.recommend.pairs import Pairs, nearest
from matcher.recommend.parts import Parts, parts_of, vectors_of
from matcher.text.repair import repair_text

_LOOKED_AT = 24

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Near:
    """Two items with like texts. odds: of their being one, by the texts alone, as a logarithm.

    translated: the texts are in two languages. covered: the share of each one's concepts that the
    other has. texts: those that were compared, repaired.
    """

    one: str
    other: str
    odds: float
    translated: bool
    covered: tuple[float, float]
    texts: tuple[str, str]

    def figures(self) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
        """The figures in both texts, in the first alone, in the second alone."""
        first, second = map(figures, self.texts)
        groups = (first & second, first - second, second - first)
        shared, one, other = (tuple(sorted(group, key=float)) for group in groups)
        return shared, one, other


def near_duplicates(
    model: Model, least: float, ids: Collection[str] | None = None, say: Say = lambda _: None
) -> list[Near]:
    """The pairs whose odds are at least `least`, the most likely first, each pair once.

    ids: only pairs with one of these in them.
    """
    say("Reading the texts")
    parts = parts_of(model)
    names = model.candidates.ids_at(parts.owners)
    asked = np.ones(len(parts), bool) if ids is None else np.isin(names, sorted(ids))
    say("Looking for neighbours")
    pairs = nearest(parts, asked)
    say("Comparing")
    alike = likeness(parts, pairs)
    titles = _titles(model, parts, pairs, alike)
    odds = np.where(alike.crosswise, odds_of_translation(alike), odds_of_repetition(alike, titles))
    compared = asked[pairs].any(axis=1) & ~(alike.crosswise & _share_language(parts, pairs))
    likely = np.flatnonzero((odds >= least) & compared)
    found: dict[tuple[str, str], Near] = {}
    for row in likely[np.argsort(-odds[likely], kind="stable")].tolist():
        near = _near(parts, names, pairs[row].tolist(), float(odds[row]), alike, row)
        found.setdefault((near.one, near.other), near)
    return list(found.values())


def _share_language(parts: Parts, pairs: Pairs) -> Mask:
    """bool[n]: the two items have texts in one language, which tell more than a translation."""
    count = int(parts.owners.max()) + 1 if len(parts) else 0
    has = np.zeros((2, count), bool)
    has[parts.chinese.astype(np.int64), parts.owners] = True
    one, other = parts.owners[pairs[:, 0]], parts.owners[pairs[:, 1]]
    shared: Mask = np.any(has[:, one] & has[:, other], axis=0)
    return shared


def _near(
    parts: Parts, names: Names, pair: list[int], odds: float, alike: Likeness, row: int
) -> Near:
    one, other = pair
    return Near(
        one=names[one],
        other=names[other],
        odds=odds,
        translated=bool(alike.crosswise[row]),
        covered=(float(alike.covered[row, 0]), float(alike.covered[row, 1])),
        texts=(repair_text(parts.texts[one]), repair_text(parts.texts[other])),
    )


def _titles(model: Model, parts: Parts, pairs: Pairs, alike: Likeness) -> Column:
    """How much either title says of the other, the larger share; NaN where it isn't asked."""
    found = np.full(len(pairs), np.nan)
    titled = np.array([bool(model.candidates[place].title) for place in parts.owners.tolist()])
    at = np.flatnonzero(~alike.crosswise)
    at = at[titled[pairs[at]].all(axis=1)] if len(at) else at
    if len(at):
        used, places = np.unique(pairs[at], return_inverse=True)
        headings = [repair_text(parts.texts[part].partition("\n")[0]) for part in used.tolist()]
        concepts, _ = vectors_of(model.text, headings)
        found[at] = coverage(concepts, places.reshape(-1, 2)).max(axis=1)
    return found


def terms_alike(model: Model, near: Near) -> tuple[tuple[str, str], ...]:
    """The words of both texts that carry most of what they have in common."""
    concepts, _ = vectors_of(model.text, near.texts)
    common = concepts[[0]].multiply(concepts[[1]]).tocsr()
    order = np.argsort(-common.data, kind="stable")[:_LOOKED_AT].tolist()
    total = max(float(common.data.sum()), 1e-9)
    shares = [(int(common.indices[at]), float(common.data[at]) / total) for at in order]
    wanted = [concept for concept, _ in shares]
    first, second = (spans(model.text.reading(text), wanted, model.text) for text in near.texts)
    terms = matched_terms(shares, first, second, model.text.space.beginnings)
    return tuple((term.query.words, term.candidate.words) for term in terms)
