"""Every closed set of the domain. A Chinese term stands here once, as the `zh` of its member."""

from __future__ import annotations

from matcher.domain.labels import Labelled


class Language(Labelled):
    """Languages that texts are read in and pages are written in (ISO 639-1)."""

    ZH = "zh", "中文", "Chinese", "zh-CN|zh-Hans|zh-Hans-CN|cn|chi|zho|汉语"
    EN = "en", "英文", "English", "en-US|en-GB|eng|英语"


class Currency(Labelled):
    """Currencies whose names and signs are understood in prices (ISO 4217)."""

    CNY = "CNY", "元", "CNY", "¥|块|块钱|圆|人民币|rmb|yuan"
    USD = "USD", "美元", "USD", "$|us$|美金|dollar|dollars"
    EUR = "EUR", "欧元", "EUR", "€|euro|euros"
    GBP = "GBP", "英镑", "GBP", "£|pounds"
    JPY = "JPY", "日元", "JPY", "日圆|yen"
    HKD = "HKD", "港元", "HKD", "hk$|港币"
    KRW = "KRW", "韩元", "KRW", "₩|won"
    CHF = "CHF", "瑞士法郎", "CHF", "swiss francs"
    SEK = "SEK", "瑞典克朗", "SEK", "kronor"
    SGD = "SGD", "新加坡元", "SGD", "s$|新元"
    AUD = "AUD", "澳元", "AUD", "a$"
    CAD = "CAD", "加元", "CAD", "c$"
    TWD = "TWD", "新台币", "TWD", "nt$"


class Noun(Labelled):
    """The kinds of record that events, imports and pages are about."""

    OUTCOME = "outcome", "科技成果", "technology outcome", "成果|outcomes|technology"
    NEED = "need", "技术需求", "technology need", "需求|needs|demand"
    MANAGER = "manager", "技术经理人", "technology manager", "经理人|managers|broker"
    ORGANISATION = "organisation", "单位", "organisation", "机构|organisations|organization"
    FOLLOW_UP = "followup", "跟进", "follow-up", "followups|deal"
    NODE = "node", "节点", "node", "nodes"
    ACCOUNT = "account", "账户", "account", "账号|用户|user"
    MODEL = "model", "模型", "model", "models"
    INTEREST = "interest", "意向", "expression of interest", "interests"
    IMPORT = "import", "导入批次", "import", "imports"
    PLAN = "plan", "对接计划", "docking plan", "plans"
    TOKEN = "token", "令牌", "token", "tokens"
    JOB = "job", "任务", "job", "jobs"


class Stage(Labelled):
    """How far an outcome has come from the bench to the market."""

    LAB = "lab", "小试", "lab scale", "小试阶段|实验室|实验室阶段|初期阶段|laboratory"
    PILOT = "pilot", "中试", "pilot scale", "中试阶段|中期阶段|pilot plant"
    MATURE = (
        "mature",
        "成熟应用",
        "mature",
        "成熟应用阶段|成熟|产业化|产业化阶段|规模化生产|批量生产|量产"
        "|industrial scale|commercial|mass production",
    )


class TransferMode(Labelled):
    """Ways in which a technology passes from its holder to the one who uses it."""

    DEVELOPMENT = (
        "development",
        "技术开发",
        "technology development",
        "开发|委托开发|合作开发|联合开发|合作研发|联合攻关|joint development|co-development|R&D",
    )
    TRANSFER = (
        "transfer",
        "技术转让",
        "technology transfer",
        "转让|专利转让|专利权转让|assignment|sale",
    )
    LICENSE = (
        "license",
        "技术许可",
        "technology licence",
        "许可|许可使用|专利许可|专利实施许可|普通许可|独占许可|排他许可|licence|licensing"
        "|technology license|exclusive licence|exclusive license"
        "|non-exclusive licence|non-exclusive license",
    )
    CONSULTING = "consulting", "技术咨询", "technical consulting", "咨询|consultancy|advice"
    SERVICE = "service", "技术服务", "technical service", "服务|services|technical services"
    EQUITY = (
        "equity",
        "作价投资",
        "equity investment",
        "入股|作价入股|技术入股|投资入股|技术作价|股权|joint venture",
    )
    INCUBATION = (
        "incubation",
        "孵化企业",
        "spin-off",
        "孵化|创办企业|自主孵化|spin-out|start-up",
    )


class Listing(Labelled):
    """Whether an outcome is offered on an exchange, at a price or by auction."""

    NONE = "none", "未挂牌", "not listed", "无|unlisted"
    LISTED = "listed", "挂牌", "listed", "挂牌交易|已挂牌"
    AUCTION = "auction", "竞价", "auction", "拍卖|竞拍|竞价交易"


class Secrecy(Labelled):
    """The three levels of the law on guarding state secrets, and what lies below them."""

    OPEN = "open", "公开", "open", "非密|无密级|unclassified"
    INTERNAL = "internal", "内部", "internal", "内部资料"
    SECRET = "secret", "秘密", "secret"
    HIGHLY_SECRET = "highly_secret", "机密", "highly secret"
    TOP_SECRET = "top_secret", "绝密", "top secret"


class Visibility(Labelled):
    """Who may know that a record exists, from the widest circle to the narrowest."""

    PUBLIC = "public", "登录可见", "anyone signed in", "公开|所有人可见"
    MEMBERS = "members", "节点成员可见", "members of the node", "成员|成员可见"
    BROKERS = "brokers", "经理人可见", "technology managers only", "经理人|managers"
    NAMED = "named", "指定账户可见", "named accounts only", "指定|指定可见|private"


