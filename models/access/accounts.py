"""Who can sign in and what they may do: a person's row and their slot of the keys, changed together.

Each verb is given the open club's KeyKeeper, which says in which order row and slot are written.
"""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy import select

from models.access.keeper import KeyKeeper, fingerprint, must_fit, with_keys
from models.access.last_holder import BEGUN_ANEW, SHOWN, Paper, holders, kept, must_not_be_lost, on_paper
from models.access.passwords import check_password
from models.access.people import AccountRow, active, as_seen, row_of, same_name
from models.access.permissions import HOLDER, Permission, needs
from models.access.pins import check_pin, hash_of
from models.access.records import AccessEvent, AccountRecord, ClubRecord
from models.access.rules import AccessKind, Role
from models.access.words import ACCOUNT
from models.kernel.errors import BadInput, Denied, LosesConcerns, NotFound
from models.kernel.words import counted, listed
from models.storage import recovery
from models.storage.archive import Backup
from models.storage.keys import KeyRing, new_key, person_of
from models.storage.uow import UnitOfWork
from models.storage.values import checked


@dataclass(frozen=True)
class Told:
    """What a change of people answers: the person as they are now, and what else there is to know, a sentence each."""

    account: AccountRow
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Removed(Told):
    """What taking somebody off answers.

    Attributes:
        backups: those in the place that their password still opens, newest first.
        until: the last day the newest of them can still be there, None where there are none.
    """

    backups: tuple[Backup, ...] = ()
    until: date | None = None


@dataclass(frozen=True)
class Standing:
    """How it stands with the key of concerns: who holds it, how many concerns there are, and what is on paper."""

    holders: tuple[str, ...]
    concerns: int
    paper: Paper | None


@needs(Permission.PEOPLE)
def add(
    uow: UnitOfWork, keeper: KeyKeeper, name: str, password: str, *, role: Role | None, safeguarding: bool = False
) -> Told:
    """A new person who can sign in. Raises BadInput with its field ("name", "password", "role").

    The first person in a file from before there were people is a manager, and the old passphrase opens it no more.
    """
    called = _new_name(uow, name)
    _some_role(role, safeguarding=safeguarding)
    first = not active(uow)
    if first and role is not Role.MANAGER:
        raise BadInput("The first person has to be a manager.", "Somebody must be able to add the others.", "role")
    check_password(password, club=_club_name(uow), person=called)
    record = AccountRecord(name=called, role=role, safeguarding=safeguarding, new_password=not first)
    uow.add(record)
    ring = keeper.ring(uow)
    slot = keeper.slot(record.id, called, password, sealing=False)
    ring = replace(ring, old=()) if first else ring
    words = ("The old passphrase opens this file no more.",) if first and uow.actor.id == HOLDER else ()
    ring, more = (
        _with_concerns(keeper, record, ring.with_slot(slot, keeper.key))
        if safeguarding
        else (ring.with_slot(slot, keeper.key), ())
    )
    keeper.put(uow, ring)
    return Told(row_of(record), (*words, *more))


@needs(Permission.PEOPLE)
def rename(uow: UnitOfWork, keeper: KeyKeeper, account_id: UUID, version: int | None, name: str) -> Told:
    """Puts somebody's name right; they sign in with it from now on, and with the password they have.

    A slot is found by a digest of the name, which nothing inside it is bound to. Raises BadInput (field "name"),
    NotFound, Stale.
    """
    record = _present(uow, account_id, version)
    called, was = _new_name(uow, name, record.id), record.name
    if called == was:
        return Told(row_of(record))
    record.name = called
    _remember(uow, f"Put a name right: {was} is {called} now.")
    keeper.rename(uow, record.id, was, called)
    ring = keeper.ring(uow)
    slot = ring.slot_of(record.id)
    if slot is not None:
        keeper.put(uow, ring.with_slot(replace(slot, person=person_of(ring.club, called)), keeper.key))
    uow.flush()
    return Told(row_of(record))


@needs(Permission.PEOPLE)
def set_roles(
    uow: UnitOfWork, keeper: KeyKeeper, account_id: UUID, version: int | None, *, role: Role | None, safeguarding: bool,
    losing_concerns: bool = False,
) -> Told:  # fmt: skip
    """Says what somebody is here to do. Raises BadInput (the last manager stays one), NotFound, Stale.

    Raises LosesConcerns too, as `set_password` and `remove` do: see `last_holder.must_not_be_lost`.
    """
    record = _present(uow, account_id, version)
    _some_role(role, safeguarding=safeguarding)
    if record.role is Role.MANAGER and role is not Role.MANAGER:
        _not_last(uow, record, "given another role", "role")
    words: tuple[str, ...] = ()
    before, was = keeper.ring(uow), record.safeguarding
    record.role, record.safeguarding = role, safeguarding
    if safeguarding != was:
        ring, words = (_with_concerns if safeguarding else _without_concerns)(keeper, record, before)
        must_not_be_lost(uow, record, before, ring, losing=losing_concerns)
        keeper.put(uow, ring)
    uow.flush()
    return Told(row_of(record), words)


