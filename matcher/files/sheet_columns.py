"""The columns of a table of each noun, with their headings in both languages.

A table doesn't hold what the platform alone knows of a record: node, owner, the accounts it is
shown to, who is the same person, and a follow-up's history and notes.
"""

from __future__ import annotations

from collections.abc import Mapping

from matcher.domain.enums import Noun
from matcher.domain.labels import Labelled

INTERACTION = "interaction"
"""What is read and written beside the nouns."""


class OutcomeColumn(Labelled):
    """Fields of an outcome as columns."""

    ID = "id", "编号", "Id"
    EXTERNAL_ID = "external_id", "来源编号", "Source id"
    TITLE = "title", "成果名称", "Title"
    TITLE_EN = "title_en", "成果名称（英文）", "Title (English)"
    SUMMARY = "summary", "简介", "Summary"
    SUMMARY_EN = "summary_en", "简介（英文）", "Summary (English)"
    KEYWORDS = "keywords", "关键词", "Keywords"
    KEYWORDS_EN = "keywords_en", "关键词（英文）", "Keywords (English)"
    REG_NO = "reg_no", "登记号", "Registration number"
    HOLDER = "holder", "完成单位", "Holder"
    INVENTORS = "inventors", "完成人", "Inventors"
    FIELD = "field", "高新技术领域", "Field"
    IPC = "ipc", "IPC分类号", "IPC"
    TRL = "trl", "技术成熟度", "TRL"
    STAGE = "stage", "所处阶段", "Stage"
    FORM = "form", "体现形式", "Form"
    ORIGINALITY = "originality", "成果属性", "Originality"
    IPR_STATUS = "ipr_status", "知识产权状态", "IPR status"
    TRANSFER_MODES = "transfer_modes", "转化方式", "Transfer modes"
    PRICE_MIN = "price_min", "最低价格", "Minimum price"
    PRICE_MAX = "price_max", "最高价格", "Maximum price"
    CURRENCY = "currency", "币种", "Currency"
    PAY_AFTER_USE = "pay_after_use", "先使用后付费", "Pay after use"
    PAY_AFTER_USE_TERMS = "pay_after_use_terms", "先使用后付费条件", "Pay after use: terms"
    ADVANTAGES = "advantages", "优势", "Advantages"
    ADVANTAGES_EN = "advantages_en", "优势（英文）", "Advantages (English)"
    APPLICATIONS = "applications", "应用场景", "Applications"
    APPLICATIONS_EN = "applications_en", "应用场景（英文）", "Applications (English)"
    REGION = "region", "行政区划", "Region"
    SECRECY = "secrecy", "密级", "Secrecy"
    VISIBILITY = "visibility", "可见范围", "Visibility"
    VALID_UNTIL = "valid_until", "有效期", "Valid until"
    LISTING = "listing", "挂牌状态", "Listing"
    UPDATED_AT = "updated_at", "更新日期", "Updated at"
    SOURCE = "source", "来源", "Source"


class NeedColumn(Labelled):
    """Fields of a need as columns."""

    ID = "id", "编号", "Id"
    EXTERNAL_ID = "external_id", "来源编号", "Source id"
    TITLE = "title", "需求名称", "Title"
    TITLE_EN = "title_en", "需求名称（英文）", "Title (English)"
    PROBLEM = "problem", "拟解决的技术难题", "Problem"
    PROBLEM_EN = "problem_en", "拟解决的技术难题（英文）", "Problem (English)"
    INDICATORS = "indicators", "技术指标", "Indicators"
    INDICATORS_EN = "indicators_en", "技术指标（英文）", "Indicators (English)"
    FOUNDATION = "foundation", "现有基础条件", "Foundation"
    FOUNDATION_EN = "foundation_en", "现有基础条件（英文）", "Foundation (English)"
    KEYWORDS = "keywords", "关键词", "Keywords"
    KEYWORDS_EN = "keywords_en", "关键词（英文）", "Keywords (English)"
    FIELD = "field", "技术领域", "Field"
    ORGANISATION = "organisation", "单位", "Organisation"
    BUDGET_MIN = "budget_min", "最低预算", "Minimum budget"
    BUDGET_MAX = "budget_max", "最高预算", "Maximum budget"
    CURRENCY = "currency", "币种", "Currency"
    COOP_MODES = "coop_modes", "合作方式", "Cooperation modes"
    MIN_TRL = "min_trl", "最低技术成熟度", "Minimum TRL"
    CHALLENGE = "challenge", "揭榜挂帅", "Challenge"
    CHALLENGE_AWARD = "challenge_award", "榜额", "Challenge award"
    CHALLENGE_DEADLINE = "challenge_deadline", "揭榜截止日期", "Challenge deadline"
    SCENARIO = "scenario", "应用场景清单", "Scenario"
    REGION = "region", "行政区划", "Region"
    VISIBILITY = "visibility", "可见范围", "Visibility"
    VALID_UNTIL = "valid_until", "有效期", "Valid until"
    REG_NO = "reg_no", "入库备案号", "Registration number"
    UPDATED_AT = "updated_at", "更新日期", "Updated at"
    SOURCE = "source", "来源", "Source"