class OrganisationKind(Labelled):
    """What an organisation is."""

    UNIVERSITY = "university", "高校", "university", "大学|学院|高等院校|college"
    INSTITUTE = (
        "institute",
        "科研院所",
        "research institute",
        "研究所|研究院|科研机构|新型研发机构",
    )
    ENTERPRISE = "enterprise", "企业", "enterprise", "公司|company|firm"
    HOSPITAL = "hospital", "医院", "hospital", "医疗机构"
    INCUBATOR = "incubator", "孵化器", "incubator", "众创空间|accelerator"
    PILOT_BASE = "pilot_base", "中试基地", "pilot-scale base", "中试平台|pilot plant"
    AGENCY = (
        "agency",
        "技术转移机构",
        "technology transfer agency",
        "技术转移中心|技术交易机构|technology transfer office|TTO",
    )
    INVESTOR = "investor", "投资机构", "investor", "基金|venture capital|VC"
    GOVERNMENT = "government", "政府部门", "government", "政府"


class OrganisationSize(Labelled):
    """Size classes as the national statistics use them."""

    LARGE = "large", "大型", "large", "大型企业"
    MEDIUM = "medium", "中型", "medium", "中型企业|medium-sized"
    SMALL = "small", "小型", "small", "小型企业"
    MICRO = "micro", "微型", "micro", "微型企业"


class NodeKind(Labelled):
    """A node's place in the tree of platforms."""

    CORE = "core", "核心节点", "core node", "核心"
    REGIONAL = "regional", "区域分节点", "regional node", "区域节点|区域"
    PROFESSIONAL = "professional", "专业分节点", "professional node", "专业节点|专业"


class Role(Labelled):
    """What an account may do; an account has one or more."""

    MANAGER = "manager", Noun.MANAGER.zh, Noun.MANAGER.en, "经理人|broker"
    ENTERPRISE = "enterprise", OrganisationKind.ENTERPRISE.zh, "enterprise", "需求方|company"
    HOLDER = "holder", "成果持有单位", "outcome holder", "成果方|完成单位"
    ADMIN = "admin", "节点管理员", "node administrator", "管理员|administrator"


class Grade(Labelled):
    """Professional grade of a technology manager."""

    JUNIOR = "junior", "初级", "junior", "初|初级技术经理人"
    INTERMEDIATE = "intermediate", "中级", "intermediate", "中|中级技术经理人"
    SENIOR = "senior", "高级", "senior", "高|高级技术经理人"


class FollowUpState(Labelled):
    """Where a pursued pair stands: the forward chain in its order, then the exits."""

    SUGGESTED = "suggested", "已推荐", "suggested"
    ACCEPTED = "accepted", "已接受", "accepted"
    CONTACTED = "contacted", "已联系", "contacted"
    MUTUAL_INTEREST = "mutual_interest", "双方有意", "mutual interest"
    NDA_SIGNED = "nda_signed", "已签保密协议", "NDA signed"
    TECHNICAL_EXCHANGE = "technical_exchange", "技术交流", "technical exchange"
    NEGOTIATING = "negotiating", "商务谈判", "negotiating", "谈判"
    CONTRACT_SIGNED = "contract_signed", "已签合同", "contract signed", "已签约"
    REGISTERED = "registered", "已登记", "contract registered", "合同已登记"
    PAID = "paid", "已付款", "paid", "已收款"
    COMMISSION_SETTLED = "commission_settled", "佣金已结", "commission settled"
    CLOSED = "closed", "已完成", "closed", "完成"
    DECLINED = "declined", "不合适", "declined", "已谢绝"
    ON_HOLD = "on_hold", "搁置", "on hold", "暂停"
    EXPIRED = "expired", "已过期", "expired"
    DUPLICATE = "duplicate", "重复", "duplicate"
    WITHDRAWN = "withdrawn", "已撤回", "withdrawn"


class DeclineReason(Labelled):
    """Why a pair was turned down; asked once, and a training signal."""

    TOO_EARLY = "too_early", "太早", "too early", "成熟度不够"
    BENEFIT_UNCLEAR = "benefit_unclear", "收益不明", "benefit unclear"
    COMMERCIAL_ROUTE_UNCLEAR = (
        "commercial_route_unclear",
        "商业路径不明",
        "commercial route unclear",
    )
    DESCRIPTION_UNCLEAR = "description_unclear", "描述不清", "description unclear"
    SCIENTIFIC_OBJECTION = "scientific_objection", "科学上存疑", "scientific objection"
    PRICE = "price", "价格", "price", "价格不合适"
    IP_PROBLEM = "ip_problem", "知识产权问题", "IP problem", "产权问题"
    REGION = "region", "地区", "region", "地区不合适"
    NOT_STRATEGIC = "not_strategic", "不在规划内", "not strategic"
    NO_CAPACITY = "no_capacity", "没有精力", "no capacity"
    CONFLICT_OF_INTEREST = "conflict_of_interest", "利益冲突", "conflict of interest", "回避"
    ALREADY_IN_CONTACT = "already_in_contact", "已有接触", "already in contact"
    STALE_LISTING = "stale_listing", "信息过时", "stale listing"
    OTHER = "other", "其他", "other", "其它"
