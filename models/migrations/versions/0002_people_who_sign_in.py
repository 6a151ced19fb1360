"""People who sign in, concerns, and what is held of a child and for how long."""

from models.migrations.second import access, concerns, privacy, storage

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Brings a file from version 0001 to 0002; a table that points to another comes after it."""
    access.account()
    access.access_event()
    access.retired_keys()
    concerns.concern()
    storage.journal_erasure()
    storage.restore()
    privacy.child_file()
    privacy.legal_hold()
    privacy.erased_child()
    privacy.retention_span()
    privacy.retention_longer()
    privacy.subject_request()
    privacy.subject_decision()
