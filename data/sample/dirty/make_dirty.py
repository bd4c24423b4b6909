"""Make the deliberately dirty files in this folder from the clean sample beside it.

Run `python data/sample/dirty/make_dirty.py`; needs openpyxl and opencc. The same sample gives the
same files (.xlsx and .gz carry a fixed date). What each holds and what an importer must say about
it stands in EXPECTED.md; the counts there are those that this program prints.

Dirt is laid on by a record's position (every third has this, every fifth that), so that the clean
value of every cell can be looked up in the sample by its id.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import opencc
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

HERE = Path(__file__).resolve().parent
SAMPLE = HERE.parent
TAXONOMY = SAMPLE.parent / "taxonomy"

Record = dict[str, Any]

FULL_WIDTH = str.maketrans("0123456789-.", "０１２３４５６７８９－．")
STAGES = {"lab": "小试阶段", "pilot": "中试", "mature": "成熟应用阶段"}
ENGLISH_STAGES = {"lab": "laboratory", "pilot": "pilot plant", "mature": "commercial"}
GRADES = {"junior": "初级", "intermediate": "中级", "senior": "高级"}
MODES = {
    "development": "技术开发",
    "transfer": "技术转让",
    "license": "技术许可",
    "consulting": "技术咨询",
    "service": "技术服务",
    "equity": "作价投资",
    "incubation": "孵化企业",
}
EXCEL_EPOCH = date(1899, 12, 30)
PACKED_AT = (2026, 10, 31, 0, 0, 0)
VERTICAL_TAB = "_x000B_"
"""How Excel itself writes a vertical tab in a cell: XML can't hold the character."""


# The sample