@needs(Permission.PEOPLE)
def set_password(
    uow: UnitOfWork, keeper: KeyKeeper, account_id: UUID, password: str, *, losing_concerns: bool = False
) -> Told:
    """Gives somebody else a password, to be changed when they next sign in. Raises BadInput, NotFound.

    A safeguarding lead loses the key of concerns by it, unless another one is who does it.
    """
    record = _present(uow, account_id, None)
    if record.id == uow.actor.id:
        raise BadInput("This is your own password.", "Change it where you give the old one too.", "password")
    check_password(password, club=_club_name(uow), person=record.name)
    before = keeper.ring(uow)
    was = before.slot_of(record.id)
    slot = keeper.slot(record.id, record.name, password, sealing=record.safeguarding)
    ring = before.with_slot(slot, keeper.key)
    must_not_be_lost(uow, record, before, ring, losing=losing_concerns)
    record.new_password = True
    _remember(uow, f"Gave {record.name} another password.")
    keeper.put(uow, ring)
    lost = bool(was and was.sealing_key and not slot.sealing_key)
    return Told(row_of(record), _lost(record, ring) if lost else ())


@needs(Permission.PEOPLE)
def remove(uow: UnitOfWork, keeper: KeyKeeper, account_id: UUID, *, losing_concerns: bool = False) -> Told:
    """Takes somebody off: their password opens this file no more. Raises BadInput for the last manager or oneself."""
    record = _present(uow, account_id, None)
    if record.role is Role.MANAGER:
        _not_last(uow, record, "taken off", None)
    if record.id == uow.actor.id:
        raise BadInput("You cannot take yourself off.", "Ask another manager to do it.")
    before = keeper.ring(uow)
    slot = before.slot_of(record.id)
    ring = before.without(record.id, keeper.key)
    must_not_be_lost(uow, record, before, ring, losing=losing_concerns)
    record.removed_at, record.pin, record.new_password = uow.clock.now(), "", False
    keeper.put(uow, ring)
    return Told(row_of(record), _lost(record, ring) if slot and slot.sealing_key else ())


@needs(Permission.PEOPLE)
def recover(uow: UnitOfWork, keeper: KeyKeeper, name: str, password: str, *, losing_concerns: bool = False) -> Told:
    """A manager of that name with that password, whoever was there: for who typed in the recovery key.

    Raises BadInput with its field; LosesConcerns as `set_password` does, for anybody else's name keeps them.
    """
    record = next((one for one in active(uow) if same_name(one.name, name)), None)
    if record is None:
        record = AccountRecord(name=_new_name(uow, name), role=Role.MANAGER)
        uow.add(record)
    check_password(password, club=_club_name(uow), person=record.name)
    record.role, record.new_password = Role.MANAGER, False
    was = replace(keeper.ring(uow), old=())
    before = was.slot_of(record.id)
    detail = "The recovery key was typed in; they are a manager with a new password."
    _remember(uow, detail, AccessKind.RECOVERED, record.name)
    ring = was.with_slot(keeper.slot(record.id, record.name, password, sealing=False), keeper.key)
    _not_by_this_name(uow, record, was, ring, losing=losing_concerns)
    keeper.put(uow, ring)
    return Told(row_of(record), _lost(record, ring) if before and before.sealing_key else ())


@needs(Permission.SEE_DAY)
def change_own_password(uow: UnitOfWork, keeper: KeyKeeper, old: str, new: str) -> Told:
    """The acting person's own password. Raises WrongPassphrase for the old one, BadInput for the new one."""
    record = _present(uow, uow.actor.id, None)
    ring = keeper.ring(uow)
    ring.unlock(old, record.name)
    if new == old:
        raise BadInput("This is the password you have.", "Choose another one.", "password")
    check_password(new, club=_club_name(uow), person=record.name)
    slot = keeper.slot(record.id, record.name, new, sealing=record.safeguarding)
    record.new_password = False
    _remember(uow, "Changed their own password.")
    keeper.put(uow, ring.with_slot(slot, keeper.key))
    return Told(row_of(record))


