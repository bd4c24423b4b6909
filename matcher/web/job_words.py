"""The words for jobs in both languages: what they do, their steps, and why they fail."""

from __future__ import annotations

from collections.abc import Mapping

from matcher.domain.job import Job, JobKind
from matcher.web.import_words import kind_name
from matcher.web.say import Say

Pair = tuple[str, str]
TRAINING: Mapping[str, Pair] = {
    "ingest": ("读取记录与反馈", "Read records and feedback"),
    "features": ("学习并索引文本", "Learn from texts and index them"),
    "rehearse": ("隐去最近几天先学一遍", "Learn once without the last days"),
    "fit": ("从全部反馈学习", "Learn from all feedback"),
    "evaluate": ("在最近几天上评测", "Measure on the last days"),
    "write": ("与当前模型比较并写入", "Compare with the current model and write"),
}
"""The steps of a training in their order; each is told once it is done."""
_TITLES: Mapping[JobKind, Pair] = {
    JobKind.IMPORT: ("导入{noun}：{file}", "Import of {noun}: {file}"),
    JobKind.IMPORT_UNDO: ("撤销导入：{file}", "Taking back the import: {file}"),
    JobKind.TRAINING: ("训练新模型", "Training a new model"),
    JobKind.PUBLISH: ("发布模型 {version}", "Publishing the model {version}"),
    JobKind.ROLLBACK: ("回退到模型 {version}", "Going back to the model {version}"),
    JobKind.COMPARISON: ("比较两个模型", "Comparing two models"),
    JobKind.PLAN: ("起草对接计划", "Drafting a docking plan"),
    JobKind.EXPORT: ("导出{noun}", "Export of {noun}"),
    JobKind.PROMPTS: ("提醒更新过期信息", "Reminding owners of old listings"),
    JobKind.NOTICES: ("发送提醒", "Telling everybody what is new"),
}
_REHEARSAL: Pair = ("检查{noun}文件：{file}", "Check of {noun}: {file}")
STEPS: Mapping[str, Pair] = {
    "rows": ("读取各行", "Reading rows"),
    "records": ("处理记录", "Going through records"),
    "listings": ("查看信息", "Looking at listings"),
    "needs": ("逐个需求", "Need by need"),
    "news": ("查看有什么新情况", "Looking for what is new"),
    "accounts": ("逐个账户", "Account by account"),
    "mail": ("发送邮件", "Sending mail"),
    "training": ("准备训练", "Getting ready to train"),
    "publish": ("切换模型", "Switching models"),
    "rollback": ("切换模型", "Switching models"),
    "comparison": ("把相同的问题交给两个模型", "Asking both models the same questions"),
    **TRAINING,
}
"""What is being done, by the name that the job gives it."""
_LATER: Pair = ("稍后会自动再试。", "It is tried again by itself.")
_FAULTS: Mapping[str, tuple[Pair, Pair]] = {
    "import_refused": (
        ("有些行不能导入，所以什么也没有导入", "Some rows can’t be imported, so nothing was"),
        ("改正这些行，或不导入它们。", "Mend them, or leave them out."),
    ),
    "unreadable_file": (
        ("文件读不了，什么也没有导入", "The file can’t be read; nothing was imported"),
        ("用 Excel 打开，另存为 .xlsx 或 CSV UTF-8 再试。", "Save it anew as .xlsx or CSV UTF-8."),
    ),
    "missing_column": (
        ("找不到要读的列，什么也没有导入", "A column to be read isn’t there; nothing was imported"),
        ("重新选择各列。", "Choose the columns once more."),
    ),
    "invalid_value": (
        (
            "文件中有读不了的内容，什么也没有导入",
            "Something in the file can’t be read; nothing was",
        ),
        ("按下面的说明改正文件后再传。", "Mend the file as it says below, and upload it again."),
    ),
    "not_allowed": (
        ("提出的人已没有这个权限", "Who asked for it may not do it any more"),
        ("请有权限的人重新提出。", "Let somebody ask for it who may."),
    ),
    "edit_conflict": (
        ("此后有人改过，什么也没有改变", "Somebody changed it since; nothing was done"),
        ("查看后再决定。", "Look at it, then decide."),
    ),
    "store_unavailable": (("数据库暂时连不上", "The database can’t be reached just now"), _LATER),
    "encoder_unavailable": (
        ("编码服务暂时连不上", "The encoder can’t be reached just now"),
        _LATER,
    ),
    "mail_unavailable": (
        (
            "邮件服务器暂时连不上；提醒已写入各人的账户，只是未发邮件",
            "The mail server can’t be reached; people have their notices here, not by mail",
        ),
        _LATER,
    ),
    "worker_lost": (
        ("后台进程中断了", "The worker ended in the middle; nothing is half done"),
        _LATER,
    ),
    "unwritable_output": (
        ("磁盘写不了", "The disk can’t be written to"),
        ("请管理员查看磁盘空间。", "Ask who runs the machine to look at its disk."),
    ),
    "training_diverged": (
        ("训练没有收敛，当前模型不受影响", "The training didn’t settle; the current model stays"),
        ("稍后再试，或联系维护人员。", "Try again later, or ask who maintains it."),
    ),
}
_FAULT: tuple[Pair, Pair] = (
    ("没有成功，没有留下半成品", "It failed; nothing is half done"),
    (
        "可以重试；若反复出现，请联系维护人员。",
        "Try again; if it comes back, ask who maintains it.",
    ),
)


def job_title(job: Job, file: str, say: Say) -> str:
    """What it does. file: what it is about, where the job itself doesn't know."""
    told = dict(job.arguments)
    named = _TITLES.get(job.kind, (job.kind.label("zh"), job.kind.label("en").capitalize()))
    pair = _REHEARSAL if told.get("dry_run") else named
    values = {"file": str(told.get("file", file)), "version": str(told.get("version", ""))}
    noun = kind_name(str(told.get("noun", "")).removesuffix("s"), say)
    return say(*pair, noun=noun, **values).rstrip("：: ")


def fault_words(code: str) -> tuple[Pair, Pair]:
    """For the code of an error: what happened and what is safe, and what to do."""
    return _FAULTS.get(code, _FAULT)
