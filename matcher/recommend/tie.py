"""What ties one noun's records to another's beside their texts: learned vectors of both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matcher.domain.item import Item
from matcher.recommend.collaborative import Embedded, Labels
from matcher.recommend.factors import Folding, fold_in
from matcher.recommend.ids import GONE, Ids
from matcher.recommend.recipe import COLLABORATIVE, FACTORS, UPTAKE, FactorSettings
from matcher.recommend.terms import Terms
from matcher.recommend.uptake import UNKNOWN
from matcher.text.encoders.protocol import FloatMatrix

Concepts: TypeAlias = sparse.csr_array
Vectors = dict[str, FloatMatrix]


def labels_of(item: Item) -> tuple[str, ...]:
    """What LightFM is told of a record: where it belongs, whose it is, how far it is."""
    facts = item.facts
    told = {
        "field": (facts.field, *facts.fields),
        "region": (facts.region, *facts.regions),
        "organisation": (facts.organisation,),
        "mode": tuple(mode.value for mode in facts.modes[:1]),
        "trl": (str(facts.trl or ""),),
        "grade": (facts.grade.value if facts.grade else "",),
    }
    return tuple(f"{name} {one}" for name, ones in told.items() for one in ones if one)


@dataclass(frozen=True, slots=True, eq=False)
class TieSide:
    """One side of a tie. ids: of those that were there at training, whose vectors are known.

    A record that came later has vectors by its texts and labels, and fares as the mean. uptake:
    float32[n] in [0, 1], how each fared; None where nobody counts that.
    """

    ids: Ids
    factors: FloatMatrix
    folding: Folding
    terms: Terms
    embedded: Embedded | None = None
    uptake: npt.NDArray[np.float32] | None = None

    def vectors(
        self, items: Sequence[Item], concepts: Concepts, labels: Labels, settings: FactorSettings
    ) -> Vectors:
        """By leg float32[n, d]: of these items, whose texts hold these concepts (n × c)."""
        places = self.ids.find([item.id for item in items])
        known = np.flatnonzero(places != GONE)
        later = np.flatnonzero(places == GONE)
        found: Vectors = {FACTORS: np.zeros((len(items), self.factors.shape[1]), np.float32)}
        found[FACTORS][known] = self.factors[places[known]]
        if len(later):
            terms = self.terms.of(concepts[later])
            found[FACTORS][later] = fold_in(terms, self.folding, settings)
        if self.embedded is not None:
            found[COLLABORATIVE] = self.embedded.of_labels(labels)
            found[COLLABORATIVE][known] = self.embedded.vectors[places[known]]
        if self.uptake is not None:
            found[UPTAKE] = np.full((len(items), 1), UNKNOWN, np.float32)
            found[UPTAKE][known, 0] = self.uptake[places[known]]
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Tie:
    """Who asks, and who is asked for."""

    askers: TieSide
    candidates: TieSide
    settings: FactorSettings
