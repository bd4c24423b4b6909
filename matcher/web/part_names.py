"""The parts of a score by name, with how much of it each is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from matcher.web.say import Say

NAMES: Mapping[str, tuple[str, str]] = {
    "concepts": ("术语相符", "Terms in common"),
    "content": ("内容相近", "Similar content"),
    "factors": ("同类对接的经验", "Experience with similar deals"),
    "collaborative": ("同类对接的经验（协同）", "Experience of those alike"),
    "uptake": ("以往受欢迎程度", "How it fared so far"),
    "trl": ("成熟度", "Readiness"),
    "region": ("地区", "Region"),
    "field": ("领域", "Field"),
    "price": ("价格", "Price"),
    "mode": ("合作方式", "Way of cooperating"),
    "fresh": ("信息新旧", "Freshness"),
    "detail": ("描述详略", "How much is stated"),
    "language": ("语言", "Language"),
    "grade": ("职级", "Grade"),
    "success": ("促成率", "Deals closed"),
    "response": ("响应速度", "Time to respond"),
    "room": ("余力", "Room for more"),
}
"""By feature of the ranking."""


@dataclass(frozen=True, slots=True)
class PartShown:
    """A part of a score: its name, what it adds, and its size beside the largest, 0 to 100."""

    name: str
    value: float
    width: int


def parts_shown(parts: Mapping[str, float], say: Say) -> tuple[PartShown, ...]:
    """The parts that count, the largest first. A part without a name here is told by its code."""
    counting = {name: value for name, value in parts.items() if round(value, 3)}
    largest = max(map(abs, counting.values()), default=1.0)
    ordered = sorted(counting.items(), key=lambda part: -part[1])
    return tuple(
        PartShown(say(*NAMES.get(name, (name, name))), value, round(100 * abs(value) / largest))
        for name, value in ordered
    )