@needs(Permission.SEE_DAY)
def strengthen(uow: UnitOfWork, keeper: KeyKeeper, password: str) -> Told:
    """The acting person's own slot made anew under the password they came in with, as costly to guess at as any is."""
    record = _present(uow, uow.actor.id, None)
    slot = keeper.slot(record.id, record.name, password, sealing=record.safeguarding)
    _remember(uow, "Their password was made harder to guess at: it stays as it is.")
    keeper.put(uow, keeper.ring(uow).with_slot(slot, keeper.key))
    return Told(row_of(record))


@needs(Permission.SEE_DAY)
def set_pin(uow: UnitOfWork, pin: str) -> None:
    """The acting person's own PIN for register mode; "" takes it away. Raises BadInput.

    Denied to who came in with a PIN alone: whoever saw it typed could take it over.
    """
    if uow.actor.activity is not None:
        what = f"{uow.actor.name} signed in with a PIN, and that is not enough to change it."
        raise Denied(what, "Sign in with your password.", permission="other activities", verb=uow.verb)
    record = _present(uow, uow.actor.id, None)
    if pin:
        check_pin(pin)
    record.pin = hash_of(pin) if pin else ""


@needs(Permission.CONCERNS)
def grant_concerns(uow: UnitOfWork, keeper: KeyKeeper, account_id: UUID) -> Told:
    """Gives another safeguarding lead the key of concerns, from the acting lead's own. Raises BadInput, NotFound."""
    record = _present(uow, account_id, None)
    if not record.safeguarding:
        raise BadInput(f"{record.name} is not a safeguarding lead.", "Ask a manager to make them one.")
    if keeper.sealing_key is None:
        raise BadInput("You do not have the key of concerns yourself.", "Ask another safeguarding lead for it.")
    _remember(uow, f"Let {record.name} read the concerns.")
    _give_key(uow, keeper, record, keeper.sealing_key)
    return Told(row_of(record))


@needs(Permission.CONCERNS)
def recover_concerns(uow: UnitOfWork, keeper: KeyKeeper, typed: str) -> bytes:
    """The key of concerns, back from paper into the acting lead's slot. Raises BadInput, Damaged for another club's."""
    sealing_key = recovery.from_words(typed)
    must_fit(sealing_key, keeper.ring(uow))
    _remember(uow, "The recovery key of concerns was typed in.", AccessKind.RECOVERED)
    _give_key(uow, keeper, _present(uow, uow.actor.id, None), sealing_key)
    return sealing_key


@needs(Permission.CONCERNS)
def concerns_holders(uow: UnitOfWork, keeper: KeyKeeper) -> tuple[str, ...]:
    """The names of those who have the key of concerns; where there is none, only its paper can bring it back."""
    return tuple(one.name for one in holders(uow, keeper.ring(uow)))


@needs(Permission.CONCERNS)
def concerns_standing(uow: UnitOfWork, keeper: KeyKeeper) -> Standing:
    """Who can read the concerns, how many there are, and what is known of the paper of their key."""
    return Standing(concerns_holders(uow, keeper), kept(uow), on_paper(uow))


@needs(Permission.PEOPLE)
def show_recovery_key(uow: UnitOfWork, keeper: KeyKeeper) -> str:
    """The file's key as it is printed; that it was shown is written down first."""
    _remember(uow, "Was shown the recovery key of the file.", AccessKind.RECOVERED)
    return recovery.to_words(keeper.paper_key(uow))


@needs(Permission.CONCERNS)
def show_concerns_key(uow: UnitOfWork, keeper: KeyKeeper) -> str:
    """The key of concerns as it is copied down, written down as above. Raises BadInput for a lead without it."""
    if keeper.sealing_key is None:
        raise BadInput("You do not have the key of concerns yourself.", "Ask another safeguarding lead for it.")
    _remember(uow, SHOWN, AccessKind.RECOVERED)
    return recovery.to_words(keeper.sealing_key)


@needs(Permission.CONCERNS)
def begin_concerns_anew(uow: UnitOfWork, keeper: KeyKeeper) -> bytes:
    """A new key of concerns, where nobody has the old one any more and its paper is lost; given to the acting lead.

    What was sealed with the old key stays sealed unless its paper is found after all (`concerns.service.bring_back`).
    Raises BadInput while somebody still has the old key.
    """
    who = concerns_holders(uow, keeper)
    if who:
        raise BadInput(f"{listed(who)} can still read the concerns.", "Ask them to let you read them too.")
    sealing_key, number = new_key(), kept(uow)
    sealed = f"{counted(number, 'concern')} from before stay{'s' if number == 1 else ''} sealed"
    _remember(uow, f"{BEGUN_ANEW}: {sealed if number else 'there was none from before'}.")
    _give_key(uow, keeper, _present(uow, uow.actor.id, None), sealing_key)
    return sealing_key


