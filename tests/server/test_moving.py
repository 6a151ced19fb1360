"""A club file moved to a server and back: nothing is lost, nothing is altered, and a copy that differs is refused."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import time
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert, select, update

from models.access.rules import Role
from models.bootstrap import Club, create_club
from models.intake import service as intake
from models.intake.reading import read_files
from models.kernel.clock import FixedClock, london_instant
from models.kernel.errors import BadInput, Damaged, Denied, NoServer, WrongPassphrase
from models.kernel.ids import seeded_ids
from models.schema import METADATA
from models.server import moving
from models.storage.journal_check import verify_chain
from models.storage.server_address import Address
from models.storage.server_engine import engine_for
from tests.clubs import CHEAP, DEVICE, PASSPHRASE, SATURDAY, a_child, put
from tests.server.conftest import Open

pytestmark = pytest.mark.server
SAMPLE = Path(__file__).parents[2] / "resources" / "sample"
HERS = "nine slow herons paddling"


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Club]:
    """A club file with two people and some children."""
    clock = FixedClock(london_instant(SATURDAY, time(10)))
    made = create_club(
        tmp_path / "club.breather", "Harbour", PASSPHRASE, person="Denise", device=DEVICE, clock=clock,
        ids=seeded_ids(7), strength=CHEAP, data=tmp_path / "data",
    )  # fmt: skip
    made.add_person("Lena", HERS, role=Role.LEAD, safeguarding=True)
    for number in range(3):
        put(made, lambda uow, number=number: a_child(uow, f"Zoë-{number}", allergies="Nuts\nMilk"), "Add a child")
    yield made
    made.close()


def test_there_and_back(file: Club, database: Address, tmp_path: Path) -> None:
    before, said = file.facts(), digests(file)
    there = moving.to_server(file, database, PASSPHRASE, data=tmp_path / "data")
    assert there.actor.name == "Denise"
    assert there.name == "Harbour"
    assert there.read(verify_chain) == []
    assert file.facts() == before
    assert digests(file) == said
    put(there, a_child, "Add a child there")
    back = moving.to_file(there, database, PASSPHRASE, tmp_path / "back.breather", data=tmp_path / "data")
    assert back.facts().children == before.children + 1
    assert back.faults() == []
    assert back.read(verify_chain) == []
    assert digests(back) == digests(there, database)
    back.close()
    there.close()


def digests(club: Club, database: Address | None = None) -> dict[str, tuple[int, str]]:
    if database is None:
        return club.read(
            lambda uow: {one.name: moving.digest(uow.session.connection(), one) for one in METADATA.sorted_tables}
        )
    engine = engine_for(database, read_only=True)
    try:
        with engine.connect() as connection:
            return {one.name: moving.digest(connection, one) for one in METADATA.sorted_tables}
    finally:
        engine.dispose()


def test_everybody_else_needs_a_new_password_on_the_server(
    file: Club, database: Address, come_in: Open, tmp_path: Path
) -> None:
    there = moving.to_server(file, database, PASSPHRASE)
    with pytest.raises(WrongPassphrase):
        come_in("Lena", HERS)
    lena = next(row for row in there.people() if row.name == "Lena")
    there.set_password(lena.id, HERS)
    assert come_in("Lena", HERS).actor.name == "Lena"
    there.close()


def test_a_database_that_is_not_empty_is_refused(file: Club, database: Address) -> None:
    moving.to_server(file, database, PASSPHRASE).close()
    with pytest.raises(BadInput, match="not empty"):
        moving.to_server(file, database, PASSPHRASE)


def test_a_file_that_is_there_is_refused(file: Club, database: Address) -> None:
    there = moving.to_server(file, database, PASSPHRASE)
    with pytest.raises(BadInput, match="already a file"):
        moving.to_file(there, database, PASSPHRASE, file.path)
    there.close()


def test_only_who_may_and_only_with_their_password(file: Club, database: Address, come_in: Open) -> None:
    with pytest.raises(WrongPassphrase):
        moving.to_server(file, database, HERS)
    file.sign_in("Lena", HERS)
    with pytest.raises(Denied):
        moving.to_server(file, database, HERS)
    with pytest.raises(NoServer):
        come_in("Denise")


def careless(source: Connection, target: Connection) -> None:
    """Copies everything, and then loses what one child is allergic to."""
    for table in METADATA.sorted_tables:
        for row in source.execute(select(table)).mappings():
            target.execute(insert(table), dict(row))
    child = METADATA.tables["child"]
    one = target.scalars(select(child.c.id)).first()
    target.execute(update(child).where(child.c.id == one).values(allergies=""))


def test_a_copy_on_a_server_that_differs_is_taken_away_again(
    file: Club, database: Address, come_in: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(moving, "_copy_rows", careless)
    with pytest.raises(Damaged, match="not the same"):
        moving.to_server(file, database, PASSPHRASE)
    with pytest.raises(NoServer):
        come_in("Denise")
    monkeypatch.undo()
    moving.to_server(file, database, PASSPHRASE).close()


def test_a_file_that_differs_is_taken_away_again(
    file: Club, database: Address, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = moving.to_server(file, database, PASSPHRASE)
    monkeypatch.setattr(moving, "_copy_rows", careless)
    with pytest.raises(Damaged, match="not the same"):
        moving.to_file(there, database, PASSPHRASE, tmp_path / "back.breather")
    assert not list(tmp_path.glob("back*"))
    there.close()


def test_a_year_of_the_sample(database: Address, tmp_path: Path, file: Club) -> None:
    preview = file.read(lambda uow: intake.prepare(uow, read_files([SAMPLE])))
    file.write(lambda uow: intake.take_in(uow, preview), "Bring in")
    there = moving.to_server(file, replace(database), PASSPHRASE)
    assert there.facts().marks == file.facts().marks > 100
    there.close()
