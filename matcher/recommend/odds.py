"""How likely two texts are one, as natural logarithms of odds: 0 is as likely as not.

The odds of a translation were fitted by logistic regression to pairs whose truth is known (halves
of bilingual records, patents, paragraphs of an encyclopaedia), also with most of the true partners
removed, as on a platform; a probability is then right at 0.65 in 95 of 100 or more. Fitted without
a set and tried on it, it was right in 80 to 98. Those of a repeated text were set on 16,000 grants,
the pairs near the line read by hand, by their titles and first differing words: many are a second
phase or a sister project, which no more than a title or a figure tells apart.
"""

from __future__ import annotations

import numpy as np

from matcher.recommend.likeness import Column, Likeness

_TRANSLATED = -5.3
_CONCEPTS, _MARGIN, _MUTUAL, _SHARED, _DIFFERING = 4.5, 7.0, 3.7, 1.0, -0.8
# A text that covers so much of the other, under so much the same title, is even odds.
_EVEN_COVERED, _EVEN_TITLE = 0.88, 0.9
_COVERED, _TITLE, _CONTRADICTED = 10.0, 8.0, -6.0


def odds_of_translation(alike: Likeness) -> Column:
    """float[n]: for texts in two languages."""
    odds: Column = (
        _TRANSLATED
        + _CONCEPTS * np.sqrt(np.maximum(alike.concepts, 0))
        + _MARGIN * alike.margin
        + _MUTUAL * alike.mutual
        + _SHARED * np.log1p(alike.shared)
        + _DIFFERING * np.log1p(alike.differing.sum(axis=1))
    )
    return odds


def odds_of_repetition(alike: Likeness, titles: Column) -> Column:
    """float[n]: for texts in one language. titles: how much one says of the other's, 0 to 1; NaN
    where one has none."""
    heading = np.nan_to_num(titles - _EVEN_TITLE, nan=0.0)
    odds: Column = (
        _COVERED * (alike.covered.min(axis=1) - _EVEN_COVERED)
        + _TITLE * heading
        + _CONTRADICTED * contradiction(alike)
    )
    return odds


def contradiction(alike: Likeness) -> Column:
    """float[n], 0 to 1: of the figures, those for which the two have different ones.

    A text with some more figures contradicts nothing: it says more.
    """
    instead = alike.differing.min(axis=1)
    found: Column = instead / np.maximum(alike.shared + instead, 1)
    return found


def probability(odds: float) -> float:
    """0 to 1."""
    return float(1 / (1 + np.exp(-odds)))
