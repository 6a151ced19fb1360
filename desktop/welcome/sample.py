"""The sample club: a club file of its own with a made-up club's year in it, made and removed in one action.

It lives in a folder of its own, so that removing it takes the file, its keys and every copy of them.
"""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from models.kernel.errors import BadInput
from models.kernel.places import resources

if TYPE_CHECKING:
    from models.bootstrap import Club

NAME = "Lewisham Young Carers"
DAY = date(2026, 12, 3)
# Everybody in it is made up, so its passphrase guards nothing and is handled for the person.
PASSPHRASE = "everybody here is made up"
FOLDER = "sample club"
FILE = "sample.breather"

MAKER = UUID(int=2)
FACTS = {
    "phone": "020 7946 0123",
    "email": "hello@youngcarers.example",
    "address": "4 Made-up Lane, London SE14 9XX",
    "complaints_to": "Grace Adeyemi, chair of trustees, 020 7946 0124",
    "charity_number": "0000000",
}
"""What stands on its paper; made up like the rest (Ofcom keeps these numbers for that)."""

Step = Callable[[int, str], object]
STEPS = 4
"""How many steps `make` tells of."""


def path_in(data: Path) -> Path:
    """Where the sample club of this machine's user is, or would be."""
    return data / FOLDER / FILE


def make(data: Path, device: str, step: Step) -> "Club":
    """Makes the sample club afresh and opens it; `step(done, words)` hears how far it is.

    Made beside its place and moved there whole, so that one stopped half-way is never opened. Raises OSError.
    """
    from models.bootstrap import Strength, create_club

    half, place = data / f"{FOLDER}.new", data / FOLDER
    for folder in (half, place):
        shutil.rmtree(folder, ignore_errors=True)
    half.mkdir(parents=True)
    step(0, "Making the file")
    quick = Strength(time=1, memory_kib=64, lanes=1)
    club = create_club(half / FILE, NAME, PASSPHRASE, device=device, strength=quick, sample_day=DAY)
    try:
        _fill(club, step)
    finally:
        club.close()
    step(3, "Opening it")
    half.replace(place)
    return open_made(data, device)


def open_made(data: Path, device: str) -> "Club":
    """Opens the sample club that is there. Raises ClubFileError or NotFound."""
    from models.bootstrap import open_club

    return open_club(path_in(data), PASSPHRASE, device=device)


def remove(data: Path) -> None:
    """Deletes the file, its keys, what is kept beside it and any backups of it. Raises OSError."""
    from models.bootstrap import backups_for

    if path_in(data).exists():
        for backup in backups_for(path_in(data), data):
            backup.path.unlink(missing_ok=True)
    for folder in (data / FOLDER, data / f"{FOLDER}.new"):
        if folder.exists():
            shutil.rmtree(folder)


def _fill(club: "Club", step: Step) -> None:
    from models.access.rules import Role
    from models.access.service import edit_club
    from models.intake.reading import read_files
    from models.intake.service import prepare, take_in

    step(1, "Reading its spreadsheets")
    preview = club.read(lambda uow: prepare(uow, read_files([resources() / "sample"])))
    if not preview.clean:
        raise BadInput("The sample spreadsheets cannot be brought in.", "Set Breather up again.")
    step(2, "Bringing in a year of clubs and trips")
    mine = club.actor
    assert club.account is not None  # whoever made it is its manager; here they may look at everything
    club.set_roles(club.account.id, role=Role.MANAGER, safeguarding=True)
    # Not done by whoever looks round: the first Ctrl+Z must not take the whole club away.
    club.actor = replace(mine, id=MAKER, name="The sample club")
    club.write(lambda uow: take_in(uow, preview), "Brought in the sample club")
    club.write(lambda uow: edit_club(uow, None, FACTS), "Filled in the sample club")
    club.actor = mine
