"""Verbs on consents: keeping what a parent said.

What a parent said is a fact, never refused for the sake of a plan: it is kept, and the light of the activity
turns. Only what cannot be is refused: signed in the future, or by nobody.

A consent is named by child and kind. `version` is the one its form was opened with, 0 where nothing was recorded
yet, and None to take it as it is.
"""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from models.access.permissions import Permission, needs
from models.consents import words
from models.consents.records import ConsentRecord
from models.consents.rules import Authority, ConsentKind, ConsentState, Method
from models.kernel.errors import BadInput, Stale
from models.people.records import ChildRecord
from models.storage.uow import UnitOfWork
from models.storage.values import checked, put_into

GIVEN = frozenset({ConsentState.SIGNED, ConsentState.GRANTED, ConsentState.PHONE})
NOTHING_SAID: Mapping[str, Any] = {
    "state": ConsentState.NOT_ASKED, "authority": Authority.NOT_KNOWN, "method": Method.PAPER,
}  # fmt: skip


@needs(Permission.CONSENTS)
def ask(uow: UnitOfWork, child_ids: Collection[UUID], kinds: Collection[ConsentKind], on: date | None = None) -> None:
    """The form for these children and kinds went out (today unless said).

    An answer already there stays until a new one comes: a family asked again has not taken anything back.
    """
    day = _not_to_come(uow, on or uow.clock.today(), "asked_on")
    wanted = select(ConsentRecord).where(ConsentRecord.child_id.in_(list(child_ids)))
    there = {(record.child_id, record.kind): record for record in uow.session.scalars(wanted)}
    for child_id in dict.fromkeys(child_ids):
        for kind in dict.fromkeys(kinds):
            record = there.get((child_id, kind)) or _new(uow, child_id, kind)
            state = ConsentState.ASKED if record.state is ConsentState.NOT_ASKED else record.state
            put_into(record, {"state": state, "asked_on": day})


@needs(Permission.CONSENTS)
def record_signed(
    uow: UnitOfWork, child_id: UUID, kind: ConsentKind, *, signed_on: date | None = None, version: int | None = None
) -> None:
    """The form came back signed and is still to be keyed; `signed_on` is today unless said."""
    _say(uow, child_id, kind, version, state=ConsentState.SIGNED, signed_on=signed_on or uow.clock.today())


@needs(Permission.CONSENTS)
def grant(
    uow: UnitOfWork,
    child_id: UUID,
    kind: ConsentKind,
    *,
    signatory: str,
    relationship: str,
    authority: Authority,
    method: Method,
    signed_on: date,
    until: date | None = None,
    conditions: str = "",
    note: str = "",
    version: int | None = None,
) -> None:
    """A yes, signed on that day by somebody with that right; `until` is its last day, if it has one."""
    _say(
        uow, child_id, kind, version, state=ConsentState.GRANTED, signatory=signatory, relationship=relationship,
        authority=authority, method=method, signed_on=signed_on, ended_on=until, conditions=conditions, note=note,
    )  # fmt: skip


@needs(Permission.CONSENTS)
def grant_by_phone(
    uow: UnitOfWork,
    child_id: UUID,
    kind: ConsentKind,
    *,
    signatory: str,
    relationship: str,
    authority: Authority,
    on: date | None = None,
    note: str = "",
    version: int | None = None,
) -> None:
    """A yes by phone, paper to follow; `on` is the day of the call, today unless said."""
    _say(
        uow, child_id, kind, version, state=ConsentState.PHONE, signatory=signatory, relationship=relationship,
        authority=authority, method=Method.PHONE, signed_on=on or uow.clock.today(), note=note,
    )  # fmt: skip


@needs(Permission.CONSENTS)
def refuse(
    uow: UnitOfWork,
    child_id: UUID,
    kind: ConsentKind,
    *,
    on: date | None = None,
    signatory: str = "",
    relationship: str = "",
    method: Method = Method.PAPER,
    note: str = "",
    version: int | None = None,
) -> None:
    """A no, said on that day (today unless said)."""
    day = _not_to_come(uow, on or uow.clock.today(), "ended_on")
    _say(
        uow, child_id, kind, version, state=ConsentState.REFUSED, ended_on=day, signatory=signatory,
        relationship=relationship, method=method, note=note,
    )  # fmt: skip


@needs(Permission.CONSENTS)
def withdraw(
    uow: UnitOfWork,
    child_id: UUID,
    kind: ConsentKind,
    ended_on: date | None = None,
    reason: str = "",
    version: int | None = None,
) -> None:
    """A yes taken back from that day on (today unless said; it may be a day to come). It does not reach back.

    Raises BadInput where there is no yes, or the day is before it was given.
    """
    record = _given(uow, child_id, kind, version)
    day = ended_on or uow.clock.today()
    if record.signed_on and day < record.signed_on:
        raise BadInput("This was only signed later.", "Check the day it was taken back.", "ended_on")
    text = {"note": reason} if reason.strip() else {}
    put_into(record, checked(ConsentRecord, {"state": ConsentState.WITHDRAWN, "ended_on": day, **text}, words.CONSENT))


