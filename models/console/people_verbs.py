"""`breather people`: who can sign in to a club file, and what they may do."""

import argparse
from collections.abc import Callable, Mapping
from uuid import UUID

from models.access.people import AccountRow, same_name
from models.bootstrap import Club, Role, Told, open_with_recovery, read_place
from models.console.opening import clock_of, new_password, opened, passphrase, recovery_key
from models.console.outcome import Outcome, WrongUse
from models.kernel.dates import numeric
from models.kernel.errors import LosesConcerns, NotFound
from models.kernel.words import counted
from models.storage.device import device_id, home
from models.storage.server_address import Address


def people(options: argparse.Namespace) -> Outcome:
    """Does what was asked. Raises WrongUse, or what `Club` raises."""
    try:
        if options.what == "recover":
            return _recover(options)
        verb = _VERBS[options.what]
        with opened(options, looking=options.what == "list", first=options.what == "password") as club:
            return verb(club, options)
    except LosesConcerns as lost:
        step = f"{lost.next_step} If they may be lost, say so with --lose-concerns."
        raise LosesConcerns(lost.what, step, concerns=lost.concerns) from None


def _list(club: Club, _: argparse.Namespace) -> Outcome:
    found = [row for row in club.people() if row.removed_at is None]
    lines = [f"{row.name}, {row.words}{', has to choose a new password' if row.new_password else ''}" for row in found]
    return Outcome({"people": [_said(row) for row in found]}, lines or ["Nobody has a name of their own here yet."])


def _add(club: Club, options: argparse.Namespace) -> Outcome:
    name, role = _name(options), _role(options)
    password = new_password(options, name)
    return _told(club.add_person(name, password, role=role, safeguarding=options.safeguarding), "can sign in")


def _remove(club: Club, options: argparse.Namespace) -> Outcome:
    losing = options.lose_concerns
    removed = club.remove_person(_who(club, options), read_place(home()), losing_concerns=losing)
    outcome = _told(removed, "can sign in no more")
    if not removed.backups or removed.until is None:
        return outcome
    many = counted(len(removed.backups), "backup")
    more = (
        f"Their password still opens {many}, until {numeric(removed.until)} at the latest.",
        "If they may have a copy of the file, give it a new key: breather people CLUB rekey.",
    )
    said = {**outcome.said, "backups": len(removed.backups), "until": removed.until.isoformat()}
    return Outcome(said, [*outcome.lines, *more])


def _reset(club: Club, options: argparse.Namespace) -> Outcome:
    account_id = _who(club, options)
    told = club.set_password(account_id, new_password(options, _name(options)), losing_concerns=options.lose_concerns)
    return _told(told, "has a new password, to be changed when they sign in")


def _rename(club: Club, options: argparse.Namespace) -> Outcome:
    if not options.new_name:
        raise WrongUse("The new name is missing.", "Say it with --new-name.")
    return _told(club.rename(_who(club, options), options.new_name), "is what they sign in with now")


def _password(club: Club, options: argparse.Namespace) -> Outcome:
    club.change_own_password(passphrase(options), new_password(options, club.actor.name))
    return Outcome({"person": club.actor.name}, [f"{club.actor.name} has a password of their own."])


def _show_recovery_key(club: Club, options: argparse.Namespace) -> Outcome:
    key = club.recovery_key(passphrase(options))
    lines = [key, f"Print it and lock it away: whoever has it opens the {'file' if club.keeps_backups else 'club'}."]
    if not club.keeps_backups:
        lines.append("It is a new one: one that was printed before opens nothing any more.")
    return Outcome({"recovery_key": key}, lines)


def _rekey(club: Club, options: argparse.Namespace) -> Outcome:
    club.rekey(passphrase(options))
    lines = ["The file has a new key. The recovery key that was printed opens it no more: print the new one."]
    return Outcome({"file": str(club.path)}, lines)


def _recover(options: argparse.Namespace) -> Outcome:
    name = _name(options)
    if isinstance(options.club, Address):
        return _recovered(_recover_on_server(options, name))
    file, backup = (options.to, options.club) if options.to is not None else (options.club, None)
    club = open_with_recovery(
        file, recovery_key(options), name=name, password=new_password(options, name), device=device_id(),
        clock=clock_of(options), place=read_place(home()), data=home(), backup=backup,
        losing_concerns=options.lose_concerns,
    )  # fmt: skip
    return _recovered(club)


def _recover_on_server(options: argparse.Namespace, name: str) -> Club:
    from models.server.recovering import open_with_recovery as open_there  # the driver is slow to import

    return open_there(
        options.club.public, recovery_key(options), name=name, password=new_password(options, name),
        device=device_id(), clock=clock_of(options), data=home(), losing_concerns=options.lose_concerns,
    )  # fmt: skip


def _recovered(club: Club) -> Outcome:
    try:
        return Outcome({"person": club.actor.name}, [f"{club.actor.name} is a manager with a new password."])
    finally:
        club.close()


def _told(told: Told, what: str) -> Outcome:
    return Outcome(
        {"person": _said(told.account), "told": list(told.words)}, [f"{told.account.name} {what}.", *told.words]
    )


def _said(row: AccountRow) -> dict[str, object]:
    return {"name": row.name, "roles": [role.value for role in row.roles], "new_password": row.new_password}


def _name(options: argparse.Namespace) -> str:
    if not options.name:
        raise WrongUse("Nobody was named.", f"Write the name after {options.what}.")
    return str(options.name)


def _role(options: argparse.Namespace) -> Role | None:
    return next((role for role in Role if options.role and role.value.split()[0] == options.role), None)


def _who(club: Club, options: argparse.Namespace) -> UUID:
    name = _name(options)
    for row in club.people():
        if row.removed_at is None and same_name(row.name, name):
            return row.id
    raise NotFound(f"Nobody here is called {name}.", "See who is with: breather people CLUB.")


_VERBS: Mapping[str, Callable[[Club, argparse.Namespace], Outcome]] = {
    "list": _list, "add": _add, "remove": _remove, "reset": _reset, "recovery-key": _show_recovery_key,
    "rekey": _rekey, "rename": _rename, "password": _password,
}  # fmt: skip
