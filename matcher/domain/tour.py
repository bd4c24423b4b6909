"""Tour 导览: how far somebody has been shown around when they first came."""

from __future__ import annotations

from dataclasses import dataclass, replace

from matcher.errors import InvalidValue


@dataclass(frozen=True, slots=True)
class Tour:
    """step: how many stops are behind; over: all of them, or no more are wanted."""

    step: int = 0
    over: bool = False

    def __post_init__(self) -> None:
        if self.step < 0:
            raise InvalidValue("A tour begins at stop 0.", field="step")

    def moved(self, by: int, stops: int) -> Tour:
        """The same further on, or back, among so many stops; past the last one it is over."""
        step = max(0, self.step + by)
        return replace(self, step=min(step, stops), over=step >= stops)
