"""Loading a dump: everything or nothing, across databases, and only what is whole."""

import gzip
import hashlib
import io
import json
import shutil

import pytest

from matcher.domain.enums import Noun
from matcher.errors import EditConflict, UnreadableFile, UsageError, WrongSchema
from matcher.store import chain, events, feed, migrate
from matcher.store.database import Database
from matcher.store.dump import dump
from matcher.store.load import is_empty, load
from tests.store.some_contents import EVENT, LAST_CHANGE, fill
from tests.store.some_records import NOW


@pytest.fixture
def make(request, tmp_path):
    """Opens a new database of the kind that is asked for, with all tables unless it is empty."""
    opened, names = [], []

    def make(kind):
        if kind.startswith("sqlite"):
            path = tmp_path / f"{len(opened)}.db"
            if kind == "sqlite":
                shutil.copy(request.getfixturevalue("filled_file"), path)
            url = f"sqlite:///{path}"
        else:
            server = request.getfixturevalue("server")
            names.append(server.create("filled"))
            url = server.address(names[-1])
        opened.append(Database.open(url))
        return opened[-1]

    yield make
    for database in opened:
        database.dispose()
    for name in names:
        request.getfixturevalue("server").drop(name)


@pytest.fixture(scope="module")
def dumped(filled_file, tmp_path_factory):
    """The bytes of a dump with something in every table."""
    path = tmp_path_factory.mktemp("dump") / "source.db"
    shutil.copy(filled_file, path)
    database = Database.open(f"sqlite:///{path}")
    fill(database)
    content = dump_of(database)
    database.dispose()
    return content


def dump_of(database):
    stream = io.BytesIO()
    dump(database, stream, at=NOW)
    return stream.getvalue()


def sealed(lines):
    """A dump of these lines, its last one made to fit: what nobody does by accident."""
    lines = list(lines)
    counts = json.loads(lines.pop())["counts"]
    digest = hashlib.sha256(b"".join(lines)).hexdigest()
    return b"".join(lines) + json.dumps({"counts": counts, "sha256": digest}).encode() + b"\n"


def require_empty(database):
    assert set(json.loads(dump_of(database).splitlines()[-1])["counts"].values()) == {0}


@pytest.mark.parametrize("target", ["sqlite", "postgresql"])
@pytest.mark.parametrize("source", ["sqlite", "postgresql"])
def test_a_dump_of_either_database_fills_the_other_with_equal_content(make, source, target):
    first, second = make(source), make(target)
    fill(first)
    content = dump_of(first)
    counts = load(second, io.BytesIO(content))
    assert counts == json.loads(content.splitlines()[-1])["counts"]
    assert dump_of(second) == content


def test_numbers_go_on_after_the_largest_ever_given_out(database, dumped):
    load(database, io.BytesIO(dumped))
    with database.writing() as session:
        events.append(session, [EVENT])
        feed.append(session, Noun.NEED, ["n1"], NOW)
        assert events.latest(session) == 3
        assert feed.latest(session) == LAST_CHANGE + 1


def test_what_was_append_only_still_is(database, dumped):
    load(database, io.BytesIO(dumped))
    with pytest.raises(EditConflict, match="append-only"), database.writing() as session:
        session.connection().exec_driver_sql("DELETE FROM note")


def test_an_empty_database_can_be_dumped_and_loaded(database, make):
    content = dump_of(make("sqlite"))
    assert set(load(database, io.BytesIO(content)).values()) == {0}


def test_a_database_that_holds_anything_is_left_alone(database, dumped):
    with database.writing() as session:
        events.append(session, [EVENT])
    before = dump_of(database)
    with pytest.raises(UsageError, match="isn't empty: event"):
        load(database, io.BytesIO(dumped))
    assert dump_of(database) == before


@pytest.mark.parametrize("share", [0, 0.001, 0.3, 0.9, 0.999])
def test_a_dump_that_was_cut_off_is_refused(database, dumped, share):
    with pytest.raises(UnreadableFile):
        load(database, io.BytesIO(dumped[: int(len(dumped) * share)]))
    require_empty(database)


