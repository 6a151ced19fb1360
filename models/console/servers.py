"""`breather new` on a server, and `breather move`."""

import argparse
from pathlib import Path

from models.bootstrap import Club
from models.console.opening import clock_of, opened, passphrase
from models.console.outcome import Outcome, WrongUse
from models.server import moving, opening
from models.server.club import ServerClub
from models.server.opening import create_on_server
from models.storage.device import device_id, home
from models.storage.server_address import Address

_PRINT = "Print its recovery key: breather people {} recovery-key."


def new(options: argparse.Namespace) -> Outcome:
    """A new club in an empty database. Raises WrongUse for an address without its owner."""
    address = _owned(options.club)
    club = create_on_server(
        address, options.name, passphrase(options, new=True), person=options.person or "Manager", device=device_id(),
        clock=clock_of(options), data=home(),
    )  # fmt: skip
    club.close()
    said = {"club": club.name, "server": str(club.address), "person": club.actor.name}
    made = f"Made {club.name} at {club.address}. {club.actor.name} is its first manager."
    return Outcome(said, [made, _PRINT.format(club.address)])


def move(options: argparse.Namespace) -> Outcome:
    """A club copied from its file to a server or back. Raises WrongUse unless one is a file and the other is not."""
    if isinstance(options.club, Address) == isinstance(options.to, Address):
        raise WrongUse("A club is moved from a file to a server, or from a server to a file.", "See move --help.")
    for one in (options.club, options.to):
        if isinstance(one, Address):
            _owned(one)
    secret = passphrase(options)
    options.passphrase = secret
    with opened(options, looking=False) as club:
        moved = _moved(club, options.club, options.to, secret)
    many = len([row for row in moved.people() if row.removed_at is None]) - 1
    moved.close()
    where = str(options.to.public) if isinstance(options.to, Address) else str(options.to)
    lines = [f"{moved.name} is at {where} too, and every table says the same. Nothing was changed where it was."]
    if isinstance(options.to, Address) and many:
        lines.append(f"Everybody but you needs a new password there: breather people {where} reset NAME.")
    if isinstance(options.to, Address):
        lines.append(f"The recovery key of the file does not open it there. {_PRINT.format(where)}")
    return Outcome({"club": moved.name, "to": where, "same": True, "need_passwords": many}, lines)


def bring_up_to_date(options: argparse.Namespace) -> Outcome:
    """Raises WrongUse for a club file, and for an address without its owner."""
    if not isinstance(options.club, Address):
        raise WrongUse("A club file is brought up to date when it is opened.", "Only a club on a server needs this.")
    older = opening.bring_up_to_date(_owned(options.club))
    words = "The tables are up to date now." if older else "The tables were up to date already."
    return Outcome({"server": str(options.club.public), "was_older": older}, [words])


def _moved(club: Club, where: Path | Address, to: Path | Address, secret: str) -> Club:
    if isinstance(to, Address):
        return moving.to_server(club, to, secret, data=home())
    assert isinstance(club, ServerClub)
    assert isinstance(where, Address)
    return moving.to_file(club, where, secret, to, data=home())


def _owned(address: Address) -> Address:
    if not address.user:
        raise WrongUse(
            "This needs the name and password of whoever owns the database.",
            "Write it like postgresql://owner:password@server/club",
        )
    return address
