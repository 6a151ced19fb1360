"""How a verb gets at a club file: its passphrase, its clock, this machine's id."""

import argparse
import getpass
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from models.access.permissions import Permission, needs
from models.bootstrap import Club, UnitOfWork, open_club, read_place
from models.console.outcome import WrongUse
from models.kernel.clock import Clock, DayClock, SystemClock
from models.kernel.errors import BadInput, Denied
from models.storage.device import device_id, home
from models.storage.server_address import Address


@contextmanager
def opened(options: argparse.Namespace, *, looking: bool = True, first: bool = False) -> Iterator[Club]:
    """The club file, closed again afterwards. `looking` reads a file that is open elsewhere; its first write does not.

    An older file is backed up in this machine's place before it is brought up to date. Raises BadInput for somebody who
    has not chosen a password of their own yet, unless they came for that (`first`).
    """
    club = _on_server(options) if isinstance(options.club, Address) else open_club(
        options.club, passphrase(options), name=options.person, device=device_id(), clock=clock_of(options),
        place=read_place(home()), looking=looking, data=home(),
    )  # fmt: skip
    try:
        if not first:
            _must_have_chosen(club, options)
        _judge_day(club, options)
        yield club
        club.note_journal(home())
    finally:
        club.close()


def _must_have_chosen(club: Club, options: argparse.Namespace) -> None:
    """Whoever gave somebody their first password knows it: nothing is done under their name before they chose one."""
    if club.account is not None and club.account.new_password:
        where = options.club.public if isinstance(options.club, Address) else options.club
        raise BadInput(
            f"{club.account.name} still has the first password, which somebody else gave them.",
            f"Choose your own first: sign in to Breather’s window, or use: breather people {where} password.",
        )


def _judge_day(club: Club, options: argparse.Namespace) -> None:
    """Raises Denied for `--today` from somebody who works on the day: it would be any day they like."""
    if options.today is not None:
        chosen, club.clock = club.clock, SystemClock()  # a refusal is written down under the day it really is
        try:
            club.read(may_choose_the_day)
        except Denied as denied:
            raise Denied(f"{club.actor.name} may not say what day it is.", "Leave out --today.") from denied
        club.clock = chosen


@needs(Permission.SEE_FAMILIES)
def may_choose_the_day(uow: UnitOfWork) -> None:
    """Asks for the permission to see more than the day one lives on. Reads nothing."""


def _on_server(options: argparse.Namespace) -> Club:
    from models.server.opening import open_on_server  # the driver is slow to import, and few have a server

    if not options.person:
        raise WrongUse("A server has to know who you are.", "Say it with --as NAME.")
    secret, clock = passphrase(options), clock_of(options)
    address: Address = options.club
    return open_on_server(address.public, secret, name=options.person, device=device_id(), clock=clock, data=home())


def clock_of(options: argparse.Namespace) -> Clock | None:
    """The day `--today` names, with the machine's time of day; None for the club's own clock."""
    return DayClock(options.today) if options.today else None


def passphrase(options: argparse.Namespace, *, new: bool = False) -> str:
    """From the file (one trailing newline ignored), else typed without being shown (twice for a new club).

    Raises WrongUse.
    """
    known: str | None = getattr(options, "passphrase", None)  # asked for already
    if known is not None:
        return known
    if options.passphrase_file is not None:
        return _from_file(options.passphrase_file)
    if not sys.stdin.isatty():
        raise WrongUse("There is nobody to ask for the passphrase.", "Say where it is with --passphrase-file.")
    return _typed(getpass.getpass, new=new)


def new_password(options: argparse.Namespace, whose: str) -> str:
    """Somebody's new password, from --new-passphrase-file, else typed twice. Raises WrongUse."""
    if options.new_passphrase_file is not None:
        return _from_file(options.new_passphrase_file)
    if not sys.stdin.isatty():
        raise WrongUse(f"There is nobody to ask for {whose}’s password.", "Say where it is with --new-passphrase-file.")
    return _typed(getpass.getpass, new=True, what=f"New password of {whose}: ")


def recovery_key(options: argparse.Namespace) -> str:
    """The recovery key, from --recovery-key-file, else typed. Raises WrongUse."""
    if options.recovery_key_file is not None:
        return _from_file(options.recovery_key_file)
    if not sys.stdin.isatty():
        raise WrongUse("There is nobody to ask for the recovery key.", "Say where it is with --recovery-key-file.")
    return _typed(getpass.getpass, new=False, what="Recovery key: ")


def _from_file(path: Path) -> str:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        reason = error.strerror or "it cannot be read"
        raise WrongUse(f"The passphrase file {path} cannot be read: {reason}.", "Check its name.") from None
    except UnicodeDecodeError:
        raise WrongUse(f"The passphrase file {path} is not text.", "Save it as plain text (UTF-8).") from None
    return text.removesuffix("\n").removesuffix("\r")


def _typed(ask: Callable[[str], str], *, new: bool, what: str = "Passphrase: ") -> str:
    first = ask(what)
    if new and ask("The same again: ") != first:
        raise WrongUse("The two passphrases are not the same.", "Start again.")
    return first
