"""What the examples of the API ask for, in their order; their answers are recorded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.web.people import PASSWORD

RUN = "run"
"""An operation that is none: a worker carries out the job that is named in the path."""
ROWS = "id,title,problem\nN900,密封件,密封件在高压下泄漏\nN901,,\n"
REASON = "We found a partner ourselves."


@dataclass(frozen=True, slots=True)
class Step:
    """A request. `<name>` in it stands for what an answer before gave.

    keep: names for what this one gives, by a path in the answer, such as items/0/id, or the name
    of a header. name: of the example, that of the operation without one; hidden: it is none.
    """

    operation: str
    caller: str = ""
    path: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Any = None
    form: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    status: int = 200
    keep: Mapping[str, str] = field(default_factory=dict)
    name: str = ""
    hidden: bool = False


def steps() -> Iterator[Step]:
    """All of them."""
    yield from _service()
    yield from _matching()
    for noun in RECORDS:
        yield from _records(noun)
    yield from _directory()
    yield from _general()
    yield from _prompts()
    yield from _worklist()
    yield from _followups()
    yield from _interests()
    yield from _people()
    yield from _network()
    yield from _plans()
    yield from _imports()
    yield from _jobs()
    yield from _duplicates()
    yield from _figures()
    yield Step("beginRound", "admin", body={}, status=202)


def _service() -> Iterator[Step]:
    yield Step("alive")
    yield Step("ready")


def _matching() -> Iterator[Step]:
    few = {"limit": 2, "lang": "en"}
    text = {"text": "道岔转辙机故障预测", "limit": 2, "lang": "en"}
    yield Step("match", "enterprise", body=text)
    yield Step("needMatches", "enterprise", {"id": "N101"}, {**few, "trl_min": 5})
    yield Step("needMatch", "enterprise", {"id": "N101", "other": "O101"}, {"lang": "en"})
    yield Step("needManagers", "enterprise", {"id": "N101"}, few)
    yield Step("similarNeeds", "enterprise", {"id": "N101"}, few)
    yield Step("outcomeMatches", "holder", {"id": "O101"}, few)
    yield Step("outcomeMatch", "holder", {"id": "O101", "other": "N101"}, {"lang": "en"})
    yield Step("outcomeManagers", "holder", {"id": "O101"}, few)
    yield Step("similarOutcomes", "holder", {"id": "O101"}, few)


RECORDS: Mapping[str, tuple[str, dict[str, Any], dict[str, Any]]] = {
    "need": (
        "enterprise",
        {
            "title": "转辙机状态监测",
            "problem": "希望提前三天知道哪台转辙机要出故障。",
            "field": "0108",
        },
        {"budget_max": 2000000, "valid_until": "2026-12-10"},
    ),
    "outcome": (
        "holder",
        {
            "title_en": "Acoustic detection of stiff point machines",
            "summary_en": "A microphone on the drive tells friction from obstruction.",
            "trl": 6,
        },
        {"price_max": 800000, "valid_until": "2027-12-31"},
    ),
    "manager": (
        "admin",
        {"id": "M190", "name": "技术经理人甲", "statement": "铁路信号与状态监测方向。"},
        {"capacity": 5},
    ),
    "organisation": (
        "admin",
        {"id": "U190", "name": "港口装备研究院", "kind": "institute"},
        {"name_en": "Institute of Port Equipment"},
    ),
}
"""Who enters a record of each noun, what, and what they change."""


def _records(noun: str) -> Iterator[Step]:
    caller, fields, change = RECORDS[noun]
    which, last = noun.capitalize(), {"id": f"<{noun}>"}
    seen = {"If-Match": f"<{noun}_tag>"}
    tag = {f"{noun}_tag": "ETag"}
    create = f"create{which}"
    key = {"Idempotency-Key": f"{noun}-1"}
    yield Step(create, caller, headers=key, body=fields, status=201, keep={noun: "id"})
    if noun == "need":
        yield Step(create, caller, headers=key, body=fields, status=201, name="sentAgain")
    yield Step(f"get{which}", caller, last, keep=tag)
    patch = {"body": change, "keep": tag}
    yield Step(f"patch{which}", caller, last, headers=seen, **patch)  # type: ignore[arg-type]
    if noun == "need":
        old = {"If-Match": '"1-000000000000"'}
        yield Step("patchNeed", caller, last, headers=old, body=change, status=412, name="stale")
    whole = {name: value for name, value in {**fields, **change}.items() if name != "id"}
    yield Step(f"put{which}", caller, last, headers=seen, body=whole, keep=tag)
    if noun != "organisation":
        yield Step(
            f"list{which}s", caller, query={"q": "转辙机 point machine", "limit": 2, "lang": "en"}
        )
    if noun in ("manager", "organisation"):
        yield Step(f"delete{which}", caller, last, headers=seen, status=204)


def _directory() -> Iterator[Step]:
    yield Step("listOrganisations", "enterprise", query={"limit": 2}, keep={"page": "next_cursor"})
    more = {"limit": 2, "cursor": "<page>"}
    yield Step("listOrganisations", "enterprise", query=more, name="nextPage")


def _general() -> Iterator[Step]:
    body = {"text": " ", "k": 3}
    yield Step("match", "enterprise", body=body, status=422, name="invalid")


def _prompts() -> Iterator[Step]:
    """And the ends of the records of an enterprise and a holder."""
    yield Step("prompts", "enterprise", query={"limit": 1})
    for noun, caller in (("need", "enterprise"), ("outcome", "holder")):
        last, seen = {"id": f"<{noun}>"}, {"If-Match": f"<{noun}_tag>"}
        confirm, tag = f"confirm{noun.capitalize()}", {f"{noun}_tag": "ETag"}
        yield Step(confirm, caller, last, headers=seen, keep=tag)
        yield Step(f"delete{noun.capitalize()}", caller, last, headers=seen, status=204)


def _worklist() -> Iterator[Step]:
    mine = {"id": "M101"}
    keep = {f"row{n}": f"rows/{n}/id" for n in range(3)}
    pair = {"need": "rows/3/need", "outcome": "rows/3/outcome"}
    yield Step("worklist", "manager", mine, {"size": 6, "lang": "en"}, keep={**keep, **pair})
    yield Step(
        "acceptSuggestion",
        "manager",
        {"id": "<row0>"},
        body={"why": "Both sides know me.", "version": 0},
        keep={"followup": "id", "seen": "ETag"},
    )
    no = {"reason": "too_early", "why": "Not before a field trial.", "version": 0}
    yield Step("declineSuggestion", "manager", {"id": "<row1>"}, body=no)
    later = {"until": "2027-01-11", "version": 0}
    yield Step("snoozeSuggestion", "manager", {"id": "<row2>"}, body=later)
    yield Step(
        "decide",
        "manager",
        mine,
        body={"need": "<need>", "outcome": "<outcome>", "decision": "accept", "version": 0},
        keep={"other": "id"},
    )
    yield Step("undoDecision", "manager", {"id": "<other>"}, body={})


def _followups() -> Iterator[Step]:
    last = {"id": "<followup>"}
    yield Step("followups", "manager", query={"manager": "M101", "lang": "en", "limit": 1})
    yield Step("followup", "manager", last, {"lang": "en"}, keep={"seen": "ETag"})
    note = {
        "text": "Called the buyer.",
        "next_action": "Send the data sheet",
        "due_on": "2026-12-01",
    }
    yield Step("noteFollowup", "manager", last, headers={"If-Match": "<seen>"}, body=note)
    yield Step("moveFollowup", "manager", last, body={"to": "contacted", "why": "Both answered."})
    sheet = {
        "mode": "license",
        "value": 500000,
        "payment": {"upfront": 100000, "royalty_percent": 3},
    }
    yield Step("setContract", "manager", last, body=sheet)


def _interests() -> Iterator[Step]:
    for number, outcome in enumerate(("O101", "O103", "O105", "O107")):
        told = {
            "outcome": outcome,
            "text": "We could try it on ten machines.",
            "contact": "ext. 204",
        }
        keep = {f"interest{number}": "id"}
        hidden = number > 0
        yield Step("expressInterest", "enterprise", body=told, status=201, keep=keep, hidden=hidden)
    yield Step("interests", "enterprise", query={"limit": 1, "lang": "en"})
    yield Step("interest", "enterprise", {"id": "<interest0>"}, {"lang": "en"})
    yield Step("withdrawInterest", "enterprise", {"id": "<interest3>"}, body={})
    yield Step("acceptInterest", "manager", {"id": "<interest0>"}, body={})
    yield from _turned_down()


def _turned_down() -> Iterator[Step]:
    """Until nobody is left who might take it up."""
    no = {"reason": "other", "why": "No time this quarter."}
    first, last = {"id": "<interest1>"}, {"id": "<interest2>"}
    yield Step("declineInterest", "admin", first, body=no, status=204)
    yield Step("declineInterest", "admin", last, body=no, status=204, hidden=True)
    yield Step("routeInterest", "admin", last, body={})


def _people() -> Iterator[Step]:
    last = {"login": "wu"}
    yield Step("me", "manager")
    yield Step("changeMe", "manager", body={"name": "Qin", "language": "en"})
    words = {"old": PASSWORD, "new": "four other words here"}
    yield Step("changeMyPassword", "manager", body=words, status=204)
    new = {"login": "wu", "roles": ["enterprise"], "organisation": "U103"}
    yield Step("addAccount", "admin", body=new, status=201)
    yield Step("accounts", "regional admin")
    yield Step("account", "admin", last)
    yield Step("changeAccount", "admin", last, body={"name": "Wu", "language": "en"})
    yield Step("setRoles", "admin", last, body={"roles": ["enterprise", "holder"]})
    yield Step("setPassword", "admin", last, body={"password": "four more words here"}, status=204)
    yield Step("disableAccount", "admin", last)
    yield Step("enableAccount", "admin", last)
    yield Step("unlockAccount", "admin", last, status=204)
    token = {"name": "laptop", "login": "wu", "role": "holder", "days": 30}
    yield Step("addToken", "admin", body=token, status=201, keep={"token": "id"})
    yield Step("tokens", "admin", query={"login": "wu"})
    yield Step("revokeToken", "admin", {"id": "<token>"}, status=204)


def _network() -> Iterator[Step]:
    new = {"id": "n3", "name": "港口", "kind": "professional", "parent": "n2"}
    yield Step("addNode", "admin", body=new, status=201)
    yield Step("renameNode", "admin", {"id": "n3"}, body={"name_en": "Port"})
    yield Step("nodes", "admin")
    current = {"version": "current"}
    yield Step("models", "admin", keep={"model": "items/0/version"})
    yield Step("model", "admin", current)
    yield Step("compareModels", "admin", {"version": "<model>", "other": "current"})
    jobs = {}
    for operation, path, body in (
        ("train", {}, {"publish": False}),
        ("publishModel", {"version": "<model>"}, {"why": "It does better on our own questions."}),
        ("rollbackModel", {}, {"version": "<model>"}),
    ):
        jobs = {f"{operation}_job": "id"}
        yield Step(operation, "admin", path, body=body, status=202, keep=jobs)
        yield Step("cancelJob", "admin", {"id": f"<{operation}_job>"}, hidden=True)


def _plans() -> Iterator[Step]:
    wish = {"quota": {"least": 0, "most": 3}, "needs": ["N101", "N102", "N103"]}
    for number in range(2):
        first = number == 0
        keep = {"plan_job": "id"}
        yield Step("draftPlan", "admin", body=wish, status=202, keep=keep, hidden=not first)
        yield Step(RUN, path={"id": "<plan_job>"})
        found = {f"plan{number}": "result/plan"}
        yield Step("job", "admin", {"id": "<plan_job>"}, keep=found, hidden=True)
    yield Step("plans", "admin", query={"limit": 1})
    pair = {"need": "lines/0/need", "outcome": "lines/0/outcome", "plan_seen": "ETag"}
    yield Step("plan", "admin", {"id": "<plan0>"}, {"lang": "en"}, keep=pair)
    drop = {"do": "remove", "need": "<need>", "outcome": "<outcome>"}
    seen = {"If-Match": "<plan_seen>"}
    yield Step("editPlan", "admin", {"id": "<plan0>"}, headers=seen, body=drop)
    yield Step("confirmPlan", "admin", {"id": "<plan0>"}, body={"version": 2})
    yield Step("discardPlan", "admin", {"id": "<plan1>"}, body={})


def _imports() -> Iterator[Step]:
    form = {"file": "@needs.csv", "noun": "need", "partial": "true"}
    keep, files = {"import_job": "id"}, {"needs.csv": ROWS}
    yield Step("importFile", "admin", form=form, files=files, status=202, keep=keep)
    yield Step(RUN, path={"id": "<import_job>"})
    yield Step("imports", "admin", query={"limit": 1}, keep={"import": "items/0/id"})
    yield Step("import", "admin", {"id": "<import>"})
    yield Step("undoImport", "admin", {"id": "<import>"}, body={}, status=202)


def _jobs() -> Iterator[Step]:
    wish = {"noun": "need", "format": "csv", "language": "en"}
    last = {"id": "<export>"}
    yield Step("exportRecords", "admin", body=wish, status=202, keep={"export": "id"})
    yield Step("cancelJob", "admin", last)
    yield Step("retryJob", "admin", last, status=202)
    yield Step(RUN, path=last)
    yield Step("job", "admin", last)
    yield Step("jobs", "admin", query={"kind": "export", "state": "done"})
    yield Step("jobFile", "admin", last)


def _duplicates() -> Iterator[Step]:
    keep = {f"pair{n}": f"items/{n}/id" for n in range(2)}
    yield Step("duplicates", "admin", query={"noun": "outcome", "lang": "en"}, keep=keep)
    yield Step("mergeDuplicate", "admin", {"id": "<pair0>"}, body={"keep": "O101"})
    yield Step("undoMerge", "admin", {"id": "<pair0>"})
    yield Step("rejectDuplicate", "admin", {"id": "<pair1>"})
    pair = {"noun": "need", "kept": "N106", "dropped": "N107"}
    yield Step("mergeRecords", "admin", body=pair)


def _figures() -> Iterator[Step]:
    yield Step("quality", "admin", query={"days": 30})
    yield Step("exposure", "admin", query={"days": 30})
    yield Step("audit", "admin", query={"noun": "need", "id": "N106", "limit": 2})
