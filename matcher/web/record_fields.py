"""The fields of the forms of needs and outcomes, in five groups, with an example in each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto

from matcher.domain.enums import Noun

Pair = tuple[str, str]


class Kind(Enum):
    """How a field is filled in."""

    LINE = auto()
    TEXT = auto()
    WORDS = auto()
    FIELD = auto()
    PLACE = auto()
    MONEY = auto()
    MODES = auto()
    TRL = auto()
    DAY = auto()
    YES = auto()
    CIRCLE = auto()


@dataclass(frozen=True, slots=True)
class Input:
    """A field of a form. label, example: in both languages.

    for_others: only for those who write down what belongs to somebody else.
    """

    name: str
    kind: Kind
    label: Pair
    example: Pair = ("", "")
    for_others: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that belong together."""

    title: Pair
    inputs: tuple[Input, ...]


_KEYWORDS = Input(
    "keywords",
    Kind.WORDS,
    ("关键词", "Keywords"),
    ("例：石墨烯、耐磨涂层、导轨", "e.g. graphene, wear-resistant coating, guideway"),
)
_FIELD = Input("field", Kind.FIELD, ("技术领域", "Field"), ("例：新材料", "e.g. New Materials"))
_REGION = Input(
    "region", Kind.PLACE, ("地区", "Place"), ("例：浙江台州", "e.g. Hangzhou, or Zhejiang")
)
_SEES = ("谁能看到", "Who sees it")
_WHO = ("可见范围", "Who may know of it")
_CIRCLE_OF_NEED = Group(
    _SEES,
    (
        Input(
            "visibility",
            Kind.CIRCLE,
            _WHO,
            (
                "例：经理人可见，即本节点及上级节点的经理人和管理员，同行企业看不到；"
                "登录可见则同行企业也看得到",
                "e.g. technology managers only: those of the node and above it, and their admins, "
                "not other firms; anyone signed in: other firms, too",
            ),
        ),
    ),
)
_CIRCLE_OF_OUTCOME = Group(
    _SEES,
    (
        Input(
            "visibility",
            Kind.CIRCLE,
            _WHO,
            ("例：登录可见，能收到的匹配最多", "e.g. anyone signed in, so that most can find it"),
        ),
    ),
)
_OF_NEED = (
    Group(
        ("这是什么", "What it is"),
        (
            Input(
                "title",
                Kind.LINE,
                ("需求名称", "Title"),
                ("例：高档数控机床导轨耐磨涂层", "e.g. Wear-resistant coating for guideways"),
            ),
            _KEYWORDS,
            _FIELD,
            _REGION,
            Input(
                "organisation",
                Kind.LINE,
                ("需求单位", "Whose need it is"),
                ("例：单位名称或编号", "e.g. the name or id of an organisation"),
                for_others=True,
            ),
        ),
    ),
    Group(
        ("要解决的问题", "The problem"),
        (
            Input(
                "problem",
                Kind.TEXT,
                ("拟解决的技术难题", "What is to be solved"),
                (
                    "例：铸铁导轨 2000 小时后磨损超差，用于立式加工中心，希望用喷涂工艺解决",
                    "e.g. Cast-iron guideways of machining centres wear out after 2,000 h; "
                    "we think of a sprayed coating",
                ),
            ),
            Input(
                "foundation",
                Kind.TEXT,
                ("现有条件", "What you have already"),
                (
                    "例：已有喷涂设备，试过镀铬",
                    "e.g. spraying equipment; chrome plating was tried",
                ),
            ),
        ),
    ),
    Group(
        ("指标", "Figures"),
        (
            Input(
                "indicators",
                Kind.TEXT,
                ("技术指标", "Figures to be reached"),
                (
                    "例：寿命 2000 h → 5000 h，摩擦系数 <0.08",
                    "e.g. life 2,000 h → 5,000 h, coefficient of friction <0.08",
                ),
            ),
        ),
    ),
    Group(
        ("条件", "Terms"),
        (
            Input("budget", Kind.MONEY, ("预算", "Budget"), ("例：50-80万", "e.g. CNY 500k-800k")),
            Input(
                "coop_modes",
                Kind.MODES,
                ("合作方式", "Ways to work together"),
                ("例：技术开发，可多选", "e.g. technology development; choose as many as suit"),
            ),
            Input(
                "min_trl",
                Kind.TRL,
                ("最低技术成熟度", "Lowest TRL"),
                ("例：6 级，已在真实条件下演示", "e.g. 6: shown in relevant surroundings"),
            ),
            Input(
                "valid_until",
                Kind.DAY,
                ("截止日期", "Deadline"),
                ("例：2027-06-30，此后不再推荐", "e.g. 30/06/2027; not proposed after it"),
            ),
        ),
    ),
    _CIRCLE_OF_NEED,
)
_OF_OUTCOME = (
    Group(
        ("这是什么", "What it is"),
        (
            Input(
                "title",
                Kind.LINE,
                ("成果名称", "Title"),
                ("例：石墨烯增强导轨耐磨涂层", "e.g. Graphene-reinforced coating for guideways"),
            ),
            _KEYWORDS,
            _FIELD,
            _REGION,
            Input(
                "holder",
                Kind.LINE,
                ("完成单位", "Holder"),
                ("例：单位名称或编号", "e.g. the name or id of an organisation"),
                for_others=True,
            ),
        ),
    ),
    Group(
        ("做什么用", "What it does"),
        (
            Input(
                "summary",
                Kind.TEXT,
                ("简介", "What it is and how it works"),
                (
                    "例：用冷喷涂工艺在铸铁表面制备石墨烯增强涂层",
                    "e.g. A graphene-reinforced layer, cold-sprayed onto cast iron",
                ),
            ),
            Input(
                "applications",
                Kind.TEXT,
                ("应用场景", "What it is used for"),
                ("例：机床导轨、注塑机模板", "e.g. guideways of machine tools"),
            ),
        ),
    ),
    Group(
        ("指标", "Figures"),
        (
            Input(
                "advantages",
                Kind.TEXT,
                ("优势与实测数据", "Advantages, as measured"),
                (
                    "例：摩擦系数 0.06，寿命比镀铬提高 2.5 倍",
                    "e.g. coefficient of friction 0.06, life 2.5 times that of chrome",
                ),
            ),
        ),
    ),
    Group(
        ("条件", "Terms"),
        (
            Input("price", Kind.MONEY, ("价格", "Price"), ("例：40-60万", "e.g. CNY 400k-600k")),
            Input(
                "pay_after_use",
                Kind.YES,
                ("可先使用后付费", "May be paid after use"),
                ("例：先试用一年，见效后付费", "e.g. a year on trial, paid when it works"),
            ),
            Input(
                "transfer_modes",
                Kind.MODES,
                ("转化方式", "Ways to transfer it"),
                ("例：技术许可，可多选", "e.g. technology licence; choose as many as suit"),
            ),
            Input(
                "trl",
                Kind.TRL,
                ("技术成熟度", "TRL"),
                ("例：7 级，样机已在现场运行", "e.g. 7: a prototype runs on site"),
            ),
            Input(
                "ipr_status",
                Kind.LINE,
                ("知识产权状态", "Rights"),
                ("例：已授权发明专利 2 项", "e.g. two patents granted"),
            ),
            Input(
                "valid_until",
                Kind.DAY,
                ("有效期至", "Offered until"),
                ("例：2027-12-31，此后不再推荐", "e.g. 31/12/2027; not proposed after it"),
            ),
        ),
    ),
    _CIRCLE_OF_OUTCOME,
)
GROUPS: Mapping[Noun, tuple[Group, ...]] = {Noun.NEED: _OF_NEED, Noun.OUTCOME: _OF_OUTCOME}
"""The form of each noun, from its top."""
MONEY: Mapping[str, tuple[str, str]] = {
    "budget": ("budget_min", "budget_max"),
    "price": ("price_min", "price_max"),
}
"""Fields that are one text in a form and two amounts in a record."""


def groups_for(noun: Noun, *, others: bool) -> tuple[Group, ...]:
    """The groups of a form. others: whether it may be about somebody else's."""
    return tuple(
        Group(group.title, tuple(one for one in group.inputs if others or not one.for_others))
        for group in GROUPS[noun]
    )


def inputs_of(noun: Noun) -> Iterator[Input]:
    """All fields of a form."""
    return (one for group in GROUPS[noun] for one in group.inputs)
