"""How fast the embedded retriever builds and answers, on random vectors.

    python benchmarks/index_bench.py [--rows 10000 100000] [--queries 100] [--k 100]

Run it with OMP_NUM_THREADS=1, as the service runs. It prints one JSON line a figure:
`figure`, `space`, `rows`, `value`, `unit`, `threads`. The figures, for each number of rows:

    build         one upsert of every row into an empty retriever
    search_median, search_p99
                  one query at a time, k hits, no filter
    filtered_median
                  the same where 2.7 % of the ids are allowed
    batch         queries a second when all come at once
    score_median  one query with 1,000 ids
    upsert_median one row into the full index
    recall        share of the k hits of the flat space that sq8 finds too

`flat` and `sq8` hold unit vectors of 256 components, drawn from a normal distribution: codes have
no structure to lean on. `sparse` holds records of about 150 concepts and queries of at most 64,
from a vocabulary of 60,000 with Zipf's law, whose most frequent terms are pruned.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterable, Iterator

import faiss
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from matcher.index import Allowed, EmbeddedRetriever, Space, SpaceKind, Storage, Vectors

DIMENSION = 256
VOCABULARY = 60_000
PRUNED = 50
SPACES = [
    Space("flat", SpaceKind.DENSE, DIMENSION),
    Space("sq8", SpaceKind.DENSE, DIMENSION, Storage.SQ8),
    Space("sparse", SpaceKind.SPARSE, VOCABULARY),
]
RECORD_TERMS, QUERY_TERMS = 150, 64
ALLOWED_SHARE = 0.027
SCORED = 1000
UPSERTS = 20

Figures = Iterator[tuple[str, float, str]]


def main() -> None:
    arguments = parsed()
    for rows in arguments.rows:
        found = {}
        for space in SPACES:
            retriever = EmbeddedRetriever([space])
            records, queries = drawn(space, rows, arguments.queries)
            for figure, value, unit in measured(retriever, space, records, queries, arguments.k):
                report(figure, space.name, rows, value, unit)
            found[space.name] = retriever.search(space.name, queries, arguments.k).ids
        report("recall", "sq8", rows, recall(found["flat"], found["sq8"]), "share")


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rows", type=int, nargs="+", default=[10_000, 100_000], metavar="N")
    parser.add_argument("--queries", type=int, default=100, metavar="N")
    parser.add_argument("--k", type=int, default=100)
    return parser.parse_args()


def measured(
    retriever: EmbeddedRetriever, space: Space, records: Vectors, queries: Vectors, k: int
) -> Figures:
    """Yield figure, value and unit; the retriever is empty before and full after."""
    name, rows = space.name, records.shape[0]
    few = Allowed.of_ids(np.flatnonzero(np.random.default_rng(rows).random(rows) < ALLOWED_SHARE))
    ids = np.linspace(0, rows - 1, SCORED, dtype=np.int64)
    (build,) = milliseconds(lambda all_: retriever.upsert(np.arange(rows), {name: all_}), [records])
    yield "build", build / 1000, "s"
    plain = milliseconds(lambda query: retriever.search(name, query, k), singles(queries))
    yield "search_median", float(np.median(plain)), "ms"
    yield "search_p99", float(np.quantile(plain, 0.99)), "ms"
    filtered = milliseconds(lambda query: retriever.search(name, query, k, few), singles(queries))
    yield "filtered_median", float(np.median(filtered)), "ms"
    (batch,) = milliseconds(lambda all_: retriever.search(name, all_, k), [queries])
    yield "batch", 1000 * queries.shape[0] / batch, "queries/s"
    scored = milliseconds(lambda query: retriever.score(name, query, ids), singles(queries))
    yield "score_median", float(np.median(scored)), "ms"
    again = milliseconds(
        lambda record: retriever.upsert(ids[:1], {name: record}), singles(records[:UPSERTS])
    )
    yield "upsert_median", float(np.median(again)), "ms"


def singles(vectors: Vectors) -> list[Vectors]:
    return [vectors[row : row + 1] for row in range(vectors.shape[0])]


def milliseconds(call: Callable[[Vectors], object], each: Iterable[Vectors]) -> list[float]:
    times = []
    for vectors in each:
        start = time.perf_counter()
        call(vectors)
        times.append(1000 * (time.perf_counter() - start))
    return times


def recall(wanted: NDArray[np.int64], found: NDArray[np.int64]) -> float:
    shared = [np.isin(w, f).mean() for w, f in zip(wanted, found, strict=True)]
    return float(np.mean(shared))


def drawn(space: Space, records: int, queries: int) -> tuple[Vectors, Vectors]:
    """Flat and sq8 get the same vectors, so that their hits can be compared."""
    random = np.random.default_rng(records)
    if space.kind is SpaceKind.DENSE:
        return unit_vectors(random, records), unit_vectors(random, queries)
    return concepts(random, records, RECORD_TERMS), concepts(random, queries, QUERY_TERMS)


def unit_vectors(random: np.random.Generator, rows: int) -> NDArray[np.float32]:
    vectors = random.standard_normal((rows, DIMENSION), np.float32)
    unit: NDArray[np.float32] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit


def concepts(random: np.random.Generator, rows: int, terms: int) -> sparse.csr_array:
    reached = np.cumsum(1 / (np.arange(VOCABULARY) + PRUNED))
    drawn = np.searchsorted(reached, random.random(rows * terms) * reached[-1]).astype(np.int32)
    starts = np.arange(0, rows * terms + 1, terms, dtype=np.int32)
    weights = random.random(rows * terms, np.float32)
    vectors = sparse.csr_array((weights, drawn, starts), (rows, VOCABULARY))
    vectors.sum_duplicates()
    return vectors


def report(figure: str, space: str, rows: int, value: float, unit: str) -> None:
    line = {"figure": f"index_{figure}", "space": space, "rows": rows}
    line |= {"value": round(value, 4), "unit": unit, "threads": faiss.omp_get_max_threads()}
    print(json.dumps(line), flush=True)


if __name__ == "__main__":
    main()
