"""How fast texts are repaired, cut into tokens and counted as concepts, in Chinese and English.

    python benchmarks/text_bench.py [--texts 1000] [--size 1000]

Run it with OMP_NUM_THREADS=1. It prints one JSON line a figure: `figure`, `language`, `texts`,
`value`, `unit`, `made`. The texts are made from the sample, see made_texts.py. The figures:

    repair       repair_text
    read         cutting the repaired texts into numbered terms, once the dictionary is loaded
    fit          learning the concept space of these texts
    count        counting the concepts of the texts in that space
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterator
from typing import TypeVar

from made_texts import MADE, texts

from matcher.text.concepts import ConceptSpace
from matcher.text.dictionary import standard_dictionary
from matcher.text.repair import repair_text
from matcher.text.segment import Segmenter
from matcher.text.stream import Reader

T = TypeVar("T")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--texts", type=int, default=1000, metavar="N")
    parser.add_argument("--size", type=int, default=1000, metavar="BYTES")
    arguments = parser.parse_args()
    for language in ("zh", "en"):
        made = list(texts(language, arguments.texts, arguments.size))
        for figure, value, unit in measured(made):
            line = {"figure": f"text_{figure}", "language": language, "texts": len(made)}
            line |= {"value": round(value, 3), "unit": unit, "made": MADE}
            print(json.dumps(line), flush=True)


def measured(made: list[str]) -> Iterator[tuple[str, float, str]]:
    """Yield figure, value and unit."""
    megabytes = sum(len(text.encode()) for text in made) / 1e6
    dictionary = standard_dictionary()
    reader = Reader(Segmenter(dictionary.words()))
    reader.read(made[:1])
    repaired, seconds = timed(lambda: [repair_text(text) for text in made])
    yield "repair", megabytes / seconds, "MB/s"
    stream, seconds = timed(lambda: reader.read(repaired))
    tokens = len(stream.terms)
    yield "read", tokens / seconds, "tokens/s"
    space, seconds = timed(lambda: ConceptSpace.fit([stream], reader.table, dictionary))
    yield "fit", tokens / seconds, "tokens/s"
    _, seconds = timed(lambda: space.counts(stream))
    yield "count", tokens / seconds, "tokens/s"


def timed(call: Callable[[], T]) -> tuple[T, float]:
    start = time.perf_counter()
    return call(), time.perf_counter() - start


if __name__ == "__main__":
    main()
