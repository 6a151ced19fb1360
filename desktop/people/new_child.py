"""A new child: names, date of birth, and the family, a new one or one that is here. The rest is added in the view."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.people.forms import BIRTH_HELP, age_help, family_field
from desktop.people.reading import Home, ListRow
from desktop.widgets.date_field import DateField
from desktop.widgets.fields import LineField
from desktop.widgets.form import Form
from desktop.widgets.list_model import sort_words
from desktop.widgets.metrics import px
from desktop.widgets.text import label
from models.kernel.dates import short_with_year
from models.kernel.errors import BadInput
from models.people import around, queries, service

CHILD = ("legal_first", "legal_last", "known_as", "birth_date")
ADDRESS = ("address", "postcode")
CONTACT = {"contact_name": "name", "contact_relationship": "relationship", "contact_phone": "phone"}


class NewChildForm(Form):
    """Asks only for what a child cannot be kept without, and for somebody to ring."""

    def __init__(self, today: date, homes: Sequence[Home], known: Sequence[ListRow]) -> None:
        super().__init__("Add child")
        self._today = today
        self._known = known
        self._born = DateField("birth_date", "Date of birth", BIRTH_HELP)
        self.add(LineField("legal_first", "First name"), LineField("legal_last", "Surname"))
        self.add(LineField("known_as", "Known as", "What everybody calls the child, where it differs", optional=True))
        self.add(self._born)
        self._twin = label("", "warn", wrap=True)
        self._twin.hide()
        self.add_widget(self._twin)
        self.add_heading("Family")
        self._family = family_field(homes, "A family that is here already", optional=True)
        if homes:
            self.add(self._family)
        self._new_home = QWidget()
        self.add_widget(self._new_home)
        self._add_new_home()
        self.changed.connect(self._look)

    def _add_new_home(self) -> None:
        fields = [
            LineField("address", "Address", optional=True),
            LineField("postcode", "Postcode", optional=True),
            LineField("contact_name", "Who to ring first", "The parent or carer’s name", optional=True),
            LineField("contact_relationship", "Relationship", "Like “Mother”", optional=True),
            LineField("contact_phone", "Phone", optional=True),
        ]
        for field in fields:
            self.add(field)
        column = QVBoxLayout(self._new_home)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(16))
        for field in fields:
            column.addWidget(field)

    def _look(self) -> None:
        self._born.set_help(age_help(self._born, self._today))
        self._new_home.setVisible(_read(self._family) is None)
        twin = self._same_child()
        self._twin.setText(f"{twin} is here already, with the same name and date of birth." if twin else "")
        self._twin.setVisible(bool(twin))

    def _same_child(self) -> str:
        born = _read(self._born)
        first, last = (sort_words(_read(self.field(name)) or "") for name in ("legal_first", "legal_last"))
        for row in self._known:
            words = sort_words(row.child.full_name)
            if row.child.birth_date == born and first and words.startswith(first) and words.endswith(f" {last}"):
                return f"{row.child.full_name} ({short_with_year(row.child.birth_date)})"
        return ""


def _read(field: Any) -> Any:
    try:
        return field.value()
    except BadInput:
        return None


def adding(values: Mapping[str, Any]) -> Callable[[Any], UUID]:
    """The change that adds the child, and to a new family its address and the first to ring; answers the child's id."""
    child = {name: values[name] for name in CHILD}
    family_id = values.get("family_id")
    contact = {to: values[name] for name, to in CONTACT.items() if values[name]}

    def change(uow: Any) -> UUID:
        if family_id is not None:
            return service.add_child(uow, family_id, child)
        made = service.add_child(uow, None, child, {name: values[name] for name in ADDRESS})
        uow.flush()
        if contact:
            _add_contact(uow, queries.child(uow, made).family.id, contact)
        return made

    return change


def _add_contact(uow: Any, family_id: UUID, contact: Mapping[str, Any]) -> None:
    try:
        around.add_contact(uow, family_id, contact)
    except BadInput as wrong:  # said at this form's own field
        at = next((name for name, to in CONTACT.items() if to == wrong.field), wrong.field)
        raise BadInput(wrong.what, wrong.next_step, at) from wrong
