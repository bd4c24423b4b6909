"""How the service answers under load: gunicorn with several processes, driven by wrk.

    python benchmarks/service_bench.py DATA [--seconds 60] [--records 0] [--needs 0]
    python benchmarks/service_bench.py --home HOME

DATA is the folder sbir-need-tech: its awards become outcomes, its topics needs. They state no
readiness, so each award gets a made one (3 to 9, by its id), for the filter to have work. Or HOME
is a platform that is there, with two models; accounts and outcomes are added to it. Needed: wrk on
the path (Debian: apt install wrk) and Linux. Run it with OMP_NUM_THREADS=1.

Asked is what goes with a need: ten outcomes, filtered by readiness, with reasons. Meanwhile 20
outcomes a second are written over HTTP, and a model is published twice. It prints one JSON line a
figure, each with `figure`, `records`, `value`, `unit`:

    service_import, service_train     seconds of the commands; of two trainings the second
    service_ready                     seconds from the start until every process has its model open
    service_p50, service_p99          milliseconds of an answer, by `clients`
    service_throughput                answers a second
    service_errors                    answers that weren't 200, and connections that broke
    service_written, service_refused  outcomes written a second, and those that were refused
    service_publish                   seconds of `matcher models publish` under that load; the most
    service_visible                   seconds until an outcome that was posted to one process is
                                      found through another; the most of all tries
    service_killed                    answers that failed when a process was killed under load;
                                      `connections`: how many it had then, which is the most
    service_recovered                 seconds until another one in its place was ready
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from threading import Event
from typing import Any

from service_process import Service, asked, running

from matcher.actions.accounts import add_account
from matcher.actions.tokens import new_token
from matcher.bootstrap import open_platform
from matcher.domain.account import Account
from matcher.domain.enums import Noun, Role
from matcher.domain.visibility import PUBLIC, SYSTEM, audience
from matcher.settings import load_settings
from matcher.store import records

WORKERS, THREADS = 2, 4
RATE = 20.0
"""Outcomes that are written in a second."""
QUERY = "limit=10&lang=en&trl_min=5"
WRK = r"""
local paths = {}
function init(args)
  for line in io.lines(os.getenv("BENCH_PATHS")) do paths[#paths + 1] = line end
  wrk.headers["Authorization"] = "Bearer " .. os.getenv("BENCH_TOKEN")
end
local turn = 0
function request()
  turn = turn % #paths + 1
  return wrk.format("GET", paths[turn])
end
function done(summary, latency)
  local e = summary.errors
  print(string.format(
    '{"p50": %f, "p99": %f, "answers": %d, "seconds": %f, "refused": %d, "broken": %d}',
    latency:percentile(50) / 1000, latency:percentile(99) / 1000, summary.requests,
    summary.duration / 1e6, e.status, e.connect + e.read + e.write + e.timeout))
end
"""


class Bench:
    """A platform, the tokens to ask it with, and what is printed with every figure."""

    def __init__(self, home: Path, folder: Path, seconds: int) -> None:
        self.home, self.folder, self.seconds = home, folder, seconds
        settings = load_settings(home=home)
        with open_platform(settings) as platform:
            serving = platform.live.serving()
            self.records = len(serving.models[Noun.OUTCOME].candidates)
            needs = serving.models[Noun.NEED].candidates
            drawn = [needs[place].id for place in range(0, len(needs), max(1, len(needs) // 500))]
            with platform.database.reading() as session:
                found = records.get_many(session, Noun.NEED, drawn)
            ids = [id_ for id_ in drawn if PUBLIC in audience(found[id_].record)]
            versions = sorted(entry.version for entry in platform.library.versions())
            self.models = versions[-2:]
            self.tokens = {role: token(platform, role) for role in (Role.ENTERPRISE, Role.HOLDER)}
        paths = "\n".join(f"/api/v1/needs/{id_}/matches?{QUERY}" for id_ in ids)
        (folder / "paths.txt").write_text(paths + "\n", encoding="utf-8")
        (folder / "wrk.lua").write_text(WRK, encoding="utf-8")

    def report(self, figure: str, value: float, unit: str, **more: Any) -> None:
        line = {"figure": f"service_{figure}", "records": self.records, **more}
        print(json.dumps({**line, "value": round(value, 3), "unit": unit}), flush=True)

    def load(self, service: Service, clients: int, seconds: int) -> dict[str, float]:
        """What wrk found; its clients ask one thing after another."""
        options = ["-t1", f"-c{clients}", f"-d{seconds}s", "--timeout", "30s"]
        ran = subprocess.run(  # noqa: S603
            ["wrk", *options, "-s", str(self.folder / "wrk.lua"), service.address],  # noqa: S607
            capture_output=True,
            text=True,
            check=True,
            env={
                **os.environ,
                "BENCH_PATHS": str(self.folder / "paths.txt"),
                "BENCH_TOKEN": self.tokens[Role.ENTERPRISE],
            },
        )
        found: dict[str, float] = json.loads(ran.stdout.strip().splitlines()[-1])
        return found

    def write(self, service: Service, over: Event) -> tuple[float, int]:
        """Post outcomes at the rate until it's over: how many a second, and how many in vain."""
        client = HTTPConnection("127.0.0.1", service.port, timeout=60)
        written = refused = 0
        begun = time.perf_counter()
        while not over.wait(max(0.0, begun + (written + refused) / RATE - time.perf_counter())):
            done = self.post(client, f"Membrane {written} for water treatment")
            written, refused = written + done, refused + (not done)
        return written / (time.perf_counter() - begun), refused

    def post(self, client: HTTPConnection, title: str) -> bool:
        body = {"title": title, "summary": f"{title}. Written while others ask.", "trl": 6}
        status, _ = asked(client, "POST", "/api/v1/outcomes", self.tokens[Role.HOLDER], body)
        return status == 201

    def publish(self, version: str) -> float:
        force = ["--force", "--why", "measured"]
        return command(self.home, "models", "publish", version, *force)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("data", type=Path, nargs="?")
    parser.add_argument("--home", type=Path)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--records", type=int, default=0, help="outcomes; 0 for all")
    parser.add_argument("--needs", type=int, default=0, help="needs; 0 for all")
    arguments = parser.parse_args()
    if shutil.which("wrk") is None:
        parser.error("wrk isn't there; on Debian and Ubuntu: apt install wrk")
    if not (arguments.data or arguments.home):
        parser.error("name the folder of the data, or --home")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        home = arguments.home or folder / "home"
        made = {} if arguments.home else make(home, folder, arguments)
        bench = Bench(home, folder, arguments.seconds)
        for figure, value in made.items():
            bench.report(figure, value, "s")
        measure(bench)


def make(home: Path, folder: Path, arguments: argparse.Namespace) -> dict[str, float]:
    """A platform of the data with two models."""
    command(home, "init")
    data: Path = arguments.data
    outcomes = (outcome(row) for row in rows(data / "corpus.jsonl.gz"))
    needs = (
        need(row)
        for name in ("queries", "needs_unjudged")
        for row in rows(data / f"{name}.jsonl.gz")
    )
    taken = 0.0
    for noun, found, most in (
        ("outcomes", outcomes, arguments.records),
        ("needs", needs, arguments.needs),
    ):
        file = folder / f"{noun}.jsonl"
        with file.open("w", encoding="utf-8") as stream:
            for number, row in enumerate(found):
                if most and number >= most:
                    break
                stream.write(json.dumps(row) + "\n")
        taken += command(home, "import", noun, str(file), "--quiet")
    command(home, "train")
    # The same data and recipe give the same model; another seed gives another one.
    trained = command(home, "train", "--seed", "1", "--no-publish")
    return {"import": taken, "train": trained}


def rows(file: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def outcome(row: dict[str, Any]) -> dict[str, Any]:
    readiness = 3 + zlib.crc32(row["id"].encode()) % 7
    return {
        "id": row["id"],
        "title_en": row["title"],
        "summary_en": row["text"],
        "trl": readiness,
        "visibility": "public",
    }


def need(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": row["id"],
        "title_en": row["title"],
        "problem_en": row["text"],
        "visibility": "public",
    }


def command(home: Path, *words: str) -> float:
    """Seconds of one `matcher` command in a process of its own."""
    start = time.perf_counter()
    line = [sys.executable, "-m", "matcher", "--home", str(home), *words]
    subprocess.run(line, check=True, stdout=sys.stderr)  # noqa: S603
    return time.perf_counter() - start


def token(platform: Any, role: Role) -> str:
    login = f"bench-{role.value}-{time.time_ns()}"
    add_account(platform, SYSTEM, Account(id="new", login=login, roles=(role,)))
    return new_token(platform, SYSTEM, login, "bench", None, 1)[1]


def measure(bench: Bench) -> None:
    with running(bench.home, WORKERS, THREADS) as service:
        bench.report("ready", service.wait_ready(WORKERS) - service.started, "s")
        bench.load(service, 8, 3)
        for clients in (1, 8):
            under_load(bench, service, clients)
        bench.report("visible", max(visible(bench, service) for _ in range(10)), "s")
        killed(bench, service)


def under_load(bench: Bench, service: Service, clients: int) -> None:
    """Everything at once for as long as is wanted; models at a third and at two thirds of it."""
    over = Event()
    with ThreadPoolExecutor() as pool:
        writing = pool.submit(bench.write, service, over)
        asking = pool.submit(bench.load, service, clients, bench.seconds)
        published = []
        for version in reversed(bench.models):
            time.sleep(bench.seconds / 3)
            published.append(bench.publish(version))
        found = asking.result()
        over.set()
        written, refused = writing.result()
    tell = partial(bench.report, clients=clients)
    tell("p50", found["p50"], "ms")
    tell("p99", found["p99"], "ms")
    tell("throughput", found["answers"] / found["seconds"], "1/s")
    tell("errors", found["refused"] + found["broken"], "")
    tell("written", written, "1/s")
    tell("refused", refused, "")
    tell("publish", max(published), "s")


def visible(bench: Bench, service: Service) -> float:
    """Seconds from the answer to a POST until another process finds the outcome."""
    one, other = service.workers()[:2]
    writer = service.client_of(one)
    word = f"zorbexite{time.time_ns()}"
    if not bench.post(writer, word):
        raise RuntimeError("an outcome was refused")
    begun = time.perf_counter()
    path = f"/api/v1/outcomes?q={word}"
    while True:
        _, answer = asked(service.client_of(other), "GET", path, bench.tokens[Role.ENTERPRISE])
        taken = time.perf_counter() - begun
        if any(item["record"]["title"] == word for item in answer["items"]):
            return taken
        if taken > 30:
            raise TimeoutError("it isn't found")


def killed(bench: Bench, service: Service) -> None:
    """Kill a process in the middle of a load."""
    seconds = max(8, bench.seconds // 4)
    with ThreadPoolExecutor() as pool:
        asking = pool.submit(bench.load, service, 8, seconds)
        time.sleep(seconds / 4)
        victim = service.workers()[0]
        # Stopped first, so that what it has under way is counted and no more comes to it.
        os.kill(victim, signal.SIGSTOP)
        connections = service.connections(victim)
        ready = len(service.ready)
        at = time.perf_counter()
        os.kill(victim, signal.SIGKILL)
        recovered = service.wait_ready(ready + 1) - at
        found = asking.result()
    failed = found["refused"] + found["broken"]
    bench.report("killed", failed, "", connections=connections)
    bench.report("recovered", recovered, "s")


if __name__ == "__main__":
    main()
