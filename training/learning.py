"""The methods that the product learns by."""

from __future__ import annotations

from training.boosting import learned_with_trees
from training.feedback import read_feedback
from training.figures import figures_of
from training.methods import Methods

METHODS = Methods(read_feedback, learned_with_trees, figures_of)
