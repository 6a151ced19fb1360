"""Every record, in one place: what migrations and new club files are made from."""

from models.access import records as access
from models.concerns import records as concerns
from models.consents import records as consents
from models.documents import records as documents
from models.intake import records as intake
from models.people import records as people
from models.privacy import records as privacy
from models.programme import records as programme
from models.readiness import records as readiness
from models.registers import records as registers
from models.storage import erasing, journal, restored
from models.storage.base import Base
from models.team import records as team
from models.transport import records as transport

ROOMS = (
    access, concerns, consents, documents, intake, people, privacy, programme, readiness, registers, team, transport,
    journal, restored, erasing,
)  # fmt: skip
METADATA = Base.metadata


def statements(version: str) -> list[str]:
    """What makes all of it in a new club file, stamped as schema `version`."""
    from sqlalchemy.dialects.sqlite import dialect
    from sqlalchemy.schema import CreateIndex, CreateTable

    flavour = dialect()
    tables = METADATA.sorted_tables
    found = [str(CreateTable(table).compile(dialect=flavour)) for table in tables]
    indexes = [index for table in tables for index in sorted(table.indexes, key=lambda one: str(one.name))]
    found += [str(CreateIndex(index).compile(dialect=flavour)) for index in indexes]
    version_table = """CREATE TABLE alembic_version (
        version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
    )"""
    stamp = f"INSERT INTO alembic_version VALUES ('{version}')"  # noqa: S608 - a constant of ours
    return [*found, version_table, stamp]
