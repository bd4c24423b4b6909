"""This version adds notices and a mail address to accounts; going back takes them away alone."""

from sqlalchemy import inspect, text

from matcher.store import accounts, migrate
from matcher.store.database import Database
from tests.store.some_records import NOW

_ACCOUNT = text(
    "INSERT INTO account (id, login, login_key, name, organisation, node, manager, language,"
    " active, password_digest, created_at)"
    " VALUES ('A1', 'lin', 'lin', '', '', '', '', 'zh', :yes, '', :at)"
)


def tables(database: Database) -> set[str]:
    with database.reading() as session:
        return set(inspect(session.connection()).get_table_names())


def test_they_come_and_go_beside_what_was_there(empty_database: Database) -> None:
    migrate.upgrade(empty_database, "0008")
    with empty_database.writing() as session:
        # As the version before kept it, which knew nothing of mail.
        session.execute(_ACCOUNT, {"yes": True, "at": NOW})
        session.execute(text("INSERT INTO account_role VALUES ('A1', 'admin')"))
    before = tables(empty_database)
    migrate.upgrade(empty_database, "0009")
    assert tables(empty_database) - before == {"notice", "notice_told"}
    with empty_database.reading() as session:
        account = accounts.get(session, "A1")
        assert account is not None
        assert account.email == ""
    migrate.downgrade(empty_database, "0008")
    assert tables(empty_database) == before
    with empty_database.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM account")) == 1
