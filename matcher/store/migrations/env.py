"""What Alembic runs to migrate: the connection is handed over, in a transaction of ours."""

from __future__ import annotations

from alembic import context

context.configure(connection=context.config.attributes["connection"], transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
