"""The migrations and the records say the same schema, and older club files are brought up to it."""

import importlib
import re
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine, create_engine, text

from models.bootstrap import open_club
from models.migrations.upgrade import HEAD, KNOWN, upgrade
from models.schema import METADATA
from tests.clubs import PASSPHRASE, a_family, new_club, put

STORED = Path(__file__).parent / "stored"


def engine(folder: Path, name: str) -> Engine:
    return create_engine(f"sqlite:///{folder / name}")


def schema_of(connection: Connection) -> dict[str, set[str]]:
    """Every table's lines and every index, however they were spaced or ordered."""
    found = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"))
    return {name: {_line(part) for part in re.split(r"\n|, (?=[a-z])", sql)} for name, sql in found}


def _line(part: str) -> str:
    return re.sub(r"\s+", " ", part.replace('"', "")).strip(" ,")


def test_migrating_from_nothing_gives_what_the_records_say(tmp_path: Path) -> None:
    with engine(tmp_path, "made").begin() as made, engine(tmp_path, "migrated").begin() as migrated:
        METADATA.create_all(made)
        upgrade(migrated)
        expected, found = schema_of(made), schema_of(migrated)
        found.pop("alembic_version")
        assert found == expected
        assert compare_metadata(MigrationContext.configure(migrated), METADATA) == []


def test_a_column_the_records_do_not_know_is_noticed(tmp_path: Path) -> None:
    with engine(tmp_path, "migrated").begin() as migrated:
        upgrade(migrated)
        migrated.execute(text("ALTER TABLE venue ADD COLUMN fax VARCHAR(40)"))
        assert compare_metadata(MigrationContext.configure(migrated), METADATA)


def test_every_version_is_known_and_the_newest_is_head() -> None:
    pages = sorted(Path("models/migrations/versions").glob("[0-9]*.py"))
    assert tuple(page.name[:4] for page in pages) == KNOWN
    assert KNOWN[-1] == HEAD
    for page in pages:
        assert importlib.import_module(f"models.migrations.versions.{page.stem}").revision == page.name[:4]


def test_a_new_club_file_is_stamped_with_the_newest_version(tmp_path: Path) -> None:
    club = new_club(tmp_path)
    assert club.read(lambda uow: uow.session.scalar(text("SELECT version_num FROM alembic_version"))) == HEAD


@pytest.mark.parametrize("version", KNOWN)
def test_a_stored_file_of_each_version_opens_and_holds_what_it_held(version: str, tmp_path: Path) -> None:
    path = tmp_path / "club.breather"
    for suffix in ("", ".keys"):
        stored = STORED / f"{version}.breather{suffix}"
        path.with_name(path.name + suffix).write_bytes(stored.read_bytes())
    club = open_club(path, PASSPHRASE, device="test")
    assert club.name == "Harbour Young Carers"
    assert club.read(lambda uow: uow.session.scalar(text("SELECT count(*) FROM child"))) == 1
    assert club.read(lambda uow: uow.session.scalar(text("SELECT version_num FROM alembic_version"))) == HEAD
    assert club.faults() == []
    put(club, a_family)
    club.close()
