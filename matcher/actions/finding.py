"""What was looked at and how it was found."""

from __future__ import annotations

from typing import NamedTuple


class Finding(NamedTuple):
    """What was looked at, whether it is as it should be, and what was found or is to be done."""

    subject: str
    ok: bool
    detail: str

    def line(self) -> str:
        """The finding for people."""
        return f"{'ok' if self.ok else 'NO'}  {self.subject}: {self.detail}"
