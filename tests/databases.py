"""An empty database with all tables, of each kind: what keeps records is tested on both."""

import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from matcher.store.database import Database
from matcher.store.schema.base import Base
from matcher.store.schema.tables import tables
from tests.servers import postgresql_server


@pytest.fixture(scope="session")
def server() -> Iterator["Server"]:
    with postgresql_server() as url:
        yield Server(url)


class Server:
    """Makes and drops databases, from a template so that each costs a few milliseconds."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.run("CREATE DATABASE filled")
        create_tables(self.address("filled"))

    def run(self, statement: str) -> None:
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(statement)

    def address(self, name: str) -> str:
        return make_url(self.url).set(database=name).render_as_string(hide_password=False)

    def create(self, template: str) -> str:
        name = f"test_{uuid.uuid4().hex}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def drop(self, name: str) -> None:
        self.run(f"DROP DATABASE {name} WITH (FORCE)")


def create_tables(url: str) -> None:
    database = Database.open(url)
    with database.writing() as session:
        Base.metadata.create_all(session.connection(), tables=tables())
    database.dispose()


@pytest.fixture(scope="session")
def filled_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "filled.db"
    create_tables(f"sqlite:///{path}")
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    """Which database the test runs on; a test of one kind alone parametrises it indirectly."""
    return request.param


@pytest.fixture
def database_url(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database of the test's own, with all tables and no row."""
    if kind == "sqlite":
        shutil.copy(request.getfixturevalue("filled_file"), tmp_path / "test.db")
        yield f"sqlite:///{tmp_path / 'test.db'}"
        return
    server = request.getfixturevalue("server")
    name = server.create("filled")
    yield server.address(name)
    server.drop(name)


@pytest.fixture
def empty_url(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without a table."""
    if kind == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    server = request.getfixturevalue("server")
    name = server.create("template1")
    yield server.address(name)
    server.drop(name)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """The product's view of `database_url`."""
    database = Database.open(database_url)
    yield database
    database.dispose()


@pytest.fixture
def empty_database(empty_url: str) -> Iterator[Database]:
    """The product's view of `empty_url`."""
    database = Database.open(empty_url)
    yield database
    database.dispose()
