"""Numbers of the change feed."""

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateTable

from matcher.store.schema.change import ChangeRow


def test_a_number_is_never_given_out_again() -> None:
    statement = CreateTable(ChangeRow.__table__)  # type: ignore[arg-type]
    assert "AUTOINCREMENT" in str(statement.compile(dialect=sqlite.dialect()))
    assert "seq BIGSERIAL" in str(statement.compile(dialect=postgresql.dialect()))