def _remember(uow: UnitOfWork, detail: str, kind: AccessKind = AccessKind.REKEYED, who: str = "") -> None:
    """Writes down a change of keys that shows in no row; `who` it is about if not the acting person."""
    uow.add(AccessEvent(kind=kind, who=who or uow.actor.name, detail=detail, at=uow.clock.now()))


def _give_key(uow: UnitOfWork, keeper: KeyKeeper, record: AccountRecord, sealing_key: bytes) -> None:
    ring = keeper.ring(uow)
    slot = ring.slot_of(record.id)
    if slot is None:
        raise NotFound(f"{record.name} has no password yet.", "Ask a manager to give them one.")
    with_it = with_keys(slot, ring.club, keeper.key, sealing_key)
    keeper.put(uow, replace(ring, sealing=fingerprint(sealing_key)).with_slot(with_it, keeper.key))


def _with_concerns(keeper: KeyKeeper, record: AccountRecord, ring: KeyRing) -> tuple[KeyRing, tuple[str, ...]]:
    """The ring with a new safeguarding lead; what is to be told of it.

    The key of concerns comes from a safeguarding lead at hand. While there is none at all, it is made here for the
    first lead and kept by nobody else, so not by the manager who makes them one.
    """
    slot = ring.slot_of(record.id)
    sealing_key = keeper.sealing_key if ring.sealing else new_key()
    if sealing_key is None or slot is None:
        who = f"{record.name} cannot read the concerns that are kept until another safeguarding lead lets them."
        return ring, (who,)
    ring = replace(ring, sealing=fingerprint(sealing_key))
    return ring.with_slot(with_keys(slot, ring.club, keeper.key, sealing_key), keeper.key), ()


def _without_concerns(keeper: KeyKeeper, record: AccountRecord, ring: KeyRing) -> tuple[KeyRing, tuple[str, ...]]:
    """The ring with somebody a safeguarding lead no longer; what is to be told of it."""
    slot = ring.slot_of(record.id)
    if slot is None or not slot.sealing_key:
        return ring, ()
    ring = ring.with_slot(replace(slot, sealing_key=""), keeper.key)
    return ring, _lost(record, ring)


def _lost(record: AccountRecord, ring: KeyRing) -> tuple[str, ...]:
    """What somebody's losing the key of concerns means, `ring` being without it."""
    if any(slot.sealing_key for slot in ring.slots):
        if not record.safeguarding or record.removed_at is not None:
            return ()
        return (f"{record.name} cannot read concerns until another safeguarding lead lets them.",)
    return ("Nobody can read the concerns now, until the recovery key of concerns is typed in by a safeguarding lead.",)


def _not_by_this_name(uow: UnitOfWork, record: AccountRecord, before: KeyRing, after: KeyRing, *, losing: bool) -> None:
    try:
        must_not_be_lost(uow, record, before, after, losing=losing)
    except LosesConcerns as lost:
        step = f"Come in by another name: {record.name} may still remember the password that opens the concerns."
        raise LosesConcerns(lost.what, step, concerns=lost.concerns) from None


def _new_name(uow: UnitOfWork, name: str, whose: UUID | None = None) -> str:
    called = str(checked(AccountRecord, {"name": as_seen(name)}, ACCOUNT)["name"])
    if not called:
        raise BadInput("The name is missing.", "Type the name they will sign in with.", "name")
    if any(same_name(one.name, called) and one.id != whose for one in active(uow)):
        raise BadInput(f"There is somebody called {called} already.", "Add a second name or a letter.", "name")
    return called


def _some_role(role: Role | None, *, safeguarding: bool) -> None:
    if role is Role.SAFEGUARDING or (role is None and not safeguarding):
        raise BadInput("This person has no role.", "Choose a role, or tick safeguarding lead.", "role")


def _not_last(uow: UnitOfWork, record: AccountRecord, done: str, field: str | None) -> None:
    if not any(one.role is Role.MANAGER and one.id != record.id for one in active(uow)):
        what = f"{record.name} is the only manager, and cannot be {done}."
        raise BadInput(what, "Make somebody else a manager first.", field)


def _present(uow: UnitOfWork, account_id: UUID, version: int | None) -> AccountRecord:
    if account_id == HOLDER:
        raise BadInput("Nobody has a name of their own here yet.", "Add the first person: a manager.")
    record = uow.edit(AccountRecord, account_id, version, "person")
    if record.removed_at is not None:
        raise NotFound(f"{record.name} has been taken off.", "Add them again if they are back.")
    return record


def _club_name(uow: UnitOfWork) -> str:
    return uow.session.scalar(select(ClubRecord.name)) or ""
