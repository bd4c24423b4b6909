"""Exports of known platforms: their columns as they are, contents of our own making."""

import csv
import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

from matcher.domain.enums import Noun, Stage, TransferMode
from matcher.files.record_rows import Rows, read_rows
from matcher.files.vocabulary_file import load_vocabulary
from matcher.resources import data_path

Write = Callable[..., Path]

AWARDS = """Company,Award Title,Agency,Branch,Phase,Program,Agency Tracking Number,Contract,
Proposal Award Date,Contract End Date,Solicitation Number,Solicitation Year,
Solicitation Close Date,Proposal Receipt Date,Date of Notification,Topic Code,Award Year,
Award Amount,Duns,HUBZone Owned,Socially and Economically Disadvantaged,Women Owned,
Number Employees,Company Website,Address1,Address2,City,State,Zip,Abstract,Contact Name,
Contact Title,Contact Phone,Contact Email,PI Name,PI Title,PI Phone,PI Email,RI Name,
RI POC Name,RI POC Phone""".replace("\n", "").split(",")
AWARD = {
    "Company": "Hollow Creek Sensing LLC",
    "Award Title": "Fibre strain sensing for turbine blades",
    "Agency": "Department of Energy",
    "Phase": "Phase II",
    "Agency Tracking Number": "0000271828",
    "Contract": "DE-SC0099999",
    "Proposal Award Date": "2023-04-03",
    "Contract End Date": "2025-04-02",
    "Topic Code": "C58-12b",
    "Award Year": "2023",
    "Award Amount": "1,149,998.00",
    "HUBZone Owned": "N",
    "City": "Lakeview",
    "State": "OH",
    "Abstract": "Distributed strain sensing finds cracks in turbine blades long before failure.",
    "PI Name": "R. Example",
}
TOPIC = {
    "Topic Number": "A26-017",
    "Topic Title": "Compact batteries for cold regions",
    "Agency": "DOD",
    "Branch": "ARMY",
    "Technology Areas": "Materials; Ground Vehicles",
    "Objective": "Develop a battery that keeps 80 % of its capacity at -40 °C.",
    "Phase I": "Show feasibility in the laboratory.",
    "Open Date": "2026-10-01",
    "Close Date": "2026-11-15",
    "Award Amount": "250000",
}
OFFER = {
    "POD Reference": "TODE20260103001",
    "Profile Type": "Technology offer",
    "Profile Title": "Ceramic membranes for solvent recovery",
    "Short Summary": "A firm offers ceramic membranes.",
    "Full Description": "The membranes stand solvents and heat.",
    "Advantages and Innovations": "Twice the flux of polymer membranes.",
    "Stage of Development": "laboratory",
    "Comments Regarding IPR Status": "Patent granted",
    "Type of Partnership Considered": "licensing; joint development",
    "Technology Keywords": "membranes; separation",
    "Date of Publication": "2026-01-03",
    "Profile Expiry Date": "2027-01-03",
    "Country of Origin": "Germany",
}
REQUEST = {
    "POD Reference": "TRFR20260201002",
    "Title": "Bio-based coating for paper cups sought",
    "Summary": "A packaging firm seeks a coating free of plastics.",
    "Technical Specification or Expertise Sought": "Water vapour below 5 g a day.",
    "Expected Role of a Partner": "Adapt the coating to the line.",
    "Type of Partnership": "technical services",
    "Deadline for EoI": "2026-12-31",
}
OUTCOME_FORM = {
    "序号": 1,
    "成果登记号": "9332026Y0001",
    "成果中文名称": "水性石墨烯防腐涂料",
    "成果英文名称": "Waterborne graphene anticorrosion paint",
    "成果关键词": "石墨烯；防腐",
    "成果中文简介": "涂层耐盐雾两千小时。",
    "与国内外同类技术比较": "用量减半。",
    "成果应用情况": "已用于三座桥。",
    "第一完成单位名称": "临汐大学",
    "全部完成人": "甲某；乙某",
    "成果的所处阶段": "中期阶段",
    "成果的属性": "原始性创新",
    "已取得的知识产权形式": "发明专利",
    "拟转化方式说明": "技术许可、技术转让",
    "第一完成单位所在地": "浙江省宁波市",
    "批准登记日期": "2026年3月",
}
NEED_FORM = {
    "需求编号": "XQ-7",
    "登记需求名称": "耐低温电池",
    "需求登记内容": "零下四十度放电不低于八成。",
    "技术指标": "-40℃容量≥80%",
    "投入预算（万元）": "50-80",
    "合作方式": "委托开发",
    "买方名称": "北岭电源有限公司",
    "所在地区": "哈尔滨市",
    "有效期": "2027年底",
}


