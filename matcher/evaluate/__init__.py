"""How good a ranking is: metrics with intervals, and the comparison of two rankings."""
