"""Worked examples of operations: a request, and what was answered to it.

They are recorded from a platform that runs, by `python -m tests.web.record_examples`, and a test
plays them again.
"""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

FOLDER = Path(__file__).parent / "examples"
"""One file for each tag: names of examples with what is in them."""
ADDRESS = "http://127.0.0.1:8000"


@dataclass(frozen=True, slots=True)
class Example:
    """A request and its answer.

    caller: the role that asks, empty for anybody. body: JSON; form: fields, a file as `@name`;
    files: what is in each file. answer: JSON with long lists cut short; text: an answer that is
    none. told: headers of the answer.
    """

    operation: str
    method: str
    path: str
    status: int
    caller: str = ""
    query: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Any = None
    form: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    told: Mapping[str, str] = field(default_factory=dict)
    answer: Any = None
    text: str = ""


def load_examples(folder: Path = FOLDER) -> dict[str, Example]:
    """All examples by name; that of an operation has its name."""
    return {
        name: Example(**told)
        for file in sorted(folder.glob("*.json"))
        for name, told in json.loads(file.read_text(encoding="utf-8")).items()
    }


def url_of(example: Example) -> str:
    """Path and query."""
    query = urlencode(example.query)
    return quote(example.path) + (f"?{query}" if query else "")


def curl(example: Example) -> str:
    """The request as a line of a shell; long ones go over several lines."""
    return " \\\n  ".join(_pieces(example))


def _pieces(example: Example) -> Iterator[str]:
    verb = "" if _goes_without_saying(example) else f"-X {example.method} "
    yield f"curl {verb}{shlex.quote(ADDRESS + url_of(example))}"
    if example.caller:
        # In double quotes, so that the shell puts the token in.
        yield '-H "Authorization: Bearer $TOKEN"'
    for name, value in example.headers.items():
        yield f"-H {shlex.quote(f'{name}: {value}')}"
    if example.body is not None:
        yield f"--json {shlex.quote(json.dumps(example.body, ensure_ascii=False))}"
    for name, value in example.form.items():
        yield f"-F {shlex.quote(f'{name}={value}')}"


def _goes_without_saying(example: Example) -> bool:
    """curl takes GET without a body, and POST with one."""
    sends = example.body is not None or bool(example.form)
    return example.method == ("POST" if sends else "GET")


def with_examples(spec: dict[str, Any], examples: Mapping[str, Example]) -> dict[str, Any]:
    """The description of the API with the examples in it."""
    for operations in spec["paths"].values():
        for operation in operations.values():
            found = examples.get(operation["operationId"])
            if found is not None:
                _exemplify(operation, found)
    return spec


def _exemplify(operation: dict[str, Any], example: Example) -> None:
    if example.body is not None:
        for content in operation["requestBody"]["content"].values():
            content["example"] = example.body
    answered = operation["responses"].get(str(example.status), {})
    for content in answered.get("content", {}).values():
        if example.answer is not None:
            content["example"] = example.answer
