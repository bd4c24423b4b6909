"""Which encoding the bytes of a text file are in: a byte-order mark, else valid UTF-8, else
the legacy encoding in which the text looks most like text.

UTF-8 can't be mistaken: bytes of another encoding are hardly ever valid UTF-8. The legacy
ones are told apart by the share of characters that are everyday ones: GB 2312 and Big5 both
list the common Chinese characters first ("level 1"), and text read in the wrong one of the
two falls outside.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from enum import StrEnum
from functools import cache

SAMPLE_BYTES = 262_144
PLAUSIBLE = 0.8
"""Share of everyday characters from which GB 18030 is believed without comparing."""
ACCEPTABLE = 0.3
FEW = 8
"""Characters too few to judge by."""
BINARY_SHARE = 0.03
"""Control bytes in a text are accidents; random bytes hold a tenth of them."""

_NOT_ASCII = re.compile(rb"[\x80-\xff]")
_LONE_BYTE = re.compile(rb"(?<![\x80-\xff])[\x80-\xff](?![\x80-\xff])")
_CONTROL = bytes(set(range(32)) - set(b"\t\n\r\f\x1a")) + b"\x7f"
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


_KANA = re.compile("[\u3041-\u30fe]")
_CHINESE = re.compile("[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")


class Encoding(StrEnum):
    """Encodings that are read; the values are Python's codec names."""

    UTF8 = "utf-8-sig"
    UTF16 = "utf-16"
    GB18030 = "gb18030"
    BIG5 = "big5hkscs"
    WINDOWS = "cp1252"


class Detector:
    """Takes the bytes of a whole file in chunks, keeps little, then tells the encoding.

    The whole file is looked at because the first Chinese character of a long one may stand
    near its end.
    """

    def __init__(self) -> None:
        self._utf8 = codecs.getincrementaldecoder("utf-8")()
        self._valid_utf8 = True
        self._head = b""
        self._sample = b""

    def feed(self, chunk: bytes) -> None:
        """Look at the next bytes of the file."""
        if not self._head:
            self._head = chunk[:SAMPLE_BYTES]
        if len(self._sample) < SAMPLE_BYTES:
            self._sample += chunk[self._start(chunk) :][:SAMPLE_BYTES]
        self._check_utf8(chunk, final=False)

    def encoding(self) -> Encoding | None:
        """The encoding of the bytes fed so far, None when they are not text in one we read."""
        if self._head.startswith(_UTF16_MARKS):
            return Encoding.UTF16
        if is_binary(self._head):
            return None
        self._check_utf8(b"", final=True)
        return Encoding.UTF8 if self._valid_utf8 else guess(self._sample)

    def _start(self, chunk: bytes) -> int:
        """Where the sample goes on: at once if begun, else at the line with a non-ASCII byte."""
        if self._sample:
            return 0
        found = _NOT_ASCII.search(chunk)
        return len(chunk) if found is None else chunk.rfind(b"\n", 0, found.start()) + 1

    def _check_utf8(self, chunk: bytes, *, final: bool) -> None:
        if not self._valid_utf8:
            return
        try:
            self._utf8.decode(chunk, final)
        except UnicodeDecodeError:
            self._valid_utf8 = False


def detect(chunks: Iterable[bytes]) -> Encoding | None:
    """The encoding of a file given as chunks of bytes; None when it isn't text in one we read."""
    detector = Detector()
    for chunk in chunks:
        detector.feed(chunk)
    return detector.encoding()


def is_binary(head: bytes) -> bool:
    """Whether bytes hold more control characters than an accident puts into a text."""
    controls = len(head) - len(head.translate(None, delete=_CONTROL))
    return controls > max(FEW, BINARY_SHARE * len(head))


def guess(sample: bytes) -> Encoding | None:
    """The likeliest encoding of bytes that aren't valid UTF-8 throughout.

    Mostly valid UTF-8 is UTF-8 with damaged bytes; they become U+FFFD on reading. GB 18030 is
    taken when plausible; else what fits best of it, Big5 and Windows-1252; else, for rare
    characters alone, GB 18030 if they are Chinese.
    """
    if everyday_share(sample, Encoding.UTF8) >= PLAUSIBLE:
        return Encoding.UTF8
    gb = everyday_share(sample, Encoding.GB18030)
    if gb >= PLAUSIBLE:
        return Encoding.GB18030
    rivals = {name: everyday_share(sample, name) for name in (Encoding.BIG5, Encoding.WINDOWS)}
    best = max(rivals, key=rivals.__getitem__)
    if rivals[best] > gb and rivals[best] >= ACCEPTABLE:
        return best
    return Encoding.GB18030 if gb >= ACCEPTABLE or _chinese_at_least(sample) else None


def everyday_share(sample: bytes, encoding: Encoding) -> float:
    """Share of the non-ASCII characters that are everyday ones if read in this encoding."""
    foreign = [char for char in sample.decode(encoding, "replace") if char > "\x7f"]
    if not foreign:
        return 1.0
    if encoding is Encoding.UTF8:
        return 1 - foreign.count("\ufffd") / len(foreign)
    everyday = _everyday(encoding)
    believed = _lone(sample) if encoding is Encoding.WINDOWS else foreign
    return sum(char in everyday for char in believed) / len(foreign)


def _lone(sample: bytes) -> list[str]:
    """Western letters with an accent stand among plain ones; Chinese bytes come in pairs."""
    return [byte.decode(Encoding.WINDOWS, "replace") for byte in _LONE_BYTE.findall(sample)]


@cache
def _everyday(encoding: Encoding) -> frozenset[str]:
    """Level-1 characters and punctuation of a Chinese encoding; letters of a Western one."""
    if encoding is Encoding.WINDOWS:
        return frozenset("‘’“”–—•…€£§°±²³µ·×®™«»" + bytes(range(0xC0, 0x100)).decode("latin-1"))
    gb = encoding is Encoding.GB18030
    rows = [*range(0xA1, 0xA4), *(range(0xB0, 0xD8) if gb else range(0xA4, 0xC7))]
    cells = range(0xA1, 0xFF) if gb else [*range(0x40, 0x7F), *range(0xA1, 0xFF)]
    pairs = (bytes([row, cell]) for row in rows for cell in cells)
    return frozenset(pair.decode(encoding, "ignore") for pair in pairs) - {""}


def _chinese_at_least(sample: bytes) -> bool:
    """Whether all of it is Chinese if read as such, however rare, and it isn't Japanese."""
    foreign = [char for char in sample.decode(Encoding.GB18030, "replace") if char > "\x7f"]
    kana = _KANA.findall(sample.decode("shift_jis", "replace"))
    chinese = sum(_CHINESE.match(char) is not None for char in foreign)
    return chinese >= PLAUSIBLE * len(foreign) and len(kana) < ACCEPTABLE * len(foreign)
