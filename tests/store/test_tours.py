"""How far an account is on its tour is kept, for itself."""

from matcher.domain.account import Account
from matcher.domain.enums import Role
from matcher.domain.tour import Tour
from matcher.store import accounts, tours
from matcher.store.database import Database
from tests.store.some_records import NOW


def test_it_is_kept_by_account(database: Database) -> None:
    with database.writing() as session:
        for id_ in ("A1", "A2"):
            accounts.add(session, Account(id=id_, login=id_, roles=(Role.MANAGER,)), at=NOW)
        tours.put(session, "A1", Tour(2))
        tours.put(session, "A1", Tour(3, over=True))
    with database.reading() as session:
        assert tours.of_account(session, "A1") == Tour(3, over=True)
        assert tours.of_account(session, "A2") == Tour()
