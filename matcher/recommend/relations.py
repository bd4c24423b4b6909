"""What feedback says of two parties: of a need and an outcome, and of a manager and either.

A follow-up is about three at once. How far it went is a good sign for each two of them; a decline
isn't, since its reason tells whose it was: a price is between need and outcome, a full desk is the
manager's alone. `DECLINED` is the table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matcher.domain.enums import DeclineReason as Reason
from matcher.domain.enums import Noun
from matcher.recommend.feedback import NOBODY, Feedback, Impressions, Judgements

WEAK, WEAKEST = 0.05, 0.3
"""What a look that led to nothing counts, and what all looks at a pair count at most: less than a
decline that blames the pair."""

_Floats = npt.NDArray[np.float64]
_Keys = npt.NDArray[np.int64]


class Relation(Enum):
    """Two parties of which one is proposed to the other, and the noun of each."""

    NEED_OUTCOME = (Noun.NEED, Noun.OUTCOME)
    MANAGER_OUTCOME = (Noun.MANAGER, Noun.OUTCOME)
    MANAGER_NEED = (Noun.MANAGER, Noun.NEED)

    @property
    def left(self) -> Noun:
        """The noun of the rows of a relation's matrices."""
        return self.value[0]

    @property
    def right(self) -> Noun:
        """The noun of their columns."""
        return self.value[1]


DECLINED: Mapping[Reason, tuple[float, float, float]] = MappingProxyType(
    {
        Reason.TOO_EARLY: (-0.5, -0.2, 0),
        Reason.BENEFIT_UNCLEAR: (-0.6, -0.1, 0),
        Reason.COMMERCIAL_ROUTE_UNCLEAR: (-0.5, -0.2, 0),
        Reason.DESCRIPTION_UNCLEAR: (-0.3, -0.2, 0),
        Reason.SCIENTIFIC_OBJECTION: (-1, -0.3, 0),
        Reason.PRICE: (-0.5, 0, 0),
        Reason.IP_PROBLEM: (-0.7, -0.3, 0),
        Reason.REGION: (-0.5, -0.1, -0.1),
        Reason.NOT_STRATEGIC: (-0.4, 0, -0.1),
        Reason.NO_CAPACITY: (0, -0.1, -0.1),
        Reason.CONFLICT_OF_INTEREST: (0, -0.3, -0.3),
        Reason.ALREADY_IN_CONTACT: (0, 0, 0),
        Reason.STALE_LISTING: (-0.3, -0.2, 0),
        Reason.OTHER: (-0.3, -0.1, -0.1),
    }
)
"""The grade of a decline by its reason, for each Relation in its order: see docs/feedback.md."""


@dataclass(frozen=True, slots=True, eq=False)
class Signals:
    """What is known of the pairs of one relation; float32, left × right, all values in (0, 1].

    left_ids and right_ids name rows and columns by place; they may have none of either. positives:
    the grades of what went well. negatives: how strongly pairs were declined. weak: how surely they
    were looked at without anything coming of it. A pair is in one of the three at most.
    """

    left_ids: tuple[str, ...]
    right_ids: tuple[str, ...]
    positives: sparse.csr_array
    negatives: sparse.csr_array
    weak: sparse.csr_array


def signals(feedback: Feedback, relation: Relation, examined: _Floats | None = None) -> Signals:
    """Sum what is known of each pair, up to 1.

    A pair with good signs and bad ones has the sign of the latest, and of one day the good one.
    examined: float64[impressions] in [0, 1], the probability that the row was looked at; without
    it that falls as 1 / position. A pair with any judgement isn't weak.
    """
    left_ids, right_ids = feedback.ids[relation.left], feedback.ids[relation.right]
    shape = len(left_ids), len(right_ids)
    known, grades, days = _judged(feedback.judgements, relation, shape)
    pairs, at = np.unique(known, return_inverse=True)
    good, bad = grades > 0, grades < 0
    is_good = _latest(at[good], days[good], len(pairs)) >= _latest(at[bad], days[bad], len(pairs))
    praise = _sums(at[good], grades[good], len(pairs)) * is_good
    blame = _sums(at[bad], -grades[bad], len(pairs)) * ~is_good
    looked, looks = _looks(feedback.impressions, relation, shape, examined)
    untouched = ~np.isin(looked, pairs)
    return Signals(
        left_ids,
        right_ids,
        _matrix(pairs, praise, 1.0, shape),
        _matrix(pairs, blame, 1.0, shape),
        _matrix(looked[untouched], WEAK * looks[untouched], WEAKEST, shape),
    )


def grades_of(judgements: Judgements, relation: Relation) -> _Floats:
    """float64[n] in [-1, 1]: what each judgement says of the two parties of the relation.

    A decline says of a manager what `DECLINED` has, unless so much was reached before that it is a
    good sign on the whole.
    """
    column = list(Relation).index(relation)
    # The last entry is for no reason, whose place is -1.
    table = np.array([*(DECLINED[reason][column] for reason in Reason), 0.0])
    grades = judgements.grades.astype(np.float64)
    own = (judgements.reasons < 0) | (grades > 0) | (relation is Relation.NEED_OUTCOME)
    return np.where(own, grades, table[judgements.reasons])


def _judged(
    judgements: Judgements, relation: Relation, shape: tuple[int, int]
) -> tuple[_Keys, _Floats, npt.NDArray[np.int32]]:
    keys, there = _keys(judgements, relation, shape)
    return keys, grades_of(judgements, relation)[there], judgements.days[there]


def _looks(
    shown: Impressions, relation: Relation, shape: tuple[int, int], examined: _Floats | None
) -> tuple[_Keys, _Floats]:
    """Each pair that was shown, and how often it was looked at, as far as that can be told."""
    keys, there = _keys(shown, relation, shape)
    probability = 1 / shown.positions if examined is None else examined
    pairs, at = np.unique(keys, return_inverse=True)
    return pairs, _sums(at, probability[there], len(pairs))


def _keys(
    rows: Judgements | Impressions, relation: Relation, shape: tuple[int, int]
) -> tuple[_Keys, npt.NDArray[np.bool_]]:
    """One number for each pair, and which rows have both parties."""
    left, right = rows.party(relation.left), rows.party(relation.right)
    there = (left != NOBODY) & (right != NOBODY)
    return left[there].astype(np.int64) * shape[1] + right[there], there


def _sums(at: _Keys, values: _Floats, count: int) -> _Floats:
    """float64[count]: the sum of the values at each place."""
    return np.bincount(at, values, count).astype(np.float64)


def _latest(at: _Keys, days: npt.NDArray[np.int32], count: int) -> npt.NDArray[np.int32]:
    """int32[count]: the last day of each pair, -1 without any."""
    last = np.full(count, -1, np.int32)
    np.maximum.at(last, at, days)
    return last


def _matrix(keys: _Keys, values: _Floats, most: float, shape: tuple[int, int]) -> sparse.csr_array:
    there = values > 0
    rows, columns = np.divmod(keys[there], max(shape[1], 1))
    capped = np.minimum(values[there], most).astype(np.float32)
    return sparse.csr_array((capped, (rows, columns)), shape=shape, dtype=np.float32)
