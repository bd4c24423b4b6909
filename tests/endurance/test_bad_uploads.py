"""Files that are no files: bombs, and uploads that break off. The service goes on, nothing stays.

The bomb is read by a real worker, whose memory is measured.
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import pytest
import requests

from matcher.actions.accounts import add_account
from matcher.actions.import_drafts import list_drafts
from matcher.actions.jobs import list_jobs
from matcher.actions.platform import Platform
from matcher.bootstrap import open_platform
from matcher.domain.account import Account
from matcher.domain.enums import Noun, Role
from matcher.domain.visibility import SYSTEM
from matcher.settings import Settings
from matcher.store import imports, records
from matcher.web.uploads import MAX_UPLOAD
from tests.web.conftest import token_of
from tests.web.people import PASSWORD

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(600),
    pytest.mark.parametrize("kind", ["sqlite"], indirect=True),
]
PATIENCE = 120.0
UNPACKED = 300 << 20
MOST = 200 << 20
"""Bytes that a worker may need for a bomb beyond what it has when it begins to work."""
TOO_MUCH = MAX_UPLOAD + (10 << 20)
QUICK = 30.0
"""Seconds in which a machine that has other things to do has said no."""
SERVE = ("-m", "matcher", "serve")
GUNICORN = ("-m", "gunicorn", "-c", "python:matcher.web.gunicorn_conf", "service:app")
FAR = b"<row><c r='A1'><v>1</v></c></row><row><c r='XFD1048576'><v>1</v></c></row>"
BEGUN = (
    b'--x\r\nContent-Disposition: form-data; name="noun"\r\n\r\nneed\r\n'
    b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\nid,title\n'
)
ADDRESS = re.compile(r"http://[0-9.]+:[0-9]+")
Start = Callable[..., "Running"]


class Running(NamedTuple):
    """A service or a worker; `told` is what it had said when it was ready."""

    process: subprocess.Popen[str]
    told: str

    def address(self) -> str:
        """Where it answers."""
        return ADDRESS.findall(self.told)[0]

    def children(self) -> list[int]:
        """The processes that work: its own, or those that it started."""
        own = self.process.pid
        found = Path(f"/proc/{own}/task/{own}/children").read_text().split()
        return [int(pid) for pid in found] or [own]

    def temporary(self) -> int:
        """Open files that have no name any more."""
        links = [fd for pid in self.children() for fd in Path(f"/proc/{pid}/fd").iterdir()]
        return sum("(deleted)" in target(link) for link in links)

    def peak(self) -> int:
        """The most memory that it had, in bytes."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        [line] = [line for line in status.splitlines() if line.startswith("VmHWM")]
        return int(line.split()[1]) << 10


def target(link: Path) -> str:
    """A file may be closed meanwhile."""
    try:
        return os.readlink(link)
    except FileNotFoundError:
        return ""


@pytest.fixture
def place(standard_settings: Settings) -> Iterator[Platform]:
    with open_platform(standard_settings) as platform:
        yield platform


