"""What a web page puts around an article: links to others, counters, buttons, notices.

It goes only as whole lines, or as segments at the very beginning or end of the text, so a
sentence that uses such a word stays. Patterns are possessive, so that a wall of keywords costs no
more than its length.
"""

from __future__ import annotations

import re

_BUTTON_WORDS = """打印(?:本页|此页|本文|文章) 关闭本?(?:窗口|页面|页) 回到顶部
    返回(?:顶部|首页|列表|上一?页|上一?级) 加入收藏 收藏本[站页文] 设为首页 网站首页
    我要(?:纠错|分享|收藏|打印)""".split()
_ENGLISH_BUTTON_WORDS = (
    r"back to (?:top|list|home)",
    r"return to top",
    r"print this (?:page|article)",
    r"close (?:this )?window",
    r"share on (?:facebook|twitter|x|linkedin|wechat|weibo|whatsapp|reddit)",
    r"(?:share|email|tweet) this(?: page| article)?",
    r"skip to (?:main )?content",
    r"all rights reserved\.?",
)
_COUNTED = """(?:点击|浏览|阅读|访问|查看)次数 (?:点击|浏览)[数量率] 阅读[数量] 人气
    浏览 阅读 点击""".split()
# Where the free text of one piece of furniture ends because the next one begins.
_NEXT = (
    "[上下]一[篇条页则]|[前后]一篇|版权所有|打印|关闭|返回|分享[到至]|责任?编|点击|浏览|copyright|©"
)
_REST = rf"(?:(?!{_NEXT})[^。\n]){{0,80}}+"

_NUMBER = r"(?:[:：]\s*\d[\d,]*+\s*次?|[\[【(（]\s*\d[\d,]*+\s*次?\s*[\])）】]|\s*\d[\d,]*+\s*次)"
_COUNTER = rf"(?:{'|'.join(_COUNTED)})\s*{_NUMBER}"
_BUTTON = (
    rf"[\[【(（]?\s*(?:{'|'.join(_BUTTON_WORDS)})\s*[\]】)）]?|[\[【](?:打印|关闭|收藏|返回)[\]】]"
)
_FONT_SIZE = r"[\[【]?\s*字[号体]\s*[:：]?\s*(?:[\[【]?[大中小][\]】]?[\s|]*){1,4}[\]】]?"
_LICENCE = (
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]?\s*"
    r"(?:ICP[备证]|公网安备)\s*\d++\s*号?(?:-\d+)?"
)
_PAGES = r"(?=[^\n]{0,20}[上下]一页)(?:(?:首页|[上下]一页|[尾末]页|共?\d{1,4}页?)[\s|/]*){2,}"
_LINK = rf"(?:[上下]一[篇条页则]|[前后]一篇)\s*(?:(?:[:：>»]|没有了){_REST}|$)"
_SHARE = rf"分享[到至]\s*(?:[:：]{_REST}|(?:(?:微信|微博|新浪微博|朋友圈|QQ空间|QQ)[\s、,，]*)+|$)"
_NAME = r"[^\s。，:：\])）】]{1,8}(?:\s[^\s。，]{1,2})?"
_EDITOR = rf"[\[【(（]?\s*(?:责任编辑|责编)\s*[:：\s]\s*{_NAME}\s*[\]】)）]?"
_OWNER = (
    r"(?:[^\s。，]{1,24}\s)?版权所有\s*(?:"
    r"[,，]?\s*(?:侵权必究|翻版必究|违者必究|不得转载|请勿转载|转载请注明)[^。\n]{0,20}。?"
    rf"|(?:[©：:(（|]|(?<=\s)){_REST}|$)"
)
_COPYRIGHT_SIGN = r"(?:copyright\s*(?:©|\(c\)|（c）)|©\s*(?:copyright\s*)?\d{4})" + _REST
_COPYRIGHT_YEAR = r"copyright\s*\d{4}" + _REST
_PLACE = rf"(?:您|你)?(?:现在|当前)?的?位置\s*[:：]\s*(?:网站)?(?:首页|主页|>){_REST}"

_CHINESE = "|".join(
    (_COUNTER, _BUTTON, _FONT_SIZE, _LICENCE, _PAGES, _LINK, _SHARE, _EDITOR, _OWNER, _PLACE)
)
_ENGLISH = "|".join((*_ENGLISH_BUTTON_WORDS, _COPYRIGHT_SIGN))
_BUTTONS = "|".join((_COUNTER, _BUTTON, _FONT_SIZE, _LICENCE))
_GAP = r"[\s|·•>,，\-—]*+"
_LINE = re.compile(rf"{_GAP}(?>(?:{_CHINESE}|{_ENGLISH}|{_COPYRIGHT_YEAR}){_GAP})++", re.IGNORECASE)
# Chinese has no blanks between words, so one before its furniture is an end; English needs a stop.
_TAIL = re.compile(
    rf"(?:(?<=[。！？.!?\n])\s*+|\s++(?={_CHINESE}))(?>(?:{_CHINESE}|{_ENGLISH}){_GAP})++\Z",
    re.IGNORECASE,
)
_TAIL_LENGTH = 300
_HEAD = re.compile(rf"\A(?>(?:{_BUTTONS})(?:[\s|]++|\Z))++", re.IGNORECASE)
_CHINESE_TRACES = """上一 下一 前一篇 后一篇 次数 点击 浏览 阅读 人气 打印 关闭 返回 收藏 首页
    回到顶部 我要 字号 字体 责任编辑 责编 分享 版权所有 ICP 公网安备 位置 ©""".split()
_ENGLISH_TRACES = (
    *("copyright", "back to ", "return to top", "print this ", "window", "share ", "share this"),
    *("email this", "tweet this", "skip to ", "all rights reserved"),
)


def remove_furniture(text: str) -> tuple[str, int]:
    """The article alone, and the number of lines and segments taken away."""
    if not _may_hold_furniture(text):
        return text, 0
    lines = text.split("\n")
    kept = [line for line in lines if not line or _LINE.fullmatch(line) is None]
    article, ends = _without_ends("\n".join(kept))
    return article, len(lines) - len(kept) + ends


def _may_hold_furniture(text: str) -> bool:
    if not text.isascii() and any(trace in text for trace in _CHINESE_TRACES):
        return True
    lower = text.lower()
    return any(trace in lower for trace in _ENGLISH_TRACES)


def _without_ends(text: str) -> tuple[str, int]:
    text, heads = _HEAD.subn("", text)
    tail = _TAIL.search(text, max(0, len(text) - _TAIL_LENGTH))
    return (text, heads) if tail is None else (text[: tail.start()], heads + 1)
