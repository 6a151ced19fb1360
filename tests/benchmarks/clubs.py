"""Club files for benchmarks: the sample club with a real key, and a day with sixty children."""

from datetime import time
from pathlib import Path
from uuid import UUID

from models.bootstrap import Club, Strength, UnitOfWork, create_club, open_club
from models.kernel.clock import FixedClock, london_instant
from models.programme.rules import ActivityStatus, BookingStatus
from tests.clubs import CHEAP, DEVICE, PASSPHRASE, SATURDAY, THURSDAY, a_booking, a_child, a_duty, an_activity, an_adult

SIXTY = 60
TEAM = 20


def sample(folder: Path, strength: Strength) -> Path:
    """The sample club in a file of its own, closed; locked as strongly as said."""
    from models.intake.reading import read_files
    from models.intake.service import prepare, take_in
    from models.kernel.places import resources

    club = create_club(
        folder / "club.breather", "Lewisham", PASSPHRASE, device=DEVICE, strength=strength, sample_day=THURSDAY
    )
    preview = club.read(lambda uow: prepare(uow, read_files([resources() / "sample"])))
    club.write(lambda uow: take_in(uow, preview), "Brought in the sample club")
    club.close()
    return club.path


def reopen(path: Path) -> Club:
    return open_club(path, PASSPHRASE, device=DEVICE)


def sixty(folder: Path, number: int = SIXTY) -> tuple[Club, UUID, tuple[UUID, ...]]:
    """A day at the door: sixty children booked and twenty adults; the club, the activity, the children."""
    club = create_club(
        folder / "club.breather",
        "Sixty",
        PASSPHRASE,
        device=DEVICE,
        strength=CHEAP,
        clock=FixedClock(london_instant(SATURDAY, time(9, 55))),
    )

    def make(uow: UnitOfWork) -> tuple[UUID, tuple[UUID, ...]]:
        activity = an_activity(uow, "Great day", SATURDAY, status=ActivityStatus.CONFIRMED, capacity=number)
        for adult in range(TEAM):
            a_duty(uow, activity, an_adult(uow, f"Adult{adult} Okafor"))
        children = tuple(a_child(uow, f"Child{child}", f"Nguyễn{child}") for child in range(number))
        for child in children:
            a_booking(uow, activity, child, status=BookingStatus.BOOKED)
        return activity, children

    activity, children = club.write(make, "Set up").value
    return club, activity, children