def load(noun: str) -> list[Record]:
    """The records of one kind in the order of their ids."""
    lines = (SAMPLE / f"{noun}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def names_of(taxonomy: str) -> dict[str, str]:
    """Chinese names by code."""
    with (TAXONOMY / f"{taxonomy}.csv").open(encoding="utf-8", newline="") as stream:
        return {row["code"]: row["zh"] for row in csv.DictReader(stream)}


OUTCOMES, NEEDS, MANAGERS = load("outcomes"), load("needs"), load("managers")
ORGANISATIONS = {record["id"]: record for record in load("organisations")}
FIELDS, REGIONS = names_of("fields"), names_of("regions")


def chinese(records: list[Record]) -> list[Record]:
    """Those with a Chinese title."""
    return [record for record in records if "title" in record]


# How people write values into cells; `i` is the record's position in the file


def organisation_cell(record: Record, i: int) -> str:
    """The name of the holder or of the one in need; now and then an alias."""
    found = ORGANISATIONS.get(record.get("holder") or record.get("organisation") or "", {})
    aliases = found.get("aliases", [])
    return str(aliases[0] if aliases and i % 7 == 3 else found.get("name", ""))


def field_cell(code: str, i: int) -> str:
    """The code, the name of the branch, or area and branch."""
    return (code, FIELDS[code], f"{FIELDS[code[:2]]}—{FIELDS[code]}")[i % 3]


def region_cell(code: str | None, i: int) -> str:
    """The code, the full name, or the short name of the city."""
    if code is None:
        return ""
    return (code, REGIONS[code], re.sub("[省市]$", "", REGIONS[code]))[i % 3]


def modes_cell(modes: list[str], i: int) -> str:
    """Names with one of the separators in use."""
    return "、，;/ "[i % 5].join(MODES[mode] for mode in modes)


def trl_cell(trl: int | None, i: int) -> str | int:
    """A number, or text around it, also in full-width digits."""
    if trl is None:
        return ""
    return (trl, f"{trl}级", f"TRL{trl}", f"第{trl}级", str(trl).translate(FULL_WIDTH))[i % 5]


def date_cell(day: str | None, i: int) -> str | int | datetime:
    """A real date, a day number, or text; 31 December 2025 always as 2025年底."""
    if day is None:
        return ("", "长期")[i % 2]
    if day == "2025-12-31":
        return "2025年底"
    when = date.fromisoformat(day)
    forms: tuple[str | int | datetime, ...] = (
        datetime(when.year, when.month, when.day),
        (when - EXCEL_EPOCH).days,
        f"{when.year}年{when.month}月{when.day}日",
        day.translate(FULL_WIDTH),
        f"{when.year}.{when.month}.{when.day}",
        f"{day} ",
        f"{when.year}/{when.month}/{when.day}",
    )
    return forms[i % 7]


def date_text(day: str | None, i: int) -> str:
    """As `date_cell`, for files that hold nothing but text."""
    cell = date_cell(day, i)
    return cell.strftime("%Y-%m-%d 00:00:00") if isinstance(cell, datetime) else str(cell)


def tens_of_thousands(yuan: int) -> float | int:
    """An amount in 万元."""
    return yuan // 10_000 if yuan % 10_000 == 0 else yuan / 10_000


def price_cells(low: int | None, high: int | None, i: int) -> tuple[Any, Any]:
    """The two price columns of the register, which are in 万元."""
    if low is None and high is None:
        return ("面议", "") if i % 2 else ("", "")
    if low is None or high is None:
        return ("", tens_of_thousands(high)) if high else (tens_of_thousands(low or 0), "")
    a, b = tens_of_thousands(low), tens_of_thousands(high)
    forms = (
        (a, b),
        (f"{a}-{b}万", ""),
        (str(a).translate(FULL_WIDTH), str(b).translate(FULL_WIDTH)),
        (f"{a}万", f"{b}万元"),
        (f"{a:,} ", f" {b:,}"),
        (f"{a}～{b}", "万元"),
    )
    return forms[i % 6]


def budget_cell(record: Record, i: int) -> str:
    """One column of text with its unit in it."""
    low, high = record.get("budget_min"), record.get("budget_max")
    if low is None and high is None:
        return ("面议", "")[i % 2]
    if low is None or low == high:
        return f"不超过{tens_of_thousands(high or 0)}万"
    if high is None:
        return f"{tens_of_thousands(low)}万元以上"
    a, b = tens_of_thousands(low), tens_of_thousands(high)
    return (f"{a}-{b}万元", f"{low:,}～{high:,}元", f"{a}万至{b}万", f"{a}—{b}w")[i % 4]


# Workbooks


def save(book: Workbook, name: str) -> None:
    """Write it with a fixed date in its properties and in its package."""
    packed = io.BytesIO()
    book.save(packed)
    stamp = "2026-10-31T00:00:00Z"
    with (
        zipfile.ZipFile(packed) as before,
        zipfile.ZipFile(HERE / name, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for part in before.infolist():
            data = before.read(part)
            if part.filename == "docProps/core.xml":
                data = re.sub(rb"\d{4}-\d\d-\d\dT[\d:]+Z", stamp.encode(), data)
            info = zipfile.ZipInfo(part.filename, PACKED_AT)
            info.compress_type = zipfile.ZIP_DEFLATED
            after.writestr(info, data)


REGISTER_UPPER = (
    "序号|*成果编号|*成果名称|英文名称|*成果简介（500字以内）|关键词|成果完成||所属高新技术领域"
    "|技术成熟度（1-9级）|所处阶段|转化方式（可多选）|意向价格||知识产权状态|所在地区|有效期至|更新日期"
).split("|")
REGISTER_LOWER = "||||||完成单位|完成人|||||最低（万元）|最高（万元）||||".split("|")
BLANK_AFTER = (10, 30, 31)


def make_register() -> int:
    """科技成果登记表.xlsx: a hidden sheet, titles, a header of two rows, mixed cells, a total."""
    book = Workbook()
    _hidden_example(book.active)
    sheet = book.create_sheet("登记表")
    book.active = 1
    sheet.append(["科技成果登记表（2026年度第三批）"])
    sheet.append(
        ["填报单位：样例市技术转移中心（虚构）　　填报日期：2026年10月31日　　金额单位：万元"]
    )
    sheet.append(REGISTER_UPPER)
    sheet.append(REGISTER_LOWER)
    _merge_header(sheet)
    records = chinese(OUTCOMES)[::4]
    for i, record in enumerate(records):
        sheet.append(_register_row(record, i))
        if i + 1 in BLANK_AFTER:
            sheet.append(["", "  ", "　"])
    total = sum(record.get("price_max", 0) for record in records)
    sheet.append([])
    sheet.append(["合计", "", f"共{len(records)}项", *[""] * 10, tens_of_thousands(total)])
    save(book, "科技成果登记表.xlsx")
    return len(records)


def _hidden_example(sheet: Worksheet) -> None:
    sheet.title = "填表示例"
    sheet.sheet_state = "hidden"
    sheet.append(["成果编号", "成果名称", "成果简介", "完成单位"])
    for number in (1, 2):
        sheet.append(
            [f"示例{number}", "（请填写成果名称）", "（请填写成果简介）", "（请填写单位）"]
        )


def _merge_header(sheet: Worksheet) -> None:
    for row in (1, 2):
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=18)
        sheet.cell(row, 1).alignment = Alignment(horizontal="center")
        sheet.cell(row, 1).font = Font(bold=True)
    for column, lower in enumerate(REGISTER_LOWER, 1):
        if not lower:
            sheet.merge_cells(start_row=3, end_row=4, start_column=column, end_column=column)
    for column in (7, 13):
        sheet.merge_cells(start_row=3, end_row=3, start_column=column, end_column=column + 1)


def _register_row(record: Record, i: int) -> list[Any]:
    title, summary = record["title"], record["summary"]
    if i % 5 == 0:
        title = f" {title}　 "
    if i % 11 == 0:
        summary = re.sub(r"\d", lambda found: found[0].translate(FULL_WIDTH), summary)
    if i % 8 == 0:
        summary = f"\u200b{summary[:6]}{VERTICAL_TAB}{summary[6:]}\u00a0"
    field, region = field_cell(record["field"], i), region_cell(record.get("region"), i)
    return [
        i + 1,
        record["id"],
        title,
        record.get("title_en", ""),
        summary,
        "；".join(record.get("keywords", [])),
        organisation_cell(record, i),
        "，".join(record.get("inventors", [])),
        "量子信息与脑机接口" if i == 20 else field,
        trl_cell(record.get("trl"), i),
        STAGES.get(record.get("stage", ""), ""),
        modes_cell(record.get("transfer_modes", []), i),
        *price_cells(record.get("price_min"), record.get("price_max"), i),
        record.get("ipr_status", ""),
        "沔川市" if i == 25 else region,
        date_cell(record.get("valid_until"), i),
        date_cell(record["updated_at"], i + 1),
    ]


def make_needs_without_ids() -> int:
    """needs_no_ids.xlsx: one header row, no id anywhere, two rows twice."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Sheet1"
    sheet.append(["需求名称", "需求描述", "技术指标", "单位名称", "预算（万元）", "截止日期"])
    records = chinese(NEEDS)[1::3]
    rows = [_anonymous_row(record, i) for i, record in enumerate(records)]
    for row in (*rows, rows[3], rows[17]):
        sheet.append(row)
    save(book, "needs_no_ids.xlsx")
    return len(rows) + 2


def _anonymous_row(record: Record, i: int) -> list[Any]:
    low, high = record.get("budget_min"), record.get("budget_max")
    known = [tens_of_thousands(yuan) for yuan in (low, high) if yuan is not None]
    known = list(dict.fromkeys(known))
    return [
        record["title"],
        record["problem"],
        record.get("indicators", ""),
        organisation_cell(record, i),
        "面议" if not known else known[0] if len(known) == 1 else f"{known[0]}-{known[1]}",
        date_cell(record.get("valid_until"), i),
    ]


# Text files


def table(rows: list[list[str]], delimiter: str = ",", newline: str = "\r\n") -> str:
    """Rows as delimited text; cells with a delimiter, a quote or a line end are quoted."""
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=delimiter, lineterminator=newline).writerows(rows)
    return stream.getvalue()


NEEDS_HEADER = (
    "需求编号|需求名称|需求描述|技术指标|现有基础条件|关键词|技术领域|需求单位|投入预算|合作方式"
    "|最低技术成熟度|所在地区|有效期至|更新时间|揭榜挂帅"
).split("|")


def make_needs_gbk() -> int:
    """needs_gbk.csv: GB 18030, line ends in cells, ids twice and three times."""
    records = chinese(NEEDS)[::2][:50]
    rows = [_gbk_row(record, i) for i, record in enumerate(records)]
    rows[8][8] = "待财务批复后另行通知"
    rows[12][12] = "2027-02-30"
    rows[16][2] = rows[16][2][:4] + "\x07" + rows[16][2][4:]
    same = list(rows[4])
    newer = list(rows[9])
    newer[2] += "（补充：已完成首轮摸底，可开放现场。）"
    newer[13] = "2026-10-31"
    collision = list(rows[20])
    collision[0] = rows[14][0]
    rows += [same, newer, collision]
    text = table([NEEDS_HEADER, *rows[:25], [""] * len(NEEDS_HEADER), *rows[25:]])
    (HERE / "needs_gbk.csv").write_bytes(text.encode("gb18030"))
    return len(rows)


def _gbk_row(record: Record, i: int) -> list[str]:
    problem, indicators = record["problem"], record.get("indicators", "")
    if i % 3 == 0:
        problem = problem.replace("。", "。\n", 2)
    if i % 4 == 0:
        indicators = indicators.replace("；", "\r\n")
    return [
        record["id"],
        f"“{record['title']}”" if i % 10 == 5 else record["title"],
        problem,
        indicators,
        record.get("foundation", ""),
        ",".join(record.get("keywords", [])),
        field_cell(record["field"], i),
        organisation_cell(record, i),
        budget_cell(record, i),
        modes_cell(record.get("coop_modes", []), i),
        str(trl_cell(record.get("min_trl"), i)),
        region_cell(record.get("region"), i),
        date_text(record.get("valid_until"), i),
        record["updated_at"],
        "是" if "challenge" in record else "否",
    ]


PINYIN = dict(
    zip(
        "轉質塗層熱測電機膜壓鋼檢",
        "zhuǎn zhì tú céng rè cè diàn jī mó yā gāng jiǎn".split(),
        strict=True,
    )
)
"""Glosses that dictionary plug-ins leave behind the character."""
BIG5_HEADER = (
    "成果編號;成果名稱;成果簡介;關鍵詞;完成單位;技術領域;所處階段;轉化方式;意向價格（萬元）;有效期至"
).split(";")
BIG5_INSTEAD = str.maketrans("≤≥–—～µ²³⁰¹⁴⁵⁻₂₃·", "≦≧──~μ230145-23．")
"""What people type where Big5 lacks a character; what is still missing becomes a question mark."""


def make_outcomes_big5() -> int:
    """outcomes_big5.csv: Traditional script with the words of Taiwan, Big5, semicolons, glosses."""
    convert = opencc.OpenCC("s2twp").convert
    records = chinese(OUTCOMES)[1::6]
    rows = [BIG5_HEADER]
    for i, record in enumerate(records):
        cells = [convert(cell) for cell in _big5_row(record, i)]
        rows.append([_glossed(cell) if i % 4 == 0 else cell for cell in cells])
    text = table(rows, ";").translate(BIG5_INSTEAD)
    (HERE / "outcomes_big5.csv").write_bytes(text.encode("big5hkscs", "replace"))
    return len(records)


def _big5_row(record: Record, i: int) -> list[str]:
    low, high = record.get("price_min"), record.get("price_max")
    bounds = [str(tens_of_thousands(yuan)) for yuan in (low, high) if yuan is not None]
    return [
        record["id"],
        record["title"],
        record["summary"],
        "、".join(record.get("keywords", [])),
        organisation_cell(record, i),
        FIELDS[record["field"]],
        STAGES.get(record.get("stage", ""), ""),
        modes_cell(record.get("transfer_modes", []), 0),
        "-".join(dict.fromkeys(bounds)) or "面议",
        date_text(record.get("valid_until"), i),
    ]


def _glossed(text: str) -> str:
    """The text with a gloss behind the first character that has one, in two styles."""
    found = re.search(f"[{''.join(PINYIN)}]", text)
    if found is None:
        return text
    opening, closing = "（）" if found.start() % 2 else "()"
    return f"{text[: found.end()]}{opening}{PINYIN[found[0]]}{closing}{text[found.end() :]}"


FURNITURE = (
    "\n\n上一篇：关于开展2026年度技术经理人登记的通知\n下一篇：没有了"
    "\n分享到： 微信 微博 朋友圈 打印本页 关闭窗口"
    "\n版权所有 © 样例技术交易平台（虚构）  网站地图 | 联系我们 | 您是第 10086 位访客"
)
MANAGERS_HEADER = (
    "id,name,name_en,agency,grade,registration,statement,statement_en,fields,regions,languages"
    ",capacity,deals"
).split(",")


def make_managers_mojibake() -> int:
    """managers_mojibake.csv: most rows are UTF-8 read as Latin-1, some with lost bytes."""
    rows = [MANAGERS_HEADER]
    for i, record in enumerate(MANAGERS):
        rows.append([_garbled(cell, i) for cell in _manager_row(record, i)])
    (HERE / "managers_mojibake.csv").write_bytes(table(rows).encode("utf-8"))
    return len(MANAGERS)


def _manager_row(record: Record, i: int) -> list[str]:
    statement = record.get("statement", "")
    if statement and i % 6 == 1:
        statement = f"{statement}\n{statement}"
    if statement and i % 6 == 2:
        statement += FURNITURE
    return [
        record["id"],
        record.get("name", ""),
        record.get("name_en", ""),
        ORGANISATIONS.get(record.get("agency", ""), {}).get("name", ""),
        GRADES.get(record.get("grade", ""), ""),
        record.get("registration", ""),
        statement,
        record.get("statement_en", ""),
        "、".join(FIELDS[code] for code in record.get("fields", [])),
        "、".join(REGIONS[code] for code in record.get("regions", [])),
        ",".join(record.get("languages", [])),
        str(record.get("capacity", "")),
        "\n".join(f"{deal['title']}：{deal['text']}" for deal in record.get("deals", [])),
    ]


def _garbled(cell: str, i: int) -> str:
    """Every tenth row is clean, every tenth garbled twice, every tenth has lost bytes."""
    if i % 10 == 0:
        return cell
    once = cell.encode("utf-8").decode("latin-1")
    if i % 10 == 5:
        return once.encode("utf-8").decode("latin-1")
    return _with_losses(once) if i % 10 == 7 else once


def _with_losses(text: str) -> str:
    """Two bytes of every 40th three-byte character have become question marks."""
    count = iter(range(len(text)))

    def lost(found: re.Match[str]) -> str:
        return f"{found[0][0]}??" if next(count) % 40 == 3 else found[0]

    return re.sub("[\xe3-\xe9][\x80-\xbf]{2}", lost, text)


UTF16_HEADER = (
    "Technology ID|Technology title|Description|Title (Chinese)|Keywords|Competitive advantages"
    "|Inventors|Stage of development|IP status|Price range (10k CNY)|Expires on|Last updated"
).split("|")


def make_outcomes_utf16() -> int:
    """outcomes_utf16.tsv: UTF-16 with its mark, as Excel saves "Unicode text"."""
    records = [record for record in OUTCOMES if "title_en" in record][::3]
    rows = [UTF16_HEADER, *(_utf16_row(record, i) for i, record in enumerate(records))]
    text = table(rows, "\t")
    (HERE / "outcomes_utf16.tsv").write_bytes(b"\xff\xfe" + text.encode("utf-16-le"))
    return len(records)


def _utf16_row(record: Record, i: int) -> list[str]:
    low, high = record.get("price_min"), record.get("price_max")
    bounds = [str(tens_of_thousands(yuan)) for yuan in (low, high) if yuan is not None]
    day = record.get("valid_until")
    long_day = date.fromisoformat(day).strftime("%d %B %Y") if day else "n/a"
    return [
        record["id"],
        record["title_en"],
        record["summary_en"].replace(". ", ".\n", 1) if i % 4 == 1 else record["summary_en"],
        record.get("title", ""),
        "; ".join(record.get("keywords_en", [])),
        record.get("advantages_en", ""),
        ", ".join(record.get("inventors", [])),
        ENGLISH_STAGES.get(record.get("stage", ""), ""),
        record.get("ipr_status", ""),
        " - ".join(dict.fromkeys(bounds)) or "on request",
        long_day if i % 2 else (day or ""),
        record["updated_at"],
    ]


def make_needs_gz() -> int:
    """needs.jsonl.gz: sound records among a few odd ones; truncated.jsonl.gz is its first part."""
    records = [dict(record) for record in NEEDS[::3]]
    records[2]["budget_min"] = "30-50万元"
    records[2].pop("budget_max", None)
    records[5]["valid_until"] = "2025年底"
    records[7]["备注"] = "来自走访"
    records[9]["field"] = "9901"
    records[11]["min_trl"] = 12
    records[13]["indicators"] = f"\x01{records[13]['indicators']}"
    lines = [json.dumps(record, ensure_ascii=False) for record in records]
    lines[13] = lines[13].replace("\\u0001", "\x01")
    lines.insert(20, "")
    packed = gzip.compress("\n".join(lines).encode("utf-8"), mtime=0)
    (HERE / "needs.jsonl.gz").write_bytes(packed)
    (HERE / "truncated.jsonl.gz").write_bytes(packed[: len(packed) * 3 // 5])
    return len(records)


def make_small_files() -> None:
    """One row, no row, and a page of HTML under the name of a workbook."""
    record = chinese(OUTCOMES)[2]
    header = ["编号", "成果名称", "简介", "技术成熟度"]
    row = [record["id"], record["title"], record["summary"], str(record.get("trl", ""))]
    (HERE / "outcomes_one_row.csv").write_bytes(table([header, row]).encode("utf-8-sig"))
    (HERE / "outcomes_header_only.csv").write_bytes(table([header]).encode("utf-8-sig"))
    cells = "".join(f"<td>{cell}</td>" for cell in row)
    heads = "".join(f"<th>{name}</th>" for name in header)
    page = (
        '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="utf-8"></head>'
        f"<body><table><tr>{heads}</tr><tr>{cells}</tr></table></body></html>\n"
    )
    (HERE / "not_an_excel.xlsx").write_text(page, "utf-8", newline="\n")


def main() -> None:
    """Make all files and print the records in each."""
    for make in (
        make_register,
        make_needs_without_ids,
        make_needs_gbk,
        make_outcomes_big5,
        make_managers_mojibake,
        make_outcomes_utf16,
        make_needs_gz,
    ):
        print(f"{make.__name__}: {make()} rows")
    make_small_files()


if __name__ == "__main__":
    main()
