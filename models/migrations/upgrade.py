"""Which schema versions there are, and bringing an older file up to the newest. Alembic is imported only for that."""

from pathlib import Path
from typing import Any

HEAD = "0003"
KNOWN = ("0001", "0002", "0003")


def config(connection: Any | None = None) -> Any:
    """Alembic's configuration, bound to a SQLAlchemy connection where one is given."""
    from alembic.config import Config

    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).parent))
    settings.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    settings.attributes["connection"] = connection
    return settings


def upgrade(connection: Any, version: str = HEAD) -> None:
    """Runs every migration up to `version` on an open SQLAlchemy connection, in its transaction."""
    from alembic import command

    command.upgrade(config(connection), version)
