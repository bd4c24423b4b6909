"""Pinyin glosses that a converter left in a text: `轉(zhuǎn)移`, `技術(shù)`, `转(zhuan3)移`.

Only pinyin with its tone goes, and only right after a Han character. Numbered pinyin looks like
a formula or a gene (`蛋白(pin1)`), so its initial must also be the character's own; several
syllables with acute and grave accents alone may be French (`简历(résumé)`) and stay.
"""

from __future__ import annotations

import re
import unicodedata

from matcher.text.script import simplified_character

# Finals by initials, as in the table of Hanyu Pinyin; `lv` is how keyboards write lü.
_COMMON = "a ai ao an ang en eng ou"
_FINALS = {
    "b p": f"{_COMMON} ei o i ie iao ian in ing u",
    "m": f"{_COMMON} ei o e i ie iao iu ian in ing u",
    "f": "a ei o ou an en ang eng u",
    "d t": f"{_COMMON} ei e ong i ia ie iao iu ian ing u uo ui uan un",
    "n l": f"{_COMMON} ei e ong i ia ie iao iu ian in iang ing u uo uan un ü üe ue v",
    "g k h": f"{_COMMON} ei e ong u ua uo uai ui uan un uang",
    "j q x": "i ia ie iao iu ian in iang ing iong u ue uan un",
    "zh ch sh r": f"{_COMMON} ei e i ong u ua uo uai ui uan un uang",
    "z c s": f"{_COMMON} ei e i ong u uo ui uan un",
    "y": "a o e ai ao ou an ang ong i in ing u ue uan un",
    "w": "a o ai ei an en ang eng u",
}
_WITHOUT_INITIAL = f"{_COMMON} o e ei er"
SYLLABLES = frozenset(_WITHOUT_INITIAL.split()) | {
    initial + final
    for initials, finals in _FINALS.items()
    for initial in initials.split()
    for final in finals.split()
}
_SPELLING = "|".join(sorted(SYLLABLES, key=len, reverse=True))
_LONGEST = max(map(len, SYLLABLES))
_BETWEEN = frozenset(" '’")
_NUMBERED = re.compile(rf"(?:({_SPELLING})[1-5] ?)+")
_GLOSS = re.compile(
    r"(?<=[\u3400-\u4dbf\u4e00-\u9fff])"
    r"[(（]\s?([a-züāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ1-5 '’]{1,40}+)[)）]",
    re.IGNORECASE,
)
_MACRON, _ACUTE, _CARON, _GRAVE = "\u0304", "\u0301", "\u030c", "\u0300"
_TONES = re.compile(f"[{_MACRON}{_ACUTE}{_CARON}{_GRAVE}]")

# GB 2312 lists its level-1 characters by pinyin; here each initial letter's first one.
_FIRST_OF_LETTER = dict(
    zip("abcdefghjklmnopqrstwxyz", "啊芭擦搭蛾发噶哈击喀垃妈拿哦啪期然撒塌挖昔压匝", strict=True)
)
_LETTER_STARTS = [(first.encode("gb2312"), letter) for letter, first in _FIRST_OF_LETTER.items()]
_LEVEL_2 = b"\xd8"


def remove_glosses(text: str) -> tuple[str, int]:
    """`text` without pinyin in parentheses, and how many were taken out."""
    if text.isascii() or ("(" not in text and "（" not in text):
        return text, 0
    glosses = sum(map(_is_gloss, _GLOSS.finditer(text)))
    if not glosses:
        return text, 0
    return _GLOSS.sub(lambda match: "" if _is_gloss(match) else match.group(), text), glosses


def _is_gloss(match: re.Match[str]) -> bool:
    gloss = unicodedata.normalize("NFD", match.group(1).strip().lower())
    tones = frozenset(_TONES.findall(gloss))
    letters = unicodedata.normalize("NFC", _TONES.sub("", gloss))
    if tones:
        sure = not tones.isdisjoint({_MACRON, _CARON})
        return letters in SYLLABLES or (sure and _is_syllables(letters))
    numbered = _NUMBERED.fullmatch(letters)
    own = initial_letter(match.string[match.start() - 1])
    return numbered is not None and own in ("", numbered.group(1)[0])


def _is_syllables(letters: str) -> bool:
    """Whether all of it is syllables, blanks or apostrophes between them.

    Place by place and not as a regular expression, which tries every way to cut `ananan…`.
    """
    reached = {0}
    for start in range(len(letters)):
        if start in reached:
            ends = range(start + 1, min(start + _LONGEST, len(letters)) + 1)
            for end in (end for end in ends if letters[start:end] in SYLLABLES):
                reached.update((end, end + 1) if letters[end : end + 1] in _BETWEEN else (end,))
    return len(letters) in reached


def initial_letter(char: str) -> str:
    """First letter of a Han character's commonest reading; empty where GB 2312 doesn't tell."""
    code = simplified_character(char).encode("gb2312", "ignore")
    if not _LETTER_STARTS[0][0] <= code < _LEVEL_2:
        return ""
    return next(letter for start, letter in reversed(_LETTER_STARTS) if start <= code)
