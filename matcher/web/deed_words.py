"""What was done, in words: a phrase for every verb of an event, and the kinds that they are of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from matcher.domain.enums import FollowUpState, Noun
from matcher.domain.job import JobKind
from matcher.domain.labels import Labelled
from matcher.web.say import Say

Pair = tuple[str, str]


class DeedKind(Labelled):
    """Deeds that one looks for together."""

    RECORDS = "records", "记录", "records"
    DUPLICATES = "duplicates", "重复记录", "duplicates"
    FOLLOW_UPS = "followups", "跟进", "follow-ups"
    INTERESTS = "interests", "意向", "interests"
    PLANS = "plans", "对接计划", "plans"
    ACCOUNTS = "accounts", "账户与登录", "accounts and signing in"
    PLATFORM = "platform", "平台与模型", "platform and models"
    JOBS = "jobs", "任务", "jobs"
    READS = "reads", "查看敏感内容与导出", "sensitive reads and exports"
    LISTS = "lists", "推荐列表的展示", "what lists showed"


_FIXED: Mapping[DeedKind, Mapping[str, Pair]] = {
    DeedKind.RECORDS: {
        "record_created": ("录入了", "entered"),
        "record_changed": ("修改了", "changed"),
        "record_removed": ("删除了", "removed"),
        "imported": ("导入了文件", "imported a file"),
        "import_undone": ("撤销了导入", "took an import back"),
        "prompted": ("提醒更新", "reminded the owner to look at"),
        "confirmed": ("确认仍然有效", "confirmed as still valid"),
    },
    DeedKind.DUPLICATES: {
        "merge_proposed": ("发现可能重复", "found that these may be one"),
        "merged": ("合并了", "merged"),
        "merge_rejected": ("认定不是重复", "found that these are not the same"),
        "unmerged": ("撤销了合并", "took the merge back of"),
    },
    DeedKind.FOLLOW_UPS: {
        "undone": ("撤回了刚才的决定", "took the last decision back on"),
        "noted": ("写了跟进记录", "wrote a note on"),
        "next_set": ("定了下一步", "set the next step of"),
        "contract_noted": ("填写了合同", "filled in the contract of"),
    },
    DeedKind.INTERESTS: {
        "interest_expressed": ("表达了意向", "expressed an interest in"),
        "interest_routed": ("意向转给了经理人", "routed an interest to a manager"),
        "interest_accepted": ("接受了意向", "accepted an interest in"),
        "interest_declined": ("谢绝了意向", "declined an interest in"),
        "interest_taken_back": ("收回了对意向的答复", "took the answer to an interest back"),
        "interest_withdrawn": ("撤回了意向", "withdrew an interest in"),
        "interest_need_named": ("为意向写明了需求", "named a need for an interest in"),
    },
    DeedKind.PLANS: {
        "plan_made": ("起草了对接计划", "drafted a docking plan"),
        "plan_line_added": ("在计划中加了一对", "added a pair to a plan"),
        "plan_line_moved": ("把计划中的一对改给别人", "gave a pair of a plan to another manager"),
        "plan_line_removed": ("从计划中移出一对", "took a pair out of a plan"),
        "plan_confirmed": ("确认了计划", "confirmed a plan"),
        "planned": ("按计划生成了跟进", "made a follow-up by a plan"),
        "plan_discarded": ("作废了计划", "discarded a plan"),
    },
    DeedKind.ACCOUNTS: {
        "account_added": ("新建了账户", "added an account"),
        "account_changed": ("修改了账户", "changed an account"),
        "roles_set": ("设定了角色", "set the roles of"),
        "account_enabled": ("启用了账户", "enabled an account"),
        "account_disabled": ("停用了账户", "disabled an account"),
        "password_set": ("设定了密码", "set the password of"),
        "token_made": ("新建了令牌", "made a token"),
        "token_revoked": ("吊销了令牌", "revoked a token"),
        "signed_in": ("登录了", "signed in"),
        "signed_out": ("退出了登录", "signed out"),
        "sign_in_failed": ("登录失败", "failed to sign in"),
        "locked_out": ("多次失败，登录被锁定", "failed too often and was locked out"),
        "unlocked": ("解除了登录锁定", "unlocked the sign-in of"),
    },
    DeedKind.PLATFORM: {
        "node_added": ("新增了节点", "added a node"),
        "node_renamed": ("给节点改了名", "renamed a node"),
        "trained": ("训练出模型", "trained a model"),
        "published": ("发布了模型", "published a model"),
        "forced": ("明知较差仍发布了模型", "published a model although it is worse"),
        "rolled_back": ("回退到模型", "went back to a model"),
        "models_removed": ("清理了旧模型", "removed old models"),
        "backed_up": ("做了备份", "made a backup"),
        "restored": ("恢复了备份", "restored a backup"),
        "schema_upgraded": ("升级了数据库", "upgraded the database"),
    },
    DeedKind.READS: {
        "read_accounts": ("查看了账户", "looked at accounts"),
        "read_tokens": ("查看了令牌", "looked at tokens of"),
        "read_contact": ("查看了联系方式", "looked at how to reach somebody about"),
        "read_guarded": ("查看了回避信息", "looked at who keeps away from whom"),
        "read_audit": ("查看了操作记录", "looked at what was done"),
    },
    DeedKind.LISTS: {
        "shown": ("在推荐列表里看到", "was shown in the list"),
        "explored": ("在推荐列表里看到（试探）", "was shown in the list, to explore"),
    },
}
_ABOUT_JOBS: Mapping[str, Pair] = {
    "asked": ("提出任务：{what}", "asked for a job: {what}"),
    "cancelled": ("取消了任务：{what}", "cancelled a job: {what}"),
    "retried": ("重做任务：{what}", "asked once more for a job: {what}"),
}
_MOVED: Pair = ("把跟进移到“{state}”", "moved a follow-up to “{state}”")
_EXPORTED: Pair = ("导出了{noun}", "exported: {noun}")
_EXPORTS = "read_export_"


def _all() -> Iterator[tuple[str, DeedKind, Pair]]:
    for kind, own in _FIXED.items():
        for verb, words in own.items():
            yield verb, kind, words
    for state in FollowUpState:
        words = (_MOVED[0].format(state=state.zh), _MOVED[1].format(state=state.en))
        yield state.value, DeedKind.FOLLOW_UPS, words
    for did, (zh, en) in _ABOUT_JOBS.items():
        for job in JobKind:
            words = (zh.format(what=job.zh), en.format(what=job.en))
            yield f"{did}_{job.value}", DeedKind.JOBS, words
    for noun in Noun:
        words = (_EXPORTED[0].format(noun=noun.zh), _EXPORTED[1].format(noun=noun.en))
        yield f"{_EXPORTS}{noun.value}", DeedKind.READS, words


DEEDS: Mapping[str, tuple[DeedKind, Pair]] = MappingProxyType(
    {verb: (kind, words) for verb, kind, words in _all()}
)
"""By verb: of which kind it is, and the phrase that goes between who did it and to what."""


def deed(verb: str, say: Say) -> str:
    """The phrase for the reader; a verb of a newer release by itself."""
    found = DEEDS.get(verb)
    return say(*found[1]) if found else verb.replace("_", " ")


def verbs_of(kind: DeedKind) -> tuple[str, ...]:
    """All verbs of a kind."""
    return tuple(verb for verb, (own, _) in DEEDS.items() if own is kind)
