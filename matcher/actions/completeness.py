"""What a need or an outcome doesn't say yet that others look for: rules made by hand.

They look for words and numbers in the texts and for facts that are stated. They don't judge what
is said, and nobody has measured what each is worth.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from matcher.domain.need import Need
from matcher.domain.outcome import Outcome


class Aspect(StrEnum):
    """What is looked for, in the order in which it is asked for."""

    TITLE = "title"
    SUBJECT = "subject"
    METHOD = "method"
    EFFECT = "effect"
    INDICATOR = "indicator"
    APPLICATION = "application"
    MONEY = "money"
    MODES = "modes"
    TRL = "trl"
    DEADLINE = "deadline"
    FIELD = "field"
    REGION = "region"


@dataclass(frozen=True, slots=True)
class Completeness:
    """What a record says, and what it doesn't, each in the order of `Aspect`."""

    said: tuple[Aspect, ...]
    missing: tuple[Aspect, ...]

    @property
    def percent(self) -> int:
        """How many of all are said, 0 to 100."""
        return round(100 * len(self.said) / (len(self.said) + len(self.missing)))


def completeness(record: Need | Outcome) -> Completeness:
    """Look through a record."""
    text = "\n".join(record.pieces())
    said = {aspect for aspect, rule in _RULES.items() if rule(record, text)}
    missing = tuple(aspect for aspect in Aspect if aspect not in said)
    return Completeness(tuple(aspect for aspect in Aspect if aspect in said), missing)


KEYWORDS = 3
"""From this many on, keywords say what it is about."""
_LEAST_TITLE, _LEAST_WORDS = 6, 3
_SUBJECTS = re.compile(
    "材料|合金|金属|钢|铝|铜|钛|镁|镍|陶瓷|塑料|橡胶|树脂|纤维|玻璃|石墨|涂层|薄膜|催化剂|粉末|溶液|电池|芯片"
    "|传感器|电机|轴承|齿轮|导轨|刀具|模具|泵|阀|基因|蛋白|菌|细胞|药|种子|作物|土壤|废水|污水|废气|图像|数据"
    r"|\b(?:materials?|alloys?|metals?|steel|alumini?um|copper|titanium|ceramics?|plastics?|polymers?"
    r"|rubber|resins?|fib(?:er|re)s?|glass|graphene|coatings?|films?|catalysts?|powders?|batter(?:y|ies)"
    r"|chips?|sensors?|motors?|bearings?|gears?|guideways?|tools?|mou?lds?|pumps?|valves?|genes?"
    r"|proteins?|cells?|drugs?|seeds?|crops?|soils?|wastewater|images?|data)\b",
    re.IGNORECASE,
)
_METHODS = re.compile(
    "工艺|方法|算法|模型|焊接|切削|喷涂|沉积|烧结|铸造|锻造|轧制|热处理|打印|合成|提取|分离|过滤|吸附|发酵|培养"
    "|检测|测量|识别|控制|仿真|优化|加工|制备|设计|采用|通过|利用"
    r"|\b(?:process(?:es|ing)?|methods?|algorithms?|models?|weld\w*|cutting|spray\w*|deposit\w*"
    r"|sinter\w*|cast(?:ing)?|forg\w+|rolling|heat[ -]treat\w*|print\w*|synthes\w+|extract\w*"
    r"|separat\w+|filter\w*|adsor\w+|ferment\w*|detect\w*|measur\w+|recogni\w+|control\w*|simulat\w+"
    r"|optimi\w+|machining|design\w*|using|by means of)\b",
    re.IGNORECASE,
)
_APPLICATIONS = re.compile(
    "用于|用在|应用|适用|场景|产线|生产线|车间|行业|领域"
    r"|\b(?:used (?:in|for|on)|application|applied|for use|production line|plants?|workshop"
    r"|industry)\b",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"\d")
_BY_HOW_MUCH = re.compile(
    r"\d[^\n]{0,12}(?:→|->|提高到|提升到|提升至|提高至|降到|降至|降低到|减少到|缩短到|缩短至|\bto\b)[^\n]{0,8}\d"
    r"|(?:提高|提升|增加|延长|降低|减少|下降|缩短|节省|节约|优于|低于|高于|不低于|不高于)[^\n]{0,12}\d"
    r"|\d(?:\.\d+)?\s*(?:倍|times\b|fold\b)"
    r"|(?:by|from|below|above|under|over|at least|at most|less than|more than)\s+\d"
    r"|[<>≤≥＜＞]\s*=?\s*\d",
    re.IGNORECASE,
)

Rule = Callable[[Need | Outcome, str], bool]


def _titled(record: Need | Outcome, _: str) -> bool:
    title = record.title or record.title_en
    return len(title) >= _LEAST_TITLE * 3 or (
        len(title) >= _LEAST_TITLE and (not title.isascii() or len(title.split()) >= _LEAST_WORDS)
    )


def _about(record: Need | Outcome, text: str) -> bool:
    words = {*record.keywords, *record.keywords_en}
    return len(words) >= KEYWORDS or bool(_SUBJECTS.search(text))


def _measured(record: Need | Outcome, _: str) -> bool:
    told = (
        (record.indicators, record.indicators_en)
        if isinstance(record, Need)
        else (record.advantages, record.advantages_en)
    )
    return any(_FIGURE.search(text) for text in told)


def _applied(record: Need | Outcome, text: str) -> bool:
    if isinstance(record, Outcome) and (record.applications or record.applications_en):
        return True
    return bool(_APPLICATIONS.search(text))


def _priced(record: Need | Outcome, _: str) -> bool:
    if isinstance(record, Need):
        return record.budget is not None
    return record.price is not None or record.pay_after_use


def _moded(record: Need | Outcome, _: str) -> bool:
    return bool(record.coop_modes if isinstance(record, Need) else record.transfer_modes)


def _mature(record: Need | Outcome, _: str) -> bool:
    return (record.min_trl if isinstance(record, Need) else record.trl) is not None


def _dated(record: Need | Outcome, _: str) -> bool:
    challenge = record.challenge if isinstance(record, Need) else None
    return bool(record.valid_until or (challenge and challenge.deadline))


_RULES: Mapping[Aspect, Rule] = {
    Aspect.TITLE: _titled,
    Aspect.SUBJECT: _about,
    Aspect.METHOD: lambda _, text: bool(_METHODS.search(text)),
    Aspect.EFFECT: lambda _, text: bool(_BY_HOW_MUCH.search(text)),
    Aspect.INDICATOR: _measured,
    Aspect.APPLICATION: _applied,
    Aspect.MONEY: _priced,
    Aspect.MODES: _moded,
    Aspect.TRL: _mature,
    Aspect.DEADLINE: _dated,
    Aspect.FIELD: lambda record, _: bool(record.field),
    Aspect.REGION: lambda record, _: bool(record.region),
}
