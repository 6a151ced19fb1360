"""Keying a form that came back: one child, every answer on it, who signed, in one go."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from PySide6.QtCore import Signal

from desktop.consents.actions import NO, YES
from desktop.consents.reading import FORM, Sheet
from desktop.consents.signing import Signing
from desktop.consents.words import METHOD
from desktop.widgets.date_field import DateField
from desktop.widgets.fields import ChoiceField, LongTextField
from desktop.widgets.form import Form
from desktop.widgets.name_picker import NamePicker
from models.consents.rules import KIND_WORDS, ConsentKind
from models.kernel.errors import BadInput

_NAMES = {ConsentKind.SAFEGUARDING: "Safeguarding form"}


class ReturnedForm(Form):
    """The form for a form. `sheet` is the child chosen, once it has been read.

    Signals:
        child_chosen(UUID): somebody was picked; the page reads the child and calls `set_sheet`.
    """

    child_chosen = Signal(object)

    def __init__(self, children: Collection[tuple[UUID, str]], today: date) -> None:
        super().__init__(save_words="Save the form")
        self.sheet: Sheet | None = None
        self.child = NamePicker("child", "Child", list(children))
        self.add(self.child)
        self.add_heading("What the form says")
        self._answers = {kind: _answer(kind) for kind in FORM}
        for left, right in zip(FORM[::2], FORM[1::2], strict=True):
            self.add(self._answers[left], self._answers[right])
        self.add_heading("Who signed it")
        self.signing = Signing(self, ())
        method, signed_on = ChoiceField("method", "How it came", METHOD), DateField("signed_on", "Date on the form")
        self.add(method, signed_on)
        self.add(LongTextField("conditions", "Conditions", optional=True, lines=2))
        self.add(LongTextField("note", "Note", optional=True, lines=2))
        method.set_value(METHOD[0][0])
        signed_on.set_value(today)
        self.mark_clean()
        self.child.changed.connect(self._picked)

    def choose(self, child_id: UUID) -> None:
        """Picks a child and goes on to the first answer."""
        self.child.set_value(child_id)
        self.mark_clean()
        self._picked()

    def set_sheet(self, sheet: Sheet) -> None:
        """Offers this child's contacts. What was typed stays when the same child is read again."""
        fresh = self.sheet is None or self.sheet.row.child_id != sheet.row.child_id
        self.sheet = sheet
        if fresh:
            dirty = self.is_dirty()
            self.signing.set_contacts(sheet.contacts)
            if not dirty:
                self.mark_clean()

    def _picked(self) -> None:
        try:
            child_id = self.child.value()
        except BadInput:
            return  # a name half typed
        if child_id is not None and (self.sheet is None or self.sheet.row.child_id != child_id):
            self.child_chosen.emit(child_id)


def _answer(kind: ConsentKind) -> ChoiceField:
    words = _NAMES.get(kind, KIND_WORDS[kind])
    yes = "Signed" if kind is ConsentKind.SAFEGUARDING else "Yes"
    field = ChoiceField(f"said {kind.value}", words, [(YES, yes), (NO, "No")], none_words="Not on this form")
    field.set_value(None)
    return field
