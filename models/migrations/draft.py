"""Drafts the next migration from what the records now say: `python -m models.migrations.draft 0002 "what changed"`.

The draft is read, corrected and tested by a person before it is committed.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import create_engine

from models.migrations.upgrade import config, upgrade


def draft(revision: str, message: str) -> None:
    """Writes models/migrations/versions/<revision>_<message>.py against a database upgraded to the newest version."""
    from alembic import command

    with TemporaryDirectory() as folder:
        engine = create_engine(f"sqlite:///{Path(folder) / 'draft.sqlite'}")
        with engine.connect() as connection:
            upgrade(connection, "head")
            command.revision(config(connection), message, autogenerate=True, rev_id=revision)
        engine.dispose()


if __name__ == "__main__":
    draft(sys.argv[1], sys.argv[2])