def read(
    write: Write, mapping: str, noun: Noun, row: dict[str, Any], columns: list[str] | None = None
) -> tuple[Any, Rows]:
    """The record of a file with one row, which isn't refused, and how it was read."""
    path = write("export.csv", "")
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns or list(row))
        writer.writeheader()
        writer.writerow(row)
    words = (data_path("mappings", f"{name}.toml") for name in ("default", mapping))
    rows = read_rows(path, noun, load_vocabulary(*words))
    (parsed,) = rows
    assert not parsed.problems
    return parsed.record, rows


def test_an_award_of_a_small_business_programme(write: Write) -> None:
    record, rows = read(write, "sbir", Noun.OUTCOME, AWARD, AWARDS)
    assert (record.id, record.title) == (AWARD["Agency Tracking Number"], AWARD["Award Title"])
    assert (record.summary, record.holder) == (AWARD["Abstract"], AWARD["Company"])
    assert record.inventors == ("R. Example",)
    assert (record.region, record.valid_until, record.price) == ("", None, None)
    assert record.updated_at == dt.date(2023, 4, 3)
    assert {"State", "Contract End Date", "Zip"} <= set(rows.columns.unmapped)


def test_a_topic_of_a_small_business_programme(write: Write) -> None:
    record, _ = read(write, "sbir", Noun.NEED, TOPIC)
    assert (record.id, record.title) == ("A26-017", TOPIC["Topic Title"])
    assert (record.problem, record.indicators) == (TOPIC["Objective"], TOPIC["Phase I"])
    assert record.organisation == "DOD"
    assert record.keywords == ("Materials", "Ground Vehicles")
    assert record.valid_until == dt.date(2026, 11, 15)
    assert (record.budget_min, record.budget_max, record.currency) == (250_000, 250_000, "USD")


def test_an_offer_of_the_business_support_network(write: Write) -> None:
    record, rows = read(write, "een", Noun.OUTCOME, OFFER)
    assert (record.id, record.title) == ("TODE20260103001", OFFER["Profile Title"])
    assert record.summary == f"{OFFER['Short Summary']}\n{OFFER['Full Description']}"
    assert record.advantages == OFFER["Advantages and Innovations"]
    assert record.stage is Stage.LAB
    assert record.transfer_modes == (TransferMode.DEVELOPMENT, TransferMode.LICENSE)
    assert record.ipr_status == "Patent granted"
    assert record.keywords == ("membranes", "separation")
    assert (record.updated_at, record.valid_until) == (dt.date(2026, 1, 3), dt.date(2027, 1, 3))
    assert any("Country of Origin" in str(notice) for notice in rows.notices)


def test_a_request_of_the_business_support_network(write: Write) -> None:
    record, _ = read(write, "een", Noun.NEED, REQUEST)
    assert (record.id, record.title) == ("TRFR20260201002", REQUEST["Title"])
    assert record.problem == REQUEST["Summary"]
    assert record.indicators == REQUEST["Technical Specification or Expertise Sought"]
    assert record.foundation == REQUEST["Expected Role of a Partner"]
    assert record.coop_modes == (TransferMode.SERVICE,)
    assert record.valid_until == dt.date(2026, 12, 31)


def test_a_register_of_outcomes(write: Write) -> None:
    record, rows = read(write, "registration-zh", Noun.OUTCOME, OUTCOME_FORM)
    assert (record.id, record.title) == ("9332026Y0001", OUTCOME_FORM["成果中文名称"])
    assert record.title_en == OUTCOME_FORM["成果英文名称"]
    assert record.keywords == ("石墨烯", "防腐")
    assert record.summary == OUTCOME_FORM["成果中文简介"]
    assert record.advantages == OUTCOME_FORM["与国内外同类技术比较"]
    assert record.applications == OUTCOME_FORM["成果应用情况"]
    assert (record.holder, record.inventors) == ("临汐大学", ("甲某", "乙某"))
    assert (record.stage, record.originality) == (Stage.PILOT, "原始性创新")
    assert record.ipr_status == "发明专利"
    assert record.transfer_modes == (TransferMode.TRANSFER, TransferMode.LICENSE)
    assert (record.region, record.updated_at) == ("330200", dt.date(2026, 3, 31))
    assert rows.columns.unmapped == ("序号",)


def test_a_register_of_needs(write: Write) -> None:
    record, _ = read(write, "registration-zh", Noun.NEED, NEED_FORM)
    assert (record.id, record.title) == ("XQ-7", "耐低温电池")
    assert record.problem == NEED_FORM["需求登记内容"]
    assert record.indicators == "-40℃容量≥80%"
    assert (record.budget_min, record.budget_max) == (500_000, 800_000)
    assert record.coop_modes == (TransferMode.DEVELOPMENT,)
    assert record.organisation == "北岭电源有限公司"
    assert (record.region, record.valid_until) == ("230100", dt.date(2027, 12, 31))
