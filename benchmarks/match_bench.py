"""How long a whole `matcher match` takes, and how much memory: from two files to a third.

    python benchmarks/match_bench.py [--candidates 1000] [--queries 100] [--size 1000] [--k 10]

Run it with OMP_NUM_THREADS=1. It prints one JSON line a figure: `figure`, `candidates`,
`queries`, `bytes` (of each text), `value`, `unit`, `made`. Half of the texts are Chinese, half
English; they are made from the sample, see made_texts.py. The figures:

    seconds        wall time of the process, its start included
    peak_memory    the most that was resident at once
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from itertools import chain
from pathlib import Path

from made_texts import MADE, texts

from matcher import __file__ as package

CHECKOUT = Path(package).resolve().parents[1]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    for name, default in (("candidates", 1000), ("queries", 100), ("size", 1000), ("k", 10)):
        parser.add_argument(f"--{name}", type=int, default=default, metavar="N")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        queries, candidates = Path(folder, "queries.jsonl"), Path(folder, "candidates.jsonl")
        write(queries, arguments.queries, arguments.size)
        write(candidates, arguments.candidates, arguments.size)
        seconds, megabytes = matched(queries, candidates, arguments.k, Path(folder, "out.jsonl"))
    size = {name: getattr(arguments, name) for name in ("candidates", "queries")}
    common = {**size, "bytes": arguments.size}
    report("seconds", common, seconds, "s")
    report("peak_memory", common, megabytes, "MB")


def write(path: Path, count: int, size: int) -> None:
    chinese = texts("zh", count - count // 2, size)
    english = texts("en", count // 2, size)
    with path.open("w", encoding="utf-8") as file:
        for number, text in enumerate(chain(chinese, english)):
            record = {"id": str(number), "title": text[:20], "text": text}
            file.write(json.dumps(record, ensure_ascii=False) + "\n")


def matched(queries: Path, candidates: Path, k: int, out: Path) -> tuple[float, float]:
    """Seconds and megabytes of one run in a process of its own."""
    files = [str(queries), str(candidates), "-k", str(k), "-o", str(out)]
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "matcher", "match", *files], cwd=CHECKOUT)  # noqa: S603
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(process.returncode)
    kilobytes = usage.ru_maxrss if sys.platform != "darwin" else usage.ru_maxrss / 1024
    return seconds, kilobytes / 1024


def report(figure: str, common: dict[str, int], value: float, unit: str) -> None:
    line = {"figure": f"match_{figure}", **common, "value": round(value, 2), "unit": unit}
    print(json.dumps(line | {"made": MADE}), flush=True)


if __name__ == "__main__":
    main()
