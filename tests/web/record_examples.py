"""Records the examples of the API: `python -m tests.web.record_examples` writes them anew.

What is made by chance (ids, secrets, digests) is replaced by what is the same in every run.
"""

from __future__ import annotations

import hashlib
import json
import re
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

from werkzeug.test import TestResponse

from matcher import __version__
from matcher.actions.job_work import run_job
from matcher.web.example import FOLDER, Example
from matcher.web.reference import anchor
from tests.web.example_platform import Sampled, sample_platform
from tests.web.example_steps import RUN, Step, steps

LONGEST_LIST, LONGEST_TEXT = 2, 160
DIGITS = 3
TOLD = ("ETag", "Location", "Idempotency-Replayed", "Content-Disposition")
"""Headers of an answer that an example shows."""
FACETS = ("field", "region", "trl", "modes")
GENERAL = "introduction"
"""The file of examples that are of no one operation."""
BY_CHANCE = re.compile(
    r"""
      (?<= mt_ ) [\w-]{20,}                         # secrets
    | (?<= \bWy[IJ] ) [\w-]+                        # cursors
    | (?<= \bX-[0-9a-f]{12} ) [0-9a-f]{8} \b        # interests
    | (?<![0-9A-Za-z]) [0-9a-f]{32} (?![0-9A-Za-z]) # accounts, tokens, merges, requests
    | (?<= \d{8}-\d{6}- ) [0-9a-f]{6} \b            # jobs, imports
    | (?<= [ONMU]-\d{8}- ) [0-9a-f]{10} \b          # records
    | (?<= \bP- ) [0-9a-f]{12} \b                   # plans
    | (?<= \b\d- ) [0-9a-f]{12} \b                  # tags
    | (?<= \b\d{4}- ) [0-9a-f]{8} \b                # models
    """,
    re.VERBOSE,
)
NAMED = re.compile(r"<(\w+)>")


@dataclass(slots=True)
class Masks:
    """Stand-ins for what is made by chance, in the order in which it appears."""

    known: dict[str, str] = field(default_factory=dict)

    def of(self, found: str) -> str:
        number = str(len(self.known) + 1).encode()
        made = hashlib.blake2b(number).hexdigest()[: len(found)]
        return self.known.setdefault(found, made)

    def over(self, told: Any) -> Any:
        """The same without chance."""
        text = json.dumps(told, ensure_ascii=False)
        # The fourth letter says whether the digest begins with a digit.
        text = re.sub(r"\bWyJ(?=[\w-])", "WyI", text)
        text = BY_CHANCE.sub(lambda match: self.of(match[0]), text)
        return json.loads(text)


def record(sampled: Sampled) -> dict[str, dict[str, Example]]:
    """Play all steps and return the examples by file and name."""
    found: dict[str, dict[str, Example]] = defaultdict(dict)
    names: dict[str, str] = {}
    masks = Masks()
    places = operations(sampled.app.spec)  # type: ignore[attr-defined]
    for step in steps():
        sampled.clock.go_on()
        filled = fill(step, names)
        if step.operation == RUN:
            assert run_job(sampled.platform, filled.path["id"], "examples") is not None
            continue
        method, path, tag = places[step.operation]
        example, answer = play(sampled, filled, method, path)
        names.update(kept(step, answer))
        answer.close()
        if not step.hidden:
            file = GENERAL if step.name else anchor(tag)
            found[file][step.name or step.operation] = Example(**masks.over(asdict(example)))
    return dict(found)


def operations(spec: Mapping[str, Any]) -> dict[str, tuple[str, str, str]]:
    """The method, path and tag of each operation."""
    return {
        told["operationId"]: (method.upper(), path, told["tags"][0])
        for path, methods in spec["paths"].items()
        for method, told in methods.items()
    }


def fill(step: Step, names: Mapping[str, str]) -> Step:
    """The step with what its names stand for."""
    told = json.dumps(asdict(step))
    return Step(**json.loads(NAMED.sub(lambda name: json.dumps(names[name[1]])[1:-1], told)))


def play(sampled: Sampled, step: Step, method: str, path: str) -> tuple[Example, TestResponse]:
    """Send the request; raises where it isn't answered as it should be."""
    for name, value in step.path.items():
        path = re.sub(rf"\{{{name}\}}", lambda _, value=value: value, path)  # type: ignore[misc]
    data: dict[str, Any] = {
        name: (BytesIO(step.files[value[1:]].encode()), value[1:]) if value[0] == "@" else value
        for name, value in step.form.items()
    }
    more: dict[str, Any] = {"data": data} if data else {"json": step.body}
    answer = sampled.clients[step.caller].open(
        path, method=method, query_string=dict(step.query), headers=dict(step.headers), **more
    )
    assert answer.status_code == step.status, (step, answer.text)
    is_json = answer.is_json and bool(answer.data)
    shown = shortened(answer.get_json()) if is_json else None
    # The tag of a file has the time at which it was written.
    told = TOLD if is_json else TOLD[1:]
    example = Example(
        operation=step.operation,
        method=method,
        path=path,
        status=step.status,
        caller=step.caller,
        query=dict(step.query),
        headers=dict(step.headers),
        body=step.body,
        form=dict(step.form),
        files=dict(step.files),
        told={name: answer.headers[name] for name in told if name in answer.headers},
        answer=shown,
        text="" if is_json else "\n".join(answer.text.splitlines()[:2])[:400],
    )
    return example, answer


def kept(step: Step, answer: TestResponse) -> Iterator[tuple[str, str]]:
    """What the answer gives, under the names that it is kept by."""
    for name, place in step.keep.items():
        if place in answer.headers:
            yield name, answer.headers[place]
            continue
        there = answer.get_json()
        for part in place.split("/"):
            there = there[int(part)] if isinstance(there, list) else there[part]
        yield name, there


def shortened(told: Any, name: str = "") -> Any:
    """An answer that can be read at a glance: long lists and texts are cut, shares rounded."""
    if name == "secret":
        return "mt_…"
    if name == "bytes":
        return 1_000_000
    if name in ("version", "product_version") and told == __version__:
        return "1.0.0"
    if isinstance(told, dict):
        some = list(told.items())[: LONGEST_LIST if name in FACETS else None]
        return {key: shortened(value, key) for key, value in some}
    if isinstance(told, list):
        return [shortened(one, name) for one in told[:LONGEST_LIST]]
    if isinstance(told, float):
        return round(told, DIGITS)
    if isinstance(told, str) and len(told) > LONGEST_TEXT and " " in told + "。":
        return told if name == "next_cursor" else f"{told[:LONGEST_TEXT]}…"
    return told


def recorded() -> dict[str, dict[str, Example]]:
    """The examples of a new platform."""
    with tempfile.TemporaryDirectory() as folder, sample_platform(Path(folder)) as sampled:
        return record(sampled)


def main() -> None:
    """Write all files."""
    found = recorded()
    for file in FOLDER.glob("*.json"):
        file.unlink()
    for name, examples in found.items():
        told = {one: brief(example) for one, example in examples.items()}
        text = json.dumps(told, ensure_ascii=False, indent=1) + "\n"
        (FOLDER / f"{name}.json").write_text(text, encoding="utf-8")


def brief(example: Example) -> dict[str, Any]:
    """Without what is empty."""
    told = asdict(example)
    empty = {name for name, value in told.items() if value in (None, "", {})}
    if example.body is not None:
        empty -= {"body"}
    return {name: value for name, value in told.items() if name not in empty}


if __name__ == "__main__":
    main()
