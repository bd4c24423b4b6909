"""What pages say of imports: kinds, fields, what becomes of rows, and what is to be done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

from matcher.actions.import_findings import Group
from matcher.actions.import_report import Action, PlanCode
from matcher.actions.taking_back import Fate
from matcher.domain.enums import Noun
from matcher.files.column_guess import Sureness
from matcher.files.notices import Code
from matcher.files.row_report import RowCode
from matcher.files.sheet_columns import COLUMNS, INTERACTION
from matcher.store.imports import ImportState, RowAction
from matcher.web.say import Say

Pair = tuple[str, str]

KINDS: Mapping[str, Pair] = {
    Noun.OUTCOME.value: ("科技成果", "Outcomes"),
    Noun.NEED.value: ("技术需求", "Needs"),
    Noun.MANAGER.value: ("技术经理人", "Technology managers"),
    Noun.ORGANISATION.value: ("单位", "Organisations"),
    INTERACTION: ("互动记录", "Interactions"),
    Noun.FOLLOW_UP.value: ("跟进", "Follow-ups"),
}
"""What a file may hold."""
ABOUT_KINDS: Mapping[str, Pair] = {
    Noun.OUTCOME.value: ("登记表、成果库导出", "registers, listings"),
    Noun.NEED.value: ("难题、揭榜、需求征集", "problems, challenges"),
    Noun.MANAGER.value: ("专长与业绩", "expertise and deals"),
    Noun.ORGANISATION.value: ("高校、院所、企业", "universities, institutes, firms"),
    INTERACTION: ("谁与谁对接过", "who dealt with what"),
    Noun.FOLLOW_UP.value: ("在办与已结的对接", "deals under way and done"),
}
GROUPS: Mapping[Group, Pair] = {
    Group.NEW: ("新增", "New"),
    Group.CHANGED: ("更新", "Changed"),
    Group.UNCHANGED: ("未变", "Unchanged"),
    Group.NOTED: ("已修复或有提示", "Repaired or noted"),
    Group.REFUSED: ("不能导入", "Refused"),
    Group.DUPLICATE: ("重复或合计行", "Repeated or totals"),
    Group.CORRECTED: ("您改正的", "Corrected by you"),
}
ABOUT_GROUPS: Mapping[Group, Pair] = {
    Group.NEW: ("系统中还没有", "not here yet"),
    Group.CHANGED: ("与系统中的不同", "differ from what is here"),
    Group.UNCHANGED: ("与系统中的一样", "as they are here"),
    Group.NOTED: ("会导入，请看一眼", "imported; worth a look"),
    Group.REFUSED: ("要改，或不导入", "to be mended or left out"),
    Group.DUPLICATE: ("只算一次", "count once"),
    Group.CORRECTED: ("文件本身不变", "the file stays as it is"),
}
ACTIONS: Mapping[Action, Pair] = {
    Action.CREATED: ("新增", "new"),
    Action.UPDATED: ("更新", "changed"),
    Action.RESTORED: ("恢复", "restored"),
    Action.UNCHANGED: ("未变", "unchanged"),
    Action.SKIPPED: ("跳过", "passed over"),
    Action.REFUSED: ("不能导入", "refused"),
}
ROW_ACTIONS: Mapping[RowAction, Pair] = {
    RowAction.CREATED: ("新增", "new"),
    RowAction.UPDATED: ("更新", "changed"),
    RowAction.UNCHANGED: ("未变", "unchanged"),
    RowAction.REFUSED: ("不能导入", "refused"),
}
PASSED_OVER: Pair = ("跳过", "passed over")
"""Of a row that repeats another or sums them up; it is kept as unchanged."""
STATES: Mapping[ImportState, Pair] = {
    ImportState.STARTED: ("未完成", "not finished"),
    ImportState.DONE: ("已导入", "imported"),
    ImportState.UNDONE: ("已撤销", "undone"),
}
FATES: Mapping[Fate, Pair] = {
    Fate.DELETED: ("条本次新增的将被删除", "that it made will be deleted"),
    Fate.RESTORED: ("条将恢复为导入前的样子", "that it changed will be as before"),
    Fate.WITHDRAWN: (
        "条跟进将撤回（历史保留）",
        "follow-ups will be withdrawn; their history stays",
    ),
    Fate.LEFT: ("条此后又被改过，保持不动", "were changed since, and stay as they are"),
}
SURENESS: Mapping[Sureness, Pair] = {
    Sureness.SURE: ("确定", "sure"),
    Sureness.LIKELY: ("可能", "likely"),
    Sureness.UNKNOWN: ("不认识", "not known"),
    Sureness.ROW_NUMBER: ("只是行号，不读", "a row number, not read"),
}
_MEND: Pair = (
    "改正后重新检查；不改就不导入这一行。",
    "Mend it and check again, or leave the row out.",
)
_FINE: Pair = ("不必处理；不对就改。", "Nothing to do, unless it is wrong.")
CODES: Mapping[str, tuple[Pair, Pair]] = {
    RowCode.REPAIRED: (
        ("文字已修复，原文保留", "The text was repaired; the original is kept"),
        _FINE,
    ),
    RowCode.UNKNOWN_CODE: (
        ("分类表里没有，按原样保留", "Not in the lists of codes; kept as it came"),
        ("改成分类表里的名称或代码，匹配会更准。", "A name or code of the lists matches better."),
    ),
    RowCode.UNREAD_VALUE: (
        ("看不懂，这一格没有导入", "Not understood; this cell is left out"),
        ("改写后重新检查，或就这样导入。", "Write it otherwise, or import the row without it."),
    ),
    RowCode.NARROWED: (
        ("内部资料，最宽只给经理人看", "Internal: shown to brokers at the widest"),
        _FINE,
    ),
    RowCode.TOTAL_ROW: (("合计行，已跳过", "A row of totals; passed over"), _FINE),
    RowCode.DUPLICATE_ROW: (("与前面的行相同，只算一次", "The same as an earlier row"), _FINE),
    RowCode.DUPLICATE_ID: (
        ("编号重复，内容却不同", "Another row has this id and says something else"),
        ("删去一行的编号或改成别的编号。", "Give one of them an id of its own."),
    ),
    RowCode.BAD_ID: (("编号不能用", "The id can’t be used"), _MEND),
    RowCode.NO_TEXT: (
        ("没有名称也没有正文", "No title and no text"),
        ("填上名称或正文。", "Give it a title or a text."),
    ),
    RowCode.NOT_A_NUMBER: (("不是数字", "Not a number"), _MEND),
    RowCode.BELOW_ZERO: (("不能小于零", "Below zero"), _MEND),
    RowCode.UNREAD_VISIBILITY: (
        ("看不懂可见范围", "Who may see it isn’t understood"),
        ("写成：公开、成员、经理人或指定。", "Write public, members, brokers or named."),
    ),
    RowCode.CLASSIFIED: (
        ("涉密内容不得进入系统", "Classified: it has no place here"),
        ("请从文件中删去。", "Take it out of the file."),
    ),
    RowCode.MISSING_VALUE: (("缺少必填内容", "Something it can’t do without is missing"), _MEND),
    RowCode.WRONG_FORMAT: (("格式不对", "The format isn’t right"), _MEND),
    RowCode.INVALID_VALUE: (("内容不能用", "The value can’t be used"), _MEND),
    PlanCode.UNKNOWN_REFERENCE: (
        ("所指的记录不存在", "It names a record that isn’t here"),
        ("先导入那条记录，或改正编号。", "Import that record first, or correct the id."),
    ),
    PlanCode.UNKNOWN_NODE: (("没有这个节点", "There is no such node"), _MEND),
    PlanCode.OTHER_NODE: (
        ("属于别的节点，您不能改", "It belongs to a node that isn’t yours"),
        ("不导入这一行，或给来源起个名称。", "Leave the row out, or name your source."),
    ),
    PlanCode.CONTRADICTION: (
        ("与跟进现在的状态矛盾", "The follow-up can’t take this step"),
        _MEND,
    ),
    PlanCode.WAS_DELETED: (("曾被删除，将恢复", "Was deleted and is restored"), _FINE),
    PlanCode.OTHER_TITLE: (
        ("名称完全不同", "A wholly different title"),
        (
            "不是同一项，就给这一行另一个编号，或给来源起个名称。",
            "If it isn’t the same, give the row another id, or name your source.",
        ),
    ),
    PlanCode.WAS_MERGED: (
        ("已并入另一条，那一条不变", "Was merged into another, which stays"),
        _FINE,
    ),
}
"""By code of a problem: what it is, and what to do."""
_PLAIN = frozenset(
    (
        *(RowCode.NARROWED, RowCode.TOTAL_ROW, RowCode.NO_TEXT, RowCode.BELOW_ZERO),
        *(RowCode.UNREAD_VISIBILITY, RowCode.CLASSIFIED),
        *(PlanCode.WAS_DELETED, PlanCode.OTHER_NODE, PlanCode.OTHER_TITLE),
    )
)
"""What these codes say is all there is to say: the exact words would only repeat it."""
_OF_A_CELL = frozenset((RowCode.UNKNOWN_CODE, RowCode.REPAIRED, RowCode.NOT_A_NUMBER))
"""The same where the text of the cell stands beside it."""
_OTHER: tuple[Pair, Pair] = (
    (
        "编号 {id} 原来是“{was}”，将变成“{now}”。是同一项吗？",
        "{id} was “{was}” and becomes “{now}”. Is it the same?",
    ),
    (
        "编号 {id} 原来是“{was}”，现在是“{now}”。是同一项吗？",
        "{id} was “{was}” and is “{now}” now. Is it the same?",
    ),
)
"""Before the import, and after it."""
_REPEATING: Mapping[str, Pair] = {
    RowCode.DUPLICATE_ROW: ("与第 {row} 行相同，只算一次", "The same as row {row}; counts once"),
    RowCode.DUPLICATE_ID: (
        "与第 {row} 行的编号相同，内容却不同",
        "Row {row} has the same id and says something else",
    ),
}
NOTICES: Mapping[str, Pair] = {
    Code.LEGACY_ENCODING: ("文件不是 UTF-8 编码，已按识别的编码读取", "Read in an older encoding"),
    Code.CHARACTERS_REMOVED: ("去掉了看不见的控制字符", "Control characters were removed"),
    Code.CHARACTERS_LOST: ("有些字在文件里已经丢失", "Some characters were lost before"),
    Code.CELLS_WITHOUT_HEADER: ("表头之外的格子没有读", "Cells beyond the header aren’t read"),
    Code.TOTAL_ROW: ("合计行已跳过", "Rows of totals are passed over"),
    Code.UNMAPPED_COLUMNS: ("有些列没有读", "Some columns aren’t read"),
    Code.COLUMNS_NOT_KEPT: ("有些列没有地方存放", "Some columns have no place in a record"),
    Code.NO_TEXT_COLUMN: ("没有一列是正文", "No column is a text"),
    Code.IDS_FROM_CONTENT: (
        "没有编号的行，编号由内容生成：改过的行会成为新记录",
        "Rows without an id get one made of what they say: an edited row is a new record",
    ),
}
_NOTICES_ABOUT: Mapping[str, Pair] = {
    Code.UNMAPPED_COLUMNS: ("没有读的列：{names}", "Columns that aren’t read: {names}"),
    Code.COLUMNS_NOT_KEPT: (
        "没有地方存放的列：{names}",
        "Columns that have no place in a record: {names}",
    ),
}
_FIELDS: Mapping[str, Pair] = {
    "price": ("意向价格（一格）", "Price (one cell)"),
    "budget": ("预算（一格）", "Budget (one cell)"),
    "text": ("正文", "Text"),
    "visibility": ("可见范围", "Visibility"),
    "secrecy": ("密级", "Secrecy"),
    "lang": ("语言", "Language"),
    "country": ("国家", "Country"),
    "portfolio": ("业绩", "Track record"),
    "title": ("名称", "Title"),
    "title_en": ("名称（英文）", "Title (English)"),
}


def kind_name(noun: str, say: Say) -> str:
    """What the rows of a file are."""
    return say(*KINDS[noun]) if noun in KINDS else noun


def field_name(noun: str, field: str, say: Say) -> str:
    """The name of a field as a sheet of ours heads it."""
    named: StrEnum | None = next((one for one in COLUMNS[noun] if one.value == field), None)
    if named is not None:
        return say.label(named)
    return say(*_FIELDS[field]) if field in _FIELDS else field


def problem_words(code: str, say: Say) -> tuple[str, str]:
    """What a problem is, and what to do."""
    what, act = CODES[code]
    return say(*what), say(*act)


def problem_told(
    told: Mapping[str, str], id_: str, found: str, say: Say, *, done: bool = False
) -> tuple[str, str, str]:
    """A problem that was kept with a row: what it is, what to do, and exactly, in English, where
    that says more. found: the text that it is about; done: whether the row is imported."""
    code = told["code"]
    what, act = problem_words(code, say)
    plain = code in _PLAIN or (found and code in _OF_A_CELL)
    if code in _REPEATING and told.get("earlier"):
        what, plain = say(*_REPEATING[code], row=told["earlier"]), True
    if code == PlanCode.OTHER_TITLE and "was" in told:
        what = say(*_OTHER[done], id=id_, was=told["was"], now=told.get("now", ""))
    exact = " ".join(filter(None, (told["message"], told.get("hint"))))
    return what, act, "" if plain else exact


def notice_told(code: str, message: str, about: Sequence[str], say: Say) -> str:
    """What is to be said of a whole file."""
    if about and code in _NOTICES_ABOUT:
        return say(*_NOTICES_ABOUT[code], names=say("、", ", ").join(about))
    return say(*NOTICES[code]) if code in NOTICES else message


def no_text_told(noun: str, field: str, say: Say) -> str:
    """What is lost where no column holds a text, and what to do."""
    return say(
        "没有一列是正文：只会导入标题，匹配会差很多。请为一列选择“{field}”。",
        "No column is a text: only titles are imported, and matching suffers for it. Choose"
        " “{field}” for one of them.",
        field=field_name(noun, field, say),
    )
