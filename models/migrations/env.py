"""Alembic's entry: runs on the connection it is handed, never on one of its own."""

from alembic import context

from models.schema import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
