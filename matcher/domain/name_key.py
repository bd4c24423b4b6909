"""The key of an organisation's name: what its many spellings have in common."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_FORMS = frozenset(
    "co company corp corporation inc incorporated ltd limited coltd llc llp lp plc group holding"
    " holdings gmbh mbh ggmbh ag kg kgaa se ev ohg ug sa sas sarl srl spa sl bv nv ab as asa aps oy"
    " oyj kk pte pty pvt sdn bhd".split()
)
# Longer ones before those that they end in.
_CHINESE_FORMS = (
    "有限责任公司 股份有限公司 有限公司 股份公司 集团公司 总公司 公司 集团"
    " 特殊普通合伙企业 特殊普通合伙 普通合伙企业 普通合伙 有限合伙企业 有限合伙 合伙企业"
    " 株式会社".split()
)
# A branch is called after its town, and 公司 is no legal form of it.
_BRANCH = "分公司"
# Every answer asks for the keys of some names again.
_NAMES_KNOWN = 1 << 14
# Between the single letters of L.L.C. and S.p.A.
_DOT_OF_INITIALS = re.compile(r"\b(\w)\.(?=\w\b)")


@lru_cache(_NAMES_KNOWN)
def name_key(name: str) -> str:
    """Return the key of an organisation's name; "" for a blank one and for no other.

    Width, case, spaces and punctuation don't matter, nor do legal forms at the end (有限公司, 集团,
    Co., Ltd., GmbH …), unless there is nothing else. What stands in brackets is kept: it tells a
    firm's subsidiaries apart. Script isn't converted; pass simplified Chinese.
    """
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    words = _words(_DOT_OF_INITIALS.sub(r"\1", plain))
    while len(words) > 1 and words[-1] in _FORMS:
        words.pop()
    return _without_chinese_forms("".join(words)) or "".join(plain.split())


def _words(plain: str) -> list[str]:
    """The runs of letters, digits and the marks on them."""
    kept = (char if unicodedata.category(char)[0] in "LNM" else " " for char in plain)
    return "".join(kept).split()


def _without_chinese_forms(key: str) -> str:
    end = len(key)
    while form := _form_at(key, end):
        end -= len(form)
    return key[:end]


def _form_at(key: str, end: int) -> str:
    """The legal form that ends at `end`, "" where there is none or nothing before it."""
    if key.endswith(_BRANCH, 0, end):
        return ""
    form = next((form for form in _CHINESE_FORMS if key.endswith(form, 0, end)), "")
    return form if len(form) < end else ""
