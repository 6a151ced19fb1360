"""Adults who left: how long they are kept, and that they were erased."""

from models.migrations.third import privacy, storage

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Brings a file from version 0002 to 0003."""
    privacy.kept()
    privacy.erased_adult()
    storage.restore()
