"""The small forms of one consent: each says one thing a parent said."""

from datetime import date
from enum import StrEnum
from typing import Any

from desktop.consents.reading import Sheet
from desktop.consents.signing import Signing
from desktop.consents.words import AUTHORITY, METHOD, METHOD_WORDS
from desktop.widgets.date_field import DateField
from desktop.widgets.fields import ChoiceField, LineField, LongTextField
from desktop.widgets.form import Form
from models.consents.rules import STATE_WORDS, ConsentKind, ConsentState


class Answer(StrEnum):
    """What can be said of one consent."""

    SIGNED = "signed"
    YES = "yes"
    PHONE = "phone"
    NO = "no"
    WITHDRAWN = "withdrawn"
    STANDS = "stands"
    CORRECT = "correct"


ANSWER_WORDS = {
    Answer.SIGNED: "Signed, to key",
    Answer.YES: "Yes…",
    Answer.PHONE: "Yes by phone…",
    Answer.NO: "No…",
    Answer.WITHDRAWN: "Withdrawn…",
    Answer.STANDS: "Still stands: by phone…",
    Answer.CORRECT: "Put right a mistake…",
}


def answer_form(answer: Answer, sheet: Sheet, kind: ConsentKind, today: date) -> Form:
    """The form for this answer, filled with what is likely; its values go to `actions.say`."""
    form = Form(save_words="Save")
    made = {
        Answer.SIGNED: _signed, Answer.YES: _yes, Answer.PHONE: _phone, Answer.NO: _no,
        Answer.WITHDRAWN: _withdrawn, Answer.STANDS: _stands, Answer.CORRECT: _correct,
    }  # fmt: skip
    made[answer](form, sheet, kind, today)
    form.mark_clean()
    return form


def _signed(form: Form, sheet: Sheet, kind: ConsentKind, today: date) -> None:
    day = DateField("signed_on", "Day it was signed", "The date beside the signature. The answers are keyed later.")
    form.add(day)
    day.set_value(today)


def _yes(form: Form, sheet: Sheet, kind: ConsentKind, today: date) -> None:
    Signing(form, sheet.contacts)
    said = sheet.row.cells[kind].said
    method = ChoiceField("method", "How it came", METHOD)
    signed_on = DateField("signed_on", "Day it was signed")
    form.add(method, signed_on)
    form.add(DateField("until", "Last day", "Only if the parent gave one.", optional=True))
    form.add(LongTextField("conditions", "Conditions", "What the parent added: “only if I am told first”.",
                           optional=True, lines=2))  # fmt: skip
    form.add(LongTextField("note", "Note", optional=True, lines=2))
    method.set_value(METHOD[0][0])
    signed_on.set_value(said.signed_on if said and said.state is ConsentState.SIGNED else today)


def _phone(form: Form, sheet: Sheet, kind: ConsentKind, today: date) -> None:
    Signing(form, sheet.contacts, "Who said yes")
    form.field("signatory").set_help("First and last name.")
    day = DateField("on", "Day of the call", "The paper is still to follow.")
    form.add(day)
    form.add(LongTextField("note", "Note", "What was said, and to whom.", optional=True, lines=2))
    day.set_value(today)


def _no(form: Form, sheet: Sheet, kind: ConsentKind, today: date) -> None:
    Signing(form, sheet.contacts, "Who said no")
    method = ChoiceField("method", "How it came", METHOD)
    day = DateField("on", "Day it was said")
    form.add(method, day)
    form.add(LongTextField("note", "Note", optional=True, lines=2))
    method.set_value(METHOD[0][0])
    day.set_value(today)


def _withdrawn(form: Form, sheet: Sheet, kind: ConsentKind, today: date) -> None:
    day = DateField("ended_on", "From", "From this day on it no longer counts. It may be a day to come.")
    form.add(day)
    form.add(LongTextField("reason", "Reason", "What the parent said.", optional=True, lines=3))
    day.set_value(today)


def _stands(form: Form, sheet: Sheet, kind: ConsentKind, today: date) -> None:
    day = DateField("reconfirmed_on", "Day of the call")
    note = LineField("reconfirmed_note", "Note of the call", "Who said that it still stands, and to whom.")
    form.add(day)
    form.add(note)
    day.set_value(today)


def _correct(form: Form, sheet: Sheet, kind: ConsentKind, today: date) -> None:
    said = sheet.row.cells[kind].said
    states = [(state, words) for state, words in STATE_WORDS.items() if state is not ConsentState.EXPIRED]
    form.add(ChoiceField("state", "Answer", states))
    form.add(DateField("asked_on", "Day it was asked for", optional=True),
             DateField("signed_on", "Day it was signed", optional=True))  # fmt: skip
    form.add(DateField("ended_on", "Last day, or day of the no", optional=True),
             DateField("reconfirmed_on", "Day of the call", optional=True))  # fmt: skip
    form.add(LineField("reconfirmed_note", "Note of the call", optional=True))
    form.add(LineField("signatory", "Name of who signed", optional=True),
             LineField("relationship", "Relationship", optional=True))  # fmt: skip
    form.add(ChoiceField("authority", "Right to sign", AUTHORITY),
             ChoiceField("method", "How it came", list(METHOD_WORDS.items())))  # fmt: skip
    form.add(LongTextField("conditions", "Conditions", optional=True, lines=2))
    form.add(LongTextField("note", "Note", optional=True, lines=2))
    if said is not None:
        names = ("state", "asked_on", "signed_on", "ended_on", "reconfirmed_on", "reconfirmed_note", "signatory",
                 "relationship", "authority", "method", "conditions", "note")  # fmt: skip
        values: dict[str, Any] = {name: getattr(said, name) for name in names}
        form.set_values(values)
