"""Who can sign in, as in version 0002."""

import sqlalchemy as sa
from alembic import op

from models.migrations.build import check, choice, plain, table, text

ROLES = ["sessional worker", "lead worker", "manager", "safeguarding lead"]
EVENTS = ["denied", "wrong passwords", "fire list", "recovery key used", "new key", "keys put back"]


def account() -> None:
    """Creates the table account."""
    table(
        "account",
        text("name", 120),
        choice("role", "role", ROLES, nullable=True),
        plain("safeguarding", "boolean"),
        plain("removed_at", "instant", nullable=True),
        text("pin", 200),
        plain("new_password", "boolean"),
        plain("version", "integer"),
        plain("id", "uuid"),
        check("never_twice", "role <> 'safeguarding lead'"),
        check("something_to_do", "role IS NOT NULL OR safeguarding"),
    )


def access_event() -> None:
    """Creates the table access_event."""
    table(
        "access_event",
        choice("kind", "accesskind", EVENTS),
        text("who", 120),
        text("detail", 300),
        plain("at", "instant"),
        plain("id", "uuid"),
        indexes=["at"],
    )


def retired_keys() -> None:
    """Adds key_slots_copy.retired."""
    with op.batch_alter_table("key_slots_copy", recreate="auto") as batch:
        batch.add_column(sa.Column("retired", sa.JSON(none_as_null=True), nullable=True))