def test_a_dump_cut_between_two_lines_is_refused(database, dumped):
    lines = dumped.splitlines(keepends=True)
    for kept in (1, 2, len(lines) // 2, len(lines) - 1):
        with pytest.raises(UnreadableFile):
            load(database, io.BytesIO(b"".join(lines[:kept])))
    require_empty(database)


@pytest.mark.parametrize("share", [0.01, 0.2, 0.5, 0.8, 0.99])
def test_a_byte_that_changed_is_noticed(database, dumped, share):
    place = int(len(dumped) * share)
    changed = dumped[:place] + bytes([dumped[place] ^ 1]) + dumped[place + 1 :]
    with pytest.raises(UnreadableFile):
        load(database, io.BytesIO(changed))
    require_empty(database)


@pytest.mark.parametrize("rubbish", [b"\n", b"x", b"{}\n"])
def test_what_stands_behind_the_end_is_noticed(database, dumped, rubbish):
    with pytest.raises(UnreadableFile):
        load(database, io.BytesIO(dumped + rubbish))
    require_empty(database)


@pytest.mark.parametrize(
    "content", [b"", b"\n", b"id,title\n1,a\n", b"{}\n", b'{"format": "x"}\n', b"\0" * 100_000]
)
def test_another_file_is_no_dump(database, content):
    with pytest.raises(UnreadableFile, match="no dump"):
        load(database, io.BytesIO(content))


def test_a_compressed_dump_is_read_and_its_damage_noticed(database, dumped):
    packed = gzip.compress(dumped)
    with pytest.raises(UnreadableFile), gzip.open(io.BytesIO(packed[: len(packed) // 2])) as cut:
        load(database, cut)
    require_empty(database)
    with gzip.open(io.BytesIO(packed)) as whole:
        load(database, whole)
    assert dump_of(database) == dumped


def test_a_dump_can_come_through_a_pipe(database, dumped):
    class Pipe(io.BytesIO):
        def seekable(self):
            return False

        def seek(self, *_):
            raise OSError("A pipe has no places.")

    load(database, Pipe(dumped))
    assert dump_of(database) == dumped


def test_a_dump_may_begin_within_a_file(database, dumped):
    stream = io.BytesIO(b"something before\n" + dumped)
    stream.readline()
    load(database, stream)
    assert dump_of(database) == dumped


def test_a_newer_format_names_the_version_that_reads_it(database, dumped):
    header = {"format": 2, "product": "9.1", "whatever": "comes"}
    content = json.dumps(header).encode() + b"\n" + dumped.partition(b"\n")[2]
    with pytest.raises(WrongSchema, match=r"9\.1") as refused:
        load(database, io.BytesIO(content))
    assert refused.value.values == {"found": 2, "wanted": 1}


def test_a_dump_of_another_schema_is_refused(database, dumped):
    first, *rest = dumped.splitlines(keepends=True)
    header = json.dumps(json.loads(first) | {"schema": "0007"}).encode() + b"\n"
    with pytest.raises(WrongSchema) as refused:
        load(database, io.BytesIO(sealed([header, *rest])))
    assert refused.value.values == {"found": "0007", "wanted": None}
    require_empty(database)


def test_a_dump_of_the_product_s_own_tables_goes_into_such_only(empty_database, make):
    source = make("sqlite-empty")
    migrate.upgrade(source)
    fill(source)
    content = dump_of(source)
    assert json.loads(content.splitlines()[0])["schema"] == migrate.newest()
    with pytest.raises(WrongSchema, match="matcher init"):
        load(empty_database, io.BytesIO(content))
    migrate.upgrade(empty_database)
    load(empty_database, io.BytesIO(content))
    assert dump_of(empty_database) == content


def with_row(table, change):
    """Changes the first row of a table in the lines of a dump."""

    def changed(lines):
        place = next(n for n, line in enumerate(lines) if json.loads(line).get("table") == table)
        line = json.loads(lines[place])
        return [*lines[:place], json.dumps(change(line)).encode() + b"\n", *lines[place + 1 :]]

    return changed


@pytest.mark.parametrize(
    "change",
    [
        with_row("outcome", lambda line: line | {"table": "secrets"}),
        with_row("outcome", lambda line: line | {"row": line["row"] | {"more": 1}}),
        with_row("outcome", lambda line: line | {"row": line["row"] | {"created_at": "soon"}}),
        with_row("outcome", lambda line: {"table": "outcome"}),
        with_row("outcome", lambda line: {}),
        lambda lines: [line for line in lines if json.loads(line).get("table") != "account_role"],
    ],
    ids=["table", "column", "time", "no row", "nothing", "fewer rows than counted"],
)
def test_a_dump_that_was_tampered_with_loads_nothing(database, dumped, change):
    content = sealed(change(dumped.splitlines(keepends=True)))
    assert content != dumped
    with pytest.raises(UnreadableFile):
        load(database, io.BytesIO(content))
    require_empty(database)


def test_rows_that_contradict_each_other_load_nothing(database, dumped):
    lines = dumped.splitlines(keepends=True)
    place = next(n for n, line in enumerate(lines) if json.loads(line).get("table") == "note")
    with pytest.raises(EditConflict):
        load(database, io.BytesIO(sealed([*lines[:place], lines[place], *lines[place:]])))
    require_empty(database)


def test_what_is_to_be_written_with_it_is_written_or_nothing_is(database, dumped):
    def fail(session):
        events.append(session, [EVENT])
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        load(database, io.BytesIO(dumped), fail)
    assert is_empty(database)
    load(database, io.BytesIO(dumped), lambda session: events.append(session, [EVENT]))
    with database.reading() as session:
        head = chain.head(session)
        assert (head.events, head.seq) == (3, events.latest(session))
