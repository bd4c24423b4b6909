"""Words that are in many texts and name nothing that is looked for: no reason for a match.

They count in the ranking, where idf makes them light; people who read why two go together would
take them for an excuse. Stop words aren't here: they count nowhere.
"""

from __future__ import annotations

import re

_ENGLISH = frozenset(
    """
    able about across already always another around away back best better big bring brought case
    come common compared current currently day days different due easy enough even every exist
    existing find first five four full get getting give given go going good great half hand help
    high higher hour hours ideally include including keep know known large largely last least
    left less like likely little long look looking lot low lower made main make makes making
    many mean means month months much need needed needs never new next number often old one open
    ones order part per place plus point possible present previous provide put ready real really
    require required requires result results right say second see seek several short show simple
    since single six small someone something start state still suitable take taken task ten then
    thing things third three time times today total try turn twice two type typical typically
    use used useful user users uses using usual usually want wanted way ways week weeks well
    whole wide work works worse year years yet zero
    """.split()
)
_CHINESE = frozenset(
    """
    器 机 型 占 体 头 式 性 率 用 人 元 过 件 出 给 看 加 补 里 台 装 算 料 次 但 万 亿 千 百 十
    一 二 两 三 四 五 六 七 八 九 站 低 高 大 小 少 新 老 旧 快 慢 长 短 即 级 受 得 块 带 吨 克
    斤 度 倍 层 面 点 些 只 条 种 类 项 位 名 家 号 周 天 时 分 秒 米 跑 走 进 回 起 落 开 关 放
    拿 打 弄 搞 干 找 等 送 取 变 成 像 若 让 令 向 当 按 比 除 着 说 问 听 读 写 想 愿 求 需 须
    应 请 前 后 左 右 间 部 处 便 易 难 差 强 弱 全 半 双 单 各 某 本 别 另 同 共 总 约 近 远 早
    晚 先 够 太 只有 起来 进来 出来 另外 可以 可能 能够 能否 不能 不用 不会 不要 不同 需要 要求
    希望 想要 最好 最大 最小 以上 以下 以内 之间 之后 之前 时候 时间 小时 分钟 每天 每年 每次
    每个 今年 去年 明年 现有 现场 情况 方面 方式 问题 用于 采用 使用 利用 应用 提供 具备 满足
    达到 实现 做到 解决 处理 进一步 同时 其他 多种 各种 一套 一批 一条 一项 一次 两个 三个 几个
    这些 那些 这种 那种 这样 主要 重要 相关 有关 比较 非常 特别 容易 方便 完全 基本 一般 通常
    常用 国内 我国 我们厂 公司 企业 单位 项目 技术 寻求 寻找 合作 开展 元以下 万元
    """.split()
)
_PREFIXED = "g m l L W V A Ah Wh VA Pa Hz Ω N J bar t s F H mol"
_UNITS = frozenset(
    f"{prefix}{unit}"
    for unit in _PREFIXED.split()
    for prefix in ("", *"kMGmµμn")
    # Nobody measures in megalitres, but many speak of ML, MA and GF.
    if f"{prefix}{unit}" not in {"ML", "GL", "MA", "GA", "MF", "GF", "MH", "GH", "MV"}
) | frozenset(
    """
    cm dm km2 cm2 mm2 m2 m3 dm3 cm3 mm3 Nm3 mL ml dB min h d a rpm °C K ppm ppb wt vol CNY USD RMB
    EUR 毫米 厘米 微米 纳米 公里 千米 平方米 立方米 公斤 千克 毫克 微克 毫升 升 千瓦 兆瓦 伏 安
    赫兹 兆帕 千帕 摄氏度
    """.split()
)
_NUMBER = re.compile(r"[\d.,:%×x*/+~–-]+")
_CHINESE_NUMBER = re.compile(
    "[一二三四五六七八九十百千万亿两几多半]+[个台套条项次倍成天件种类块吨]?"
)


def is_light(words: str) -> bool:
    """Whether words of a text, as they stand there, name nothing: everyday words, bare numbers,
    bare units. A number with its unit names something."""
    parts = words.split()
    return len(parts) > 0 and all(map(_is_light_word, parts)) and not _is_quantity(parts)


def _is_light_word(word: str) -> bool:
    return (
        word.lower() in _ENGLISH
        or word in _CHINESE
        or _is_unit(word)
        or _is_number(word)
        or _CHINESE_NUMBER.fullmatch(word) is not None
    )


def _is_unit(word: str) -> bool:
    return all(part in _UNITS for part in word.split("/"))


def _is_quantity(parts: list[str]) -> bool:
    return any(map(_is_number, parts)) and any(map(_is_unit, parts))


def _is_number(word: str) -> bool:
    return _NUMBER.fullmatch(word) is not None and any(map(str.isdigit, word))
