"""How much belongs to each node, on both databases."""

from matcher.domain.account import Account
from matcher.domain.enums import Noun, Role
from matcher.domain.need import Need
from matcher.store import accounts, records
from matcher.store.node_counts import accounts_by_node, records_by_node
from tests.store.some_records import NOW


def test_live_records_and_usable_accounts_are_counted_by_node(database):
    needs = [Need(id=id_, node=node) for id_, node in (("a", "n1"), ("b", "n1"), ("c", "n2"))]
    with database.writing() as session:
        records.put(session, Noun.NEED, [*needs, Need(id="d", node="n3")], actor="a", at=NOW)
        records.delete(session, Noun.NEED, ["d"], actor="a", at=NOW)
        for login, node in (("lin", "n1"), ("zhou", "n2")):
            account = Account(id=login, login=login, roles=(Role.HOLDER,), node=node)
            accounts.add(session, account, at=NOW)
        accounts.disable(session, "zhou")
        assert records_by_node(session, Noun.NEED) == {"n1": 2, "n2": 1}
        assert records_by_node(session, Noun.OUTCOME) == {}
        assert accounts_by_node(session) == {"n1": 1}
