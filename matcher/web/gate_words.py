"""What the gate said of a model, in words: how it compares with the one that was current then."""

from __future__ import annotations

from dataclasses import dataclass

from matcher.actions.ruling import Ruling
from matcher.evaluate.comparison import Comparison, Verdict
from matcher.web.say import Say

DIGITS = 3


@dataclass(frozen=True, slots=True)
class GateWords:
    """tone: good, bad, or "" for neither; says: the verdict; so: what may be done."""

    tone: str
    says: str
    so: str


def gate_words(ruling: Ruling, say: Say) -> GateWords:
    """For instance: better by .012 [.004, .020] than 0007-3fa94c01, 155 questions; may publish."""
    found = ruling.comparison
    if found is None:
        why = say("没有可比的：之后促成的需求太少", "not compared: too little was accepted since")
        return GateWords("", why, say("可以发布", "may be published"))
    if found.verdict is Verdict.WORSE:
        so = say("发布须说明理由", "to publish it, say why")
        return GateWords("bad", _against(found, ruling, say), so)
    tone = "good" if found.verdict is Verdict.BETTER else ""
    return GateWords(tone, _against(found, ruling, say), say("可以发布", "may be published"))


def difference_words(found: Comparison, say: Say) -> str:
    """The difference alone: better by .012 [.004, .020]."""
    value, low, high = found.difference, found.low, found.high
    if found.verdict is Verdict.UNDECIDED:
        text = f"{signed(value)} [{signed(low)}, {signed(high)}]"
        return say("看不出差别：{x}", "no difference shown: {x}", x=text)
    if found.verdict is Verdict.BETTER:
        text = f"{plain(value)} [{plain(low)}, {plain(high)}]"
        return say("更好，高 {x}", "better by {x}", x=text)
    text = f"{plain(-value)} [{plain(-high)}, {plain(-low)}]"
    return say("更差，低 {x}", "worse by {x}", x=text)


def plain(value: float) -> str:
    """A figure below 1 without its leading 0, as figures are written: .012."""
    text = f"{abs(value):.{DIGITS}f}"
    short = text.removeprefix("0") if abs(value) < 1 else text
    return f"−{short}" if round(value, DIGITS) < 0 else short


def signed(value: float) -> str:
    """The same with its sign."""
    return plain(value) if round(value, DIGITS) < 0 else f"+{plain(value)}"


def _against(found: Comparison, ruling: Ruling, say: Say) -> str:
    told = difference_words(found, say)
    return say(
        "{told}（与 {other} 比，{n} 个问题）",
        "{told} than {other}, {n} questions"
        if found.verdict is not Verdict.UNDECIDED
        else "{told} to {other}, {n} questions",
        told=told,
        other=ruling.against or "",
        n=found.queries,
    )
