"""One function for each thing a person can do to consents; each is one change. What a parent said is never refused."""

from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from desktop.consents.forms import Answer
from desktop.consents.reading import FORM, Sheet
from desktop.consents.signing import signed_values
from models.consents import service
from models.consents.rules import KIND_WORDS, ConsentKind
from models.kernel.errors import BadInput

if TYPE_CHECKING:
    from models.bootstrap import UnitOfWork

Change = Callable[["UnitOfWork"], None]
YES, NO = "yes", "no"


def asked(child_ids: Collection[UUID], kinds: Collection[ConsentKind]) -> Change:
    """The form went out today."""
    return lambda uow: service.ask(uow, child_ids, kinds)


def cleared(child_id: UUID, kind: ConsentKind, version: int) -> Change:
    """What was recorded by mistake is taken away."""
    return lambda uow: service.clear(uow, child_id, kind, version)


def say(answer: Answer, child_id: UUID, kind: ConsentKind, version: int, values: Mapping[str, Any]) -> Change:
    """What one form says of one consent."""
    if answer is Answer.CORRECT:
        return lambda uow: service.edit(uow, child_id, kind, version, values)
    if answer is Answer.SIGNED:
        return lambda uow: service.record_signed(uow, child_id, kind, signed_on=values["signed_on"], version=version)
    if answer is Answer.WITHDRAWN:
        day, reason = values["ended_on"], values["reason"] or ""
        return lambda uow: service.withdraw(uow, child_id, kind, day, reason, version)
    if answer is Answer.STANDS:
        day, note = values["reconfirmed_on"], values["reconfirmed_note"] or ""
        return lambda uow: service.reconfirm_by_phone(uow, child_id, kind, day, note, version)
    signed, text = signed_values(values), values["note"] or ""
    if answer is Answer.PHONE:
        return lambda uow: service.grant_by_phone(
            uow, child_id, kind, on=values["on"], note=text, version=version, **signed
        )
    if answer is Answer.NO:
        who = {name: signed[name] for name in ("signatory", "relationship")}
        return lambda uow: service.refuse(
            uow, child_id, kind, on=values["on"], method=values["method"], note=text, version=version, **who
        )
    return lambda uow: _grant(uow, child_id, kind, version, values)


def said_words(answer: Answer, name: str, kind: ConsentKind) -> str:
    """The change in plain words, for the history and the toast."""
    what = KIND_WORDS[kind].lower()
    return {
        Answer.SIGNED: f"Noted that {name}’s form came back signed: {what}",
        Answer.YES: f"Kept the yes for {name}: {what}",
        Answer.PHONE: f"Kept the yes by phone for {name}: {what}",
        Answer.NO: f"Kept the no for {name}: {what}",
        Answer.WITHDRAWN: f"Noted as withdrawn for {name}: {what}",
        Answer.STANDS: f"Noted that it still stands for {name}: {what}",
        Answer.CORRECT: f"Put right for {name}: {what}",
    }[answer]


def form_returned(sheet: Sheet, values: Mapping[str, Any]) -> Change:
    """A whole form for one child: each kind answered yes or no, in one change. Raises BadInput for an empty one."""
    answered = [(kind, values[f"said {kind.value}"]) for kind in FORM if values.get(f"said {kind.value}")]

    def change(uow: "UnitOfWork") -> None:
        if not answered:
            what = "No answer is chosen yet."
            raise BadInput(what, "Choose Yes or No for what the form answers.", f"said {FORM[0].value}")
        for kind, said in answered:
            _one_of_form(uow, sheet, kind, said == YES, values)

    return change


def _one_of_form(uow: "UnitOfWork", sheet: Sheet, kind: ConsentKind, yes: bool, values: Mapping[str, Any]) -> None:
    child_id, version = sheet.row.child_id, sheet.version(kind)
    if yes:
        _grant(uow, child_id, kind, version, values)
        return
    signed = signed_values(values)
    service.refuse(
        uow, child_id, kind, on=values["signed_on"], signatory=signed["signatory"],
        relationship=signed["relationship"], method=values["method"], note=values["note"] or "", version=version,
    )  # fmt: skip


def _grant(uow: "UnitOfWork", child_id: UUID, kind: ConsentKind, version: int, values: Mapping[str, Any]) -> None:
    service.grant(
        uow, child_id, kind, method=values["method"], signed_on=values["signed_on"], until=values.get("until"),
        conditions=values["conditions"] or "", note=values["note"] or "", version=version, **signed_values(values),
    )  # fmt: skip
