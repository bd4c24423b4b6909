"""The plots of a node's figures: bars with their numbers beside them, and a sentence for each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from matcher.actions.contact_times import BOUNDS, ContactTimes
from matcher.actions.exposure import Parties
from matcher.actions.quality import Quality
from matcher.actions.uptake_by_place import PLACES, UptakeByPlace
from matcher.domain.enums import FollowUpState
from matcher.web.latency import Latency, together
from matcher.web.say import Say

BOUNDS_SHOWN = (0.03, 0.09, 0.15, 0.3, 0.6, 1.0, 2.5)
FEW = 20
"""Below so many a sentence says that they are few."""


@dataclass(frozen=True, slots=True)
class Bar:
    """width, low, high: 0 to 100 of the plot's breadth; low and high are the ends of an interval,
    None without one."""

    name: str
    told: str
    width: float
    more: str = ""
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Bars:
    """says: what it shows today; columns: what names, numbers and the rest beside the bars are."""

    id: str
    title: str
    says: str
    columns: tuple[str, str, str]
    bars: tuple[Bar, ...]
    note: str = ""


def funnel(found: Quality, say: Say) -> Bars:
    """How far proposals come."""
    stages = [one for one in found.funnel if one.reached is not None]
    reached = {one.state: one.reached or 0 for one in stages}
    first, taken = reached[FollowUpState.SUGGESTED], reached[FollowUpState.ACCEPTED]
    signed = reached[FollowUpState.CONTRACT_SIGNED]
    if not first:
        says = say("还没有跟进，也就没有漏斗。", "There are no follow-ups yet, and so no funnel.")
    else:
        says = say(
            "{a} 项跟进中 {b} 项被接受（{c}），{d} 项签约。",
            "Of {a} follow-ups {b} were accepted ({c}), {d} came to a contract.",
            a=say.number(first),
            b=say.number(taken),
            c=say.percent(taken / first),
            d=say.number(signed),
        )
    bars = tuple(
        Bar(
            say.label(one.state),
            say.number(one.reached or 0),
            _width(one.reached or 0, first),
            say.number(one.now),
        )
        for one in stages
    )
    columns = (say("阶段", "Stage"), say("到达过", "Came so far"), say("现在", "Are there now"))
    return Bars("funnel", say("对接漏斗", "How far proposals come"), says, columns, bars)


def contact(found: ContactTimes, say: Say) -> Bars:
    """How soon parties are contacted."""
    total = sum(found.counts)
    if not total:
        says = say(
            "{d}以来没有接受后联系的记录；{n} 项还在等。",
            "No contact after an acceptance since {d}; {n} wait for one.",
            d=say.date(found.since),
            n=found.waiting,
        )
    else:
        says = say(
            "一半在接受后 {d} 天内联系；{n} 项还在等第一次联系。",
            "Half are contacted within {d} days of acceptance; {n} wait for it.",
            d=say.number(found.days or 0, 1),
            n=found.waiting,
        )
    names = _bins(say)
    most = max(found.counts, default=0)
    bars = tuple(
        Bar(name, say.number(count), _width(count, most), _share(count, total, say))
        for name, count in zip(names, found.counts, strict=True)
    )
    columns = (say("接受之后", "After acceptance"), say("对接", "Pairs"), say("占比", "Share"))
    title = say("首次联系用时", "Time to first contact")
    return Bars("contact", title, says, columns, bars if total else ())


def by_place(found: UptakeByPlace, say: Say) -> Bars:
    """How much is taken up at each place of a list."""
    shown, taken = (
        sum(getattr(one, name) for one in found.uptakes) for name in ("shown", "accepted")
    )
    if not shown:
        says = say(
            "{d}以来没有人看过推荐。",
            "Nobody has looked at a list since {d}.",
            d=say.date(found.since),
        )
    else:
        top = sum(one.accepted for one in found.uptakes if one.place <= 3)
        says = say(
            "{n} 次展示中接受 {k} 次（{p}），其中 {t} 次在前三位。",
            "Of {n} showings {k} were accepted ({p}), {t} of them at the first three places.",
            n=say.number(shown),
            k=say.number(taken),
            p=say.percent(taken / shown),
            t=say.number(top),
        )
    most = max((one.high for one in found.uptakes), default=0)
    bars = tuple(
        Bar(
            say("{n} 位以后", "below {n}", n=PLACES)
            if one.place > PLACES
            else say("第 {n} 位", "place {n}", n=one.place),
            f"{100 * one.share:.1f}%",
            _width(one.share, most),
            f"{say.number(one.accepted)} / {say.number(one.shown)}",
            _width(one.low, most),
            _width(one.high, most),
        )
        for one in found.uptakes
    )
    columns = (
        say("位次", "Place"),
        say("接受率", "Accepted"),
        say("接受 / 展示", "Accepted / shown"),
    )
    title = say("各位次的接受率", "Acceptance by place in the list")
    note = say("横线是 95% 区间。", "Lines are 95% intervals.") if bars else ""
    return Bars("places", title, says, columns, bars, note)


def latency(found: Sequence[Latency], say: Say) -> Bars:
    """How fast this service answers."""
    whole = together(found)
    half, most = whole.quantile(0.5), whole.quantile(0.95)
    if half is None or most is None:
        says = say("启动以来还没有请求。", "Nothing has been asked since the start.")
    else:
        says = say(
            "启动以来 {n} 个请求，一半在 {a} 毫秒内答复，95% 在 {b} 毫秒内。",
            "Of {n} requests since the start half were answered within {a} ms, 95% within {b} ms.",
            n=say.number(whole.count),
            a=say.number(1000 * half),
            b=say.number(1000 * most),
        )
    counts = [whole.within(bound) for bound in BOUNDS_SHOWN]
    bars = tuple(
        Bar(
            _within(bound, say),
            _share(count, whole.count, say),
            _width(count, whole.count),
            say.number(count),
        )
        for bound, count in zip(BOUNDS_SHOWN, counts, strict=True)
    )
    columns = (say("答复", "Answered"), say("占比", "Share"), say("请求", "Requests"))
    title = say("响应时间", "Time to answer")
    return Bars("latency", title, says, columns, bars if whole.count else ())


def spread_words(one: Parties, say: Say) -> str:
    """How evenly managers are shown, in a sentence."""
    if one.gini is None or one.coverage is None:
        return say(
            "{n} 位经理人，都还没有看过推荐。",
            "None of {n} managers has looked at a list yet.",
            n=one.parties,
        )
    interval = ""
    if one.gini.low is not None and one.gini.high is not None:
        interval = f" [{one.gini.low:.2f}, {one.gini.high:.2f}]"
    return say(
        "{n} 位经理人中 {k} 位看到过推荐；基尼系数 {g}（0 为完全平均）。",
        "{k} of {n} managers were shown something; the Gini index is {g} (0 is even).",
        n=say.number(one.parties),
        k=say.number(one.shown),
        g=f"{one.gini.value:.2f}{interval}",
    )


def polyline(curve: Iterable[float], size: int = 100) -> str:
    """The points of a Lorenz curve in a square, from its lower left corner."""
    points = tuple(curve)
    steps = max(1, len(points) - 1)
    return " ".join(
        f"{size * place / steps:.1f},{size - size * value:.1f}"
        for place, value in enumerate(points)
    )


def _within(seconds: float, say: Say) -> str:
    if seconds < 1:
        return say("{n} 毫秒内", "within {n} ms", n=round(1000 * seconds))
    return say("{n} 秒内", "within {n} s", n=say.number(seconds, 1))


def _bins(say: Say) -> tuple[str, ...]:
    within = (say("{n} 天内", "within {n} d", n=bound) for bound in BOUNDS)
    return (*within, say("{n} 天以上", "later than {n} d", n=BOUNDS[-1]))


def _width(value: float, most: float) -> float:
    return round(100 * value / most, 1) if most else 0.0


def _share(count: int, total: int, say: Say) -> str:
    return say.percent(count / total) if total else "–"
