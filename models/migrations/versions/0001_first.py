"""The first schema: everything a club file of Breather 0.1 holds."""

from models.migrations.first import (
    access,
    consents,
    documents,
    intake,
    people,
    programme,
    readiness,
    registers,
    storage,
    team,
    transport,
)

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Brings an empty file to version 0001; a table that points to another comes after it."""
    team.adult()
    access.club()
    people.family()
    intake.imported()
    storage.journal_change()
    access.key_slots_copy()
    programme.term()
    transport.vehicle()
    programme.venue()
    programme.activity()
    people.child()
    people.contact()
    storage.journal_entry()
    programme.booking()
    programme.chore()
    registers.collection_today()
    people.collector()
    consents.consent()
    programme.duty()
    readiness.go_ahead()
    transport.leg()
    registers.mark()
    documents.pack_copy()
    registers.register_day()
    registers.register_sheet()
    transport.seat()
