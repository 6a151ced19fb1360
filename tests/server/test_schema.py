"""The tables on a server are the records', whether they were made at once or by every migration in turn."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from models.migrations.upgrade import upgrade
from models.schema import METADATA
from models.server import roles, schema
from models.storage.server_address import Address
from models.storage.server_engine import engine_for

pytestmark = pytest.mark.server


@pytest.fixture
def engine(database: Address) -> Iterator[Engine]:
    made = engine_for(database)
    yield made
    made.dispose()


def differences(engine: Engine) -> list[object]:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with engine.connect() as connection:
        return list(compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), METADATA))


def test_made_at_once(engine: Engine) -> None:
    with engine.begin() as connection:
        schema.lay(connection)
    assert differences(engine) == []


def test_made_by_every_migration_in_turn(engine: Engine) -> None:
    with engine.begin() as connection:
        upgrade(connection)
    assert differences(engine) == []


def test_rights_are_given_again_without_harm(engine: Engine, database: Address) -> None:
    with engine.begin() as connection:
        schema.lay(connection)
        roles.make_groups(connection, database.database)
    with engine.begin() as connection:
        roles.give_rights(connection, database.database)