@pytest.fixture
def start(standard_settings: Settings, tmp_path: Path) -> Iterator[Start]:
    """Start a process of the product, and wait for the word that it is ready."""
    given = {"MATCHER_HOME": str(standard_settings.home), "MATCHER_LISTEN": "127.0.0.1:0"}
    more = {"MATCHER_WORKERS": "1", "PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}
    # Whatever the hour is, no job comes of the clock.
    never = {"MATCHER_PROMPTS_AT": "never", "MATCHER_NOTICES_AT": "never"}
    environ = {**os.environ, **given, **more, **never, "PYTHONUNBUFFERED": "1"}
    with ExitStack() as ending:

        def started(command: Sequence[str], word: str) -> Running:
            process = subprocess.Popen(
                [sys.executable, *command],
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                env=environ,
            )
            ending.enter_context(process)
            ending.callback(process.terminate)
            assert process.stdout is not None
            told: list[str] = []
            for line in process.stdout:
                told.append(line)
                if word in line:
                    break
            return Running(process, "".join(told))

        yield started


def bomb(path: Path, sheet: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", "<workbook/>")
        with package.open("xl/worksheets/sheet1.xml", "w") as part:
            part.write(sheet)
            for _ in range(UNPACKED >> 20):
                part.write(bytes(1 << 20))
    return path


def nothing_came_of_it(platform: Platform) -> bool:
    with platform.database.reading() as session:
        return (records.count(session, Noun.NEED), imports.recent(session)) == (3, ())


def until(wanted: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not wanted():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_bomb_fails_its_job_in_words_and_in_little_room(
    place: Platform, start: Start, tmp_path: Path
) -> None:
    address = start(SERVE, "http://").address()
    worker = start(("-m", "matcher", "worker"), "Working")
    before = worker.peak()
    headers = {"Authorization": f"Bearer {token_of(place, Role.ADMIN)}"}
    sheets = {"a.xlsx": b"<row>", "b.xlsx": FAR}
    for name, sheet in sheets.items():
        with bomb(tmp_path / name, sheet).open("rb") as file:
            answer = requests.post(
                f"{address}/api/v1/imports",
                headers=headers,
                data={"noun": "need"},
                files={"file": (name, file)},
                timeout=60,
            )
            assert answer.status_code == 202
    until(lambda: all(job.is_over for job in list_jobs(place, SYSTEM).rows))
    failed = list_jobs(place, SYSTEM).rows
    assert [job.error["code"] for job in failed] == ["unreadable_file"] * len(sheets)
    assert all("unpacks to" in job.error["message"] for job in failed)
    assert worker.process.poll() is None
    assert worker.peak() - before < MOST
    assert nothing_came_of_it(place)
    assert requests.get(f"{address}/readyz", timeout=60).status_code == 200


@pytest.mark.parametrize(
    ("command", "word"), [(SERVE, "http://"), (GUNICORN, "Worker ready")], ids=["serve", "gunicorn"]
)
def test_an_upload_that_breaks_off_leaves_nothing(
    place: Platform, start: Start, command: Sequence[str], word: str
) -> None:
    running = start(command, word)
    address = urlsplit(running.address())
    before = running.temporary()
    head = (
        f"POST /api/v1/imports HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000000\r\n"
        f"Authorization: Bearer {token_of(place, Role.ADMIN)}\r\n"
        f"Content-Type: multipart/form-data; boundary=x\r\n\r\n"
    ).encode()
    for _ in range(3):
        assert address.port is not None
        with socket.create_connection(("127.0.0.1", address.port)) as client:
            client.sendall(head + BEGUN + b"1,x\n" * 300_000)
            until(lambda: running.temporary() > before)
        until(lambda: running.temporary() == before)
    assert requests.get(f"{address.geturl()}/healthz", timeout=60).status_code == 200
    assert list_jobs(place, SYSTEM).rows == ()
    assert nothing_came_of_it(place)
    folder = place.settings.home / "jobs"
    assert not folder.exists() or list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("command", "word"), [(SERVE, "http://"), (GUNICORN, "Worker ready")], ids=["serve", "gunicorn"]
)
def test_a_file_that_is_too_large_is_refused_in_words_and_not_kept(
    place: Platform, start: Start, command: Sequence[str], word: str
) -> None:
    chief = Account(id="new", login="chief", roles=(Role.ADMIN,), node="n1")
    add_account(place, SYSTEM, chief, PASSWORD)
    running = start(command, word)
    address = running.address()
    with requests.Session() as browser:
        browser.headers["Accept-Language"] = "en"
        token = csrf_in(browser.get(f"{address}/sign-in", timeout=60).text)
        data = {"csrf_token": token, "login": "chief", "password": PASSWORD}
        page = browser.post(f"{address}/sign-in", data=data, timeout=60)
        head = {"Content-Type": "multipart/form-data; boundary=x"}
        body: Any = Large(csrf_in(page.text))
        before, begun = running.temporary(), time.monotonic()
        answer = browser.post(f"{address}/import", data=body, headers=head, timeout=60)
        assert time.monotonic() - begun < QUICK
    assert answer.status_code == 413
    assert "文件或内容太大" in answer.text
    until(lambda: running.temporary() == before)
    assert nothing_came_of_it(place)
    assert list_drafts(place, SYSTEM) == ()
    assert requests.get(f"{address}/healthz", timeout=60).status_code == 200


def csrf_in(page: str) -> str:
    return re.findall(r'name="csrf_token" value="([^"]+)"', page)[0]


class Large:
    """The body of a form whose file goes on and on."""

    def __init__(self, token: str) -> None:
        field = b'--x\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n%s\r\n'
        self._begun = field % token.encode() + BEGUN
        self._left = TOO_MUCH

    def __len__(self) -> int:
        return self._left

    def read(self, size: int) -> bytes:
        """The next piece, none after the last."""
        piece = (self._begun or b"1,x\n" * 16384)[: min(size, self._left)]
        self._begun = self._begun[len(piece) :]
        self._left -= len(piece)
        return piece
