"""Implicit-feedback matrix factorisation, tuned, as the collaborative baseline to beat.

Hu, Koren and Volinsky, "Collaborative Filtering for Implicit Feedback Datasets" (2008), by the
package `implicit` in one thread. Untuned it is no baseline: Rendle, Krichene, Zhang and Koren,
"Revisiting the Performance of iALS on Item Recommendation Benchmarks" (2022).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from itertools import product

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matcher.errors import MissingData
from matcher.evaluate.baselines import Places, on_names, popularity, top
from matcher.evaluate.metrics import Run, measure
from matcher.evaluate.pairs import Pairs
from matcher.evaluate.questions import Questions, questions
from matcher.evaluate.slices import known_askers
from matcher.evaluate.splits import split_day

METRIC = "nDCG@10"
LEAST_QUERIES, MOST_QUERIES = 2, 1000
"""To tune on; of more askers a sample."""
CELLS = 4_000_000
"""Scores held at once, which bounds the memory."""

Factors = npt.NDArray[np.float32]

_ALS, _POOLS = (
    # implicit brings threadpoolctl with it.
    (import_module("implicit.cpu.als"), import_module("threadpoolctl"))
    if find_spec("implicit")
    else (None, None)
)


@dataclass(frozen=True, slots=True)
class Settings:
    """A trial. `alpha`: a judgement of grade g has the confidence 1 + alpha · g."""

    factors: int = 32
    regularization: float = 0.1
    alpha: float = 10.0
    iterations: int = 15


GRID = tuple(
    Settings(factors, regularization, alpha)
    for factors, regularization, alpha in product((16, 64), (0.1, 3.0), (2.0, 20.0))
)


@dataclass(frozen=True, slots=True)
class Tuned:
    """The settings that did best; `value` is their mean nDCG@10 over `queries`.

    Without two queries to tune on these are the settings as they are, and `value` is None.
    """

    settings: Settings
    value: float | None = None
    queries: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Ials:
    """Fitted factors: askers float32[askers, f], candidates float32[candidates, f]."""

    train: Pairs
    askers: Factors
    candidates: Factors

    def rank(self, places: Places, allowed: Iterable[str]) -> Run:
        """The best candidates of each asker.

        An asker without a positive judgement is given the popular ones.
        """
        names = sorted(allowed)
        at = self._known()
        strangers = {asker: wanted for asker, wanted in places.items() if asker not in at}
        ranked = dict(popularity(self.train, strangers, names))
        vectors = on_names(self.candidates, self.train.candidate_ids, names)
        friends = [asker for asker in places if asker in at]
        size = max(1, CELLS // max(1, len(names)))
        for start in range(0, len(friends), size):
            some = friends[start : start + size]
            scores = self.askers[[at[asker] for asker in some]] @ vectors.T
            for asker, row in zip(some, scores, strict=True):
                ranked[asker] = top(names, row, places[asker])
        return ranked

    def _known(self) -> dict[str, int]:
        codes = np.unique(self.train.askers[self.train.positive]).tolist()
        return {self.train.asker_ids[code]: code for code in codes}


def is_installed() -> bool:
    """Whether the extra `bench` is there."""
    return _ALS is not None


def tune(train: Pairs, grid: Sequence[Settings] = GRID, seed: int = 0) -> Tuned:
    """Try each of `grid` on the last fifth of the positive judgements, by time.

    Only askers and candidates with earlier positive ones take part, as nothing is learned of the
    others. Of equals the first wins. Raises MissingData without the package.
    """
    earlier, asked = _held_out(train)
    if asked is None or len(asked.qrels) < LEAST_QUERIES:
        return Tuned(Settings())
    values = [_value(fit(earlier, settings, seed), asked) for settings in grid]
    best = int(np.argmax(values))
    return Tuned(grid[best], values[best], len(asked.qrels))


def fit(train: Pairs, settings: Settings, seed: int = 0) -> Ials:
    """Factorise the positive judgements. Raises MissingData when the package isn't installed."""
    if _ALS is None or _POOLS is None:
        hint = "Install the extra: pip install 'tech-matcher[bench]'."
        raise MissingData("implicit is not installed.", hint=hint)
    # It warns of a BLAS with threads of its own, and those would make the factors vary.
    with _POOLS.threadpool_limits(1, "blas"):
        model = _ALS.AlternatingLeastSquares(
            factors=settings.factors,
            regularization=settings.regularization,
            iterations=settings.iterations,
            num_threads=1,
            random_state=seed,
        )
        model.fit(_confidences(train, settings.alpha), show_progress=False)
    return Ials(train, model.user_factors, model.item_factors)


def in_words(tuned: Tuned) -> str:
    """For instance: 16 factors, regularisation 0.1, alpha 2, tuned on 40 queries."""
    tried = tuned.settings
    how = f"tuned on {tuned.queries} queries" if tuned.value is not None else "not tuned: too few"
    return (
        f"{tried.factors} factors, regularisation {tried.regularization:g}, "
        f"alpha {tried.alpha:g}, {how}"
    )


def _confidences(train: Pairs, alpha: float) -> sparse.csr_matrix:
    """1 + alpha · grade; several judgements of a pair add up to 1 at most."""
    kept = train.where(train.positive)
    shape = len(train.asker_ids), len(train.candidate_ids)
    found = sparse.csr_matrix((kept.grades, (kept.askers, kept.candidates)), shape, np.float32)
    found.data = 1 + alpha * np.minimum(found.data, 1)
    return found


def _held_out(train: Pairs) -> tuple[Pairs, Questions | None]:
    kept = train.where(train.positive)
    if not len(kept) or kept.days.min() == kept.days.max():
        return kept, None
    day = split_day(kept.days)
    earlier, later = kept.where(kept.days < day), kept.where(kept.days >= day)
    seen = frozenset(candidate for _, candidate in earlier.names())
    asked = questions(earlier, later.where(known_askers(earlier, later)), seen)
    return earlier, asked.sample(MOST_QUERIES)


def _value(model: Ials, asked: Questions) -> float:
    run = asked.answered(model.rank(asked.places, asked.allowed))
    return float(measure(run, asked.qrels, [METRIC])[METRIC].mean())
