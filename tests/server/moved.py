"""A club file with something in every corner that a move has to carry, and how much of it there is."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import time, timedelta
from pathlib import Path

from models.access.rules import Role
from models.bootstrap import Club, UnitOfWork, create_club
from models.concerns import service as concerns
from models.intake import service as intake
from models.intake.reading import read_files
from models.kernel.clock import FixedClock, london_instant
from models.kernel.errors import Denied
from models.kernel.ids import seeded_ids
from models.privacy import erasure, holds
from models.privacy.rules import WhyErased
from models.schema import METADATA
from models.server import moving
from models.storage.server_address import Address
from models.storage.server_engine import engine_for
from tests.clubs import DEVICE, PASSPHRASE, SATURDAY, a_child, put

SAMPLE = Path(__file__).parents[2] / "resources" / "sample"
DENISE, LENA, HERS = "Denise", "Lena", "nine slow herons paddling"
PIN = "4821"
Digests = dict[str, tuple[int, str]]


@contextmanager
def a_full_club(folder: Path, *, year: bool) -> Iterator[Club]:
    """Children, one of them erased and one under a hold; a lead with a concern and a PIN; and events at the door.

    With `year`, the sample year too.
    """
    clock = FixedClock(london_instant(SATURDAY, time(10)))
    made = create_club(
        folder / "club.breather", "Harbour", PASSPHRASE, person=DENISE, device=DEVICE, clock=clock,
        ids=seeded_ids(7), data=folder / "data",
    )  # fmt: skip
    try:
        if year:
            preview = made.read(lambda uow: intake.prepare(uow, read_files([SAMPLE])))
            made.write(lambda uow: intake.take_in(uow, preview), "Bring in")
        _fill(made)
        yield made
    finally:
        made.close()


def _fill(club: Club) -> None:
    gone = put(club, lambda uow: a_child(uow, "Zephyrine", "Quill"), "Added Zephyrine")
    kept = put(club, lambda uow: a_child(uow, "Zoë", "Ward", allergies="Nuts\nMilk"))
    club.write(lambda uow: erasure.erase_child(uow, gone, WhyErased.TIME_UP, lead_asked=True), "Erased")
    club.write(lambda uow: holds.place_hold(uow, kept, "A solicitor wrote."), "Placed a hold")
    club.add_person(LENA, HERS, role=Role.LEAD, safeguarding=True)
    club.sign_in(LENA, HERS)
    club.set_pin(PIN)
    day = SATURDAY - timedelta(days=1)
    said = {"child_id": kept, "noticed_on": day, "told_on": day, "reference": "LADO 12/26"}
    club.write(lambda uow: concerns.write_down(uow, said), "Wrote down a concern")
    with suppress(Denied):
        club.write(lambda uow: holds.place_hold(uow, kept, "No right to."), "Tried")
    club.sign_in(DENISE, PASSPHRASE)


def digests(club: Club) -> Digests:
    """Of each table, how many rows it has and what they say."""
    return club.read(_of_file)


def _of_file(uow: UnitOfWork) -> Digests:
    connection = uow.session.connection()
    return {one.name: moving.digest(connection, one) for one in METADATA.sorted_tables}


def digests_there(database: Address) -> Digests:
    """The same of a club on a server, as its owner, who alone can read all of it."""
    engine = engine_for(database, read_only=True)
    try:
        with engine.connect() as connection:
            return {one.name: moving.digest(connection, one) for one in METADATA.sorted_tables}
    finally:
        engine.dispose()
