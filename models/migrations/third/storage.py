"""What a restore leaves for the next one, as in version 0003."""

import sqlalchemy as sa
from alembic import op

from models.migrations.build import plain


def restore() -> None:
    """A column more in restore."""
    for column in plain("waiting", "null json", nullable=True):
        if isinstance(column, sa.Column):
            op.add_column("restore", column)
