"""How Alembic reaches the database: by the connection, and in the transaction, of :mod:`kb.adapters.records.migrating`."""

from __future__ import annotations

from alembic import context

from kb.adapters.records.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite cannot alter a column: the table is copied
    transaction_per_migration=False,
)
context.run_migrations()