@needs(Permission.CONSENTS)
def reconfirm_by_phone(
    uow: UnitOfWork, child_id: UUID, kind: ConsentKind, on: date | None, note: str, version: int | None = None
) -> None:
    """A call that says an old yes still stands; `on` is its day (None: today), `note` who said what.

    Raises BadInput where there is no yes, without a note, or for a day to come or before the signature.
    """
    record = _given(uow, child_id, kind, version)
    day = _not_to_come(uow, on or uow.clock.today(), "reconfirmed_on")
    if record.signed_on and day < record.signed_on:
        raise BadInput("This was only signed later.", "Check the day of the call.", "reconfirmed_on")
    if not note.strip():
        raise BadInput("The note of the call is missing.", "Write who said it and to whom.", "reconfirmed_note")
    put_into(record, checked(ConsentRecord, {"reconfirmed_on": day, "reconfirmed_note": note}, words.CONSENT))


@needs(Permission.CONSENTS)
def edit(uow: UnitOfWork, child_id: UUID, kind: ConsentKind, version: int | None, values: Mapping[str, Any]) -> None:
    """Puts right what was keyed wrongly: some of words.CONSENT. Raises BadInput or Stale."""
    record = _open(uow, child_id, kind, version)
    clean = checked(ConsentRecord, values, words.CONSENT)
    _check(uow, {name: getattr(record, name) for name in words.CONSENT} | clean)
    put_into(record, clean)


@needs(Permission.CONSENTS)
def clear(uow: UnitOfWork, child_id: UUID, kind: ConsentKind, version: int | None = None) -> None:
    """Takes away what was recorded by mistake: back to not asked. History keeps it."""
    record = _find(uow, child_id, kind, version)
    if record is not None:
        uow.remove(record)


def _say(uow: UnitOfWork, child_id: UUID, kind: ConsentKind, version: int | None, **said: Any) -> None:
    # A new answer stands by itself: nothing of the one before is left, but the day it was asked for.
    record = _open(uow, child_id, kind, version)
    afresh = {name: None if name.endswith("_on") else "" for name in words.CONSENT}
    clean = checked(ConsentRecord, {**afresh, **NOTHING_SAID, "asked_on": record.asked_on, **said}, words.CONSENT)
    _check(uow, clean)
    put_into(record, clean)


def _check(uow: UnitOfWork, values: Mapping[str, Any]) -> None:
    state = values["state"]
    if state is ConsentState.EXPIRED:
        raise BadInput("Whether a consent is too old is worked out.", "Choose what the parent said.", "state")
    for name in ("asked_on", "signed_on", "reconfirmed_on"):
        if values[name] is not None:
            _not_to_come(uow, values[name], name)
    if state in GIVEN and values["signed_on"] is None:
        raise BadInput("The day it was signed is missing.", "Type the date on the form.", "signed_on")
    if state in (ConsentState.GRANTED, ConsentState.PHONE) and not values["signatory"]:
        raise BadInput("The name of who signed is missing.", "Type it as it stands on the form.", "signatory")
    if values["signed_on"] and values["ended_on"] and values["ended_on"] < values["signed_on"]:
        raise BadInput("It would end before it was signed.", "Check the two days.", "ended_on")


def _not_to_come(uow: UnitOfWork, day: date, field: str) -> date:
    if day > uow.clock.today():
        raise BadInput("That day has not come yet.", "Check the date, the year too.", field)
    return day


def _given(uow: UnitOfWork, child_id: UUID, kind: ConsentKind, version: int | None) -> ConsentRecord:
    record = _find(uow, child_id, kind, version)
    if record is None or record.state not in GIVEN:
        raise BadInput("There is no yes on record here.", "Record what the parent says now.", "state")
    return record


def _open(uow: UnitOfWork, child_id: UUID, kind: ConsentKind, version: int | None) -> ConsentRecord:
    return _find(uow, child_id, kind, version) or _new(uow, child_id, kind)


def _find(uow: UnitOfWork, child_id: UUID, kind: ConsentKind, version: int | None) -> ConsentRecord | None:
    query = select(ConsentRecord).where(ConsentRecord.child_id == child_id, ConsentRecord.kind == kind)
    record = uow.session.scalars(query).first()
    now = record.version if record else 0
    if version is not None and version != now:
        raise Stale(
            "This consent was changed while you had it open.", "Look at the new values, then make your change again."
        )
    return record


def _new(uow: UnitOfWork, child_id: UUID, kind: ConsentKind) -> ConsentRecord:
    uow.get(ChildRecord, child_id, "child")
    return uow.add(ConsentRecord(child_id=child_id, kind=kind, **NOTHING_SAID))