class ManagerColumn(Labelled):
    """Fields of a technology manager as columns."""

    ID = "id", "编号", "Id"
    EXTERNAL_ID = "external_id", "来源编号", "Source id"
    NAME = "name", "姓名", "Name"
    NAME_EN = "name_en", "姓名（英文）", "Name (English)"
    AGENCY = "agency", "所属机构", "Agency"
    GRADE = "grade", "级别", "Grade"
    REGISTRATION = "registration", "备案号", "Registration"
    STATEMENT = "statement", "专长", "Statement"
    STATEMENT_EN = "statement_en", "专长（英文）", "Statement (English)"
    FIELDS = "fields", "技术领域", "Fields"
    INDUSTRIES = "industries", "行业", "Industries"
    REGIONS = "regions", "服务地区", "Regions"
    LANGUAGES = "languages", "工作语言", "Languages"
    CAPACITY = "capacity", "在手容量", "Capacity"
    CONFLICTS = "conflicts", "回避", "Conflicts"
    DEALS = "deals", "成交案例", "Deals"
    ACTIVE = "active", "在职", "Active"
    UPDATED_AT = "updated_at", "更新日期", "Updated at"
    SOURCE = "source", "来源", "Source"


class OrganisationColumn(Labelled):
    """Fields of an organisation as columns."""

    ID = "id", "编号", "Id"
    EXTERNAL_ID = "external_id", "来源编号", "Source id"
    NAME = "name", "单位名称", "Name"
    NAME_EN = "name_en", "单位名称（英文）", "Name (English)"
    ALIASES = "aliases", "别名", "Aliases"
    CREDIT_CODE = "credit_code", "统一社会信用代码", "Credit code"
    KIND = "kind", "单位性质", "Kind"
    PARENT = "parent", "上级单位", "Parent"
    REGION = "region", "行政区划", "Region"
    COUNTRY = "country", "国家", "Country"
    INDUSTRY = "industry", "行业", "Industry"
    SIZE = "size", "规模", "Size"
    CERTIFICATIONS = "certifications", "资质", "Certifications"
    UPDATED_AT = "updated_at", "更新日期", "Updated at"
    SOURCE = "source", "来源", "Source"


class FollowUpColumn(Labelled):
    """Fields of a follow-up, its last step and its contract as columns."""

    ID = "id", "编号", "Id", "跟进编号|followup id"
    NEED = "need", "需求", "Need", "需求编号|技术需求编号|need id|query id"
    OUTCOME = "outcome", "成果", "Outcome", "成果编号|科技成果编号|outcome id|candidate id"
    MANAGER = "manager", "技术经理人", "Manager", "经理人|经理人编号|manager id|broker"
    STATE = "state", "状态", "State", "跟进状态|当前状态|进展|status"
    AT = "at", "状态日期", "State since", "日期|变更日期|状态时间|date|state date|since"
    REASON = "reason", "原因", "Reason", "谢绝原因|不合适原因|decline reason"
    WHY = "why", "说明", "Why", "备注|原因说明|remark|remarks|comment"
    UNTIL = "until", "搁置至", "On hold until", "暂停至|hold until"
    OF = "of", "重复于", "Duplicate of"
    INTRODUCED_AT = "introduced_at", "引荐时间", "Introduced at", "引荐日期|对接日期|introduced on"
    NEXT_ACTION = "next_action", "下一步", "Next action", "下一步行动|下步工作|next step"
    DUE_ON = "due_on", "到期日", "Due on", "计划日期|due date"
    MODE = "mode", "转化方式", "Transfer mode", "合同类型|合作方式|contract type|contract mode"
    CONTRACT_REG_NO = (
        "contract_reg_no",
        "合同登记编号",
        "Contract registration number",
        "合同编号|登记编号|registration number|contract number|reg no",
    )
    SIGNED_ON = "signed_on", "签订日期", "Signed on", "合同签订日期|签约日期|contract date|signed"
    VALUE = "value", "成交额", "Contract value", "合同金额|成交金额|合同成交额|contract amount"
    TECHNICAL_VALUE = "technical_value", "技术交易额", "Technical value"
    CURRENCY = "currency", "币种", "Currency"
    UPFRONT = "upfront", "首付款", "Upfront payment", "入门费|首付|down payment"
    PAY_AFTER_USE = "pay_after_use", "先用后付", "Pay after use", "先使用后付费"
    ROYALTY_PERCENT = "royalty_percent", "提成比例", "Royalty percent", "提成|royalty"
    COMMISSION = "commission", "佣金", "Commission", "服务费|中介费"


class InteractionColumn(Labelled):
    """Fields of an interaction as columns."""

    ID = "id", "编号", "Id", "interaction id"
    EXTERNAL_ID = "external_id", "来源编号", "Source id"
    NEED = "need", "需求", "Need", "需求编号|need id|query id|query"
    OUTCOME = "outcome", "成果", "Outcome", "成果编号|outcome id|candidate id|candidate"
    MANAGER = "manager", "技术经理人", "Manager", "经理人|经理人编号|manager id"
    WEIGHT = "weight", "权重", "Weight", "强度|rating|score|strength"
    AT = "at", "时间", "At", "日期|date|time|timestamp"
    SOURCE = "source", "来源", "Source"


COLUMNS: Mapping[str, type[Labelled]] = {
    Noun.OUTCOME: OutcomeColumn,
    Noun.NEED: NeedColumn,
    Noun.MANAGER: ManagerColumn,
    Noun.ORGANISATION: OrganisationColumn,
    Noun.FOLLOW_UP: FollowUpColumn,
    INTERACTION: InteractionColumn,
}
"""The columns of a table by what its rows are, in the order in which they are written."""
