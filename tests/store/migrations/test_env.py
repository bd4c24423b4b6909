"""The environment that Alembic runs in takes our connection, in our transaction."""

from pathlib import Path

import pytest
from sqlalchemy import inspect

from matcher.store import migrate
from matcher.store.database import Database

TWO_STEPS = """
from alembic import op

revision = "{name}"
down_revision = {before}


def upgrade():
    op.execute("CREATE TABLE {name} (x INTEGER)")
    if "{name}" == "second":
        raise KeyboardInterrupt


def downgrade():
    op.execute("DROP TABLE {name}")
"""


def test_steps_are_undone_with_the_transaction_they_run_in(
    empty_database: Database, tmp_path: Path
) -> None:
    """Were the first one committed by the environment, the failure would come too late for it."""
    folder = tmp_path / "versions"
    folder.mkdir()
    for name, before in (("first", None), ("second", "first")):
        source = TWO_STEPS.format(name=name, before=repr(before))
        (folder / f"{name}.py").write_text(source, encoding="utf-8")
    with pytest.raises(KeyboardInterrupt):
        migrate.upgrade(empty_database, versions=folder)
    assert migrate.revision_of(empty_database) is None
    with empty_database.reading() as session:
        assert inspect(session.connection()).get_table_names() == []
