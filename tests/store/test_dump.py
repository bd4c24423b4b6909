"""A dump: whole, of one moment, the same from both databases, however much there is."""

import hashlib
import io
import json
import tracemalloc

import pytest

from matcher import __version__
from matcher.domain.account import Account
from matcher.domain.enums import Role
from matcher.store import accounts, events
from matcher.store.dump import dump
from matcher.store.schema.tables import lasting
from tests.store.some_contents import EVENT, LAST_CHANGE, fill
from tests.store.some_records import NOW


class Hooked(io.BytesIO):
    """A file that does something when its third line is written."""

    def __init__(self, hook):
        super().__init__()
        self._hook, self._lines = hook, 0

    def write(self, data):
        self._lines += 1
        if self._lines == 3:
            self._hook()
        return super().write(data)


class Sink(io.BytesIO):
    """A file that keeps nothing but its size."""

    size = 0

    def write(self, data):
        self.size += len(data)
        return len(data)


def dumped(database):
    stream = io.BytesIO()
    dump(database, stream, at=NOW)
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def rows(lines, table):
    return [line["row"] for line in lines if line.get("table") == table]


def test_every_table_and_row_is_in_it_and_counted(database):
    fill(database)
    stream = io.BytesIO()
    counts = dump(database, stream, at=NOW)
    lines = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert set(counts) == {table.name for table in lasting()}
    assert all(counts.values()), counts
    assert {name: len(rows(lines, name)) for name in counts} == counts
    assert (counts["account"], counts["event"], counts["outcome"]) == (4, 2, 1)


def test_the_first_line_says_what_it_is(database):
    assert dumped(database)[0] == {
        "format": 1,
        "schema": None,
        "product": __version__,
        "created_at": NOW.isoformat(),
    }


def test_the_last_line_is_the_digest_of_those_before(database):
    fill(database)
    stream = io.BytesIO()
    counts = dump(database, stream, at=NOW)
    before, last = stream.getvalue()[:-1].rsplit(b"\n", 1)
    digest = hashlib.sha256(before + b"\n").hexdigest()
    assert json.loads(last) == {"counts": counts, "sha256": digest}


def test_the_largest_number_is_in_it_though_its_row_is_gone(database):
    fill(database)
    numbers = {line["sequence"]: line["last"] for line in dumped(database) if "sequence" in line}
    assert numbers["change"] == LAST_CHANGE
    assert numbers["event"] == 2


def test_rows_come_by_code_point_whatever_the_language_of_the_server(database):
    fill(database)
    assert [row["id"] for row in rows(dumped(database), "account")] == ["A1", "B", "b", "中"]


def test_the_same_content_gives_the_same_bytes(database):
    fill(database)
    assert dumped(database) == dumped(database)


def test_it_shows_one_moment_while_others_write(database):
    fill(database)

    def write():
        with database.writing() as session:
            events.append(session, [EVENT])
            late = Account(id="0", login="late", roles=(Role.ADMIN,))
            accounts.add(session, late, at=NOW)

    before, stream = dumped(database), Hooked(write)
    counts = dump(database, stream, at=NOW)
    assert (counts["event"], counts["account"]) == (2, 4)
    during = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert [line for line in during if "table" in line] == [
        line for line in before if "table" in line
    ]
    assert len(rows(dumped(database), "event")) == 3


def test_a_full_disk_is_told_and_the_database_goes_on(database):
    fill(database)

    def fail():
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        dump(database, Hooked(fail), at=NOW)
    assert len(rows(dumped(database), "event")) == 2


def test_memory_does_not_grow_with_the_database(database):
    with database.writing() as session:
        for _ in range(3):
            events.append(session, [EVENT_OF_5_KB] * 500)
    sink = Sink()
    tracemalloc.start()
    dump(database, sink, at=NOW)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert sink.size > 7_500_000
    assert peak < sink.size / 2


EVENT_OF_5_KB = type(EVENT)(actor="A1", verb="shown", at=NOW, model_version="v" * 5000)
