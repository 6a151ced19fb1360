"""Who signed, and by what right: the part every answer's form shares."""

from collections.abc import Collection, Mapping
from typing import Any

from PySide6.QtCore import QObject

from desktop.consents.words import AUTHORITY
from desktop.widgets.field import Field
from desktop.widgets.fields import ChoiceField, LineField
from desktop.widgets.form import Form
from models.consents.rules import Authority, may_sign
from models.people.queries import Contact

SOMEBODY_ELSE = "somebody else"


class Signing(QObject):
    """The fields "Who signed", "Their name", "Relationship", "Right to sign" of a form, filled from the contact chosen.

    A right that is not certain warns at once and stops nobody.
    """

    def __init__(self, form: Form, contacts: Collection[Contact], who_words: str = "Who signed") -> None:
        super().__init__(form)  # it goes with its form
        self._contacts: dict[object, Contact] = {}
        self.who = ChoiceField("who", who_words, [])
        self.name = LineField("signatory", "Their name", "As it stands on the form.")
        self.relationship = LineField("relationship", "Relationship to the child", optional=True)
        self.authority = ChoiceField("authority", "Right to sign", AUTHORITY)
        self.who.changed.connect(self._taken)
        self.authority.changed.connect(self._warn)
        form.add(self.who)
        form.add(self.name)
        form.add(self.relationship)
        form.add(self.authority)
        self.set_contacts(contacts)

    @property
    def fields(self) -> tuple[Field[Any], ...]:
        """All four."""
        return (self.who, self.name, self.relationship, self.authority)

    def set_contacts(self, contacts: Collection[Contact]) -> None:
        """Offers these contacts and takes the first with parental responsibility."""
        self._contacts = {one.id: one for one in contacts}
        named = [(one.id, _words(one)) for one in contacts]
        self.who.set_choices([*named, (SOMEBODY_ELSE, "Somebody else")])
        first = next((one for one in contacts if one.parental_responsibility), next(iter(contacts), None))
        self.who.set_value(first.id if first else SOMEBODY_ELSE)
        self._taken()

    def set_signatory(self, name: str, relationship: str, authority: Authority) -> None:
        """Shows who signed before."""
        same = next((one for one in self._contacts.values() if one.name == name), None)
        self.who.set_value(same.id if same else SOMEBODY_ELSE)
        self._taken()
        self.name.set_value(name)
        self.relationship.set_value(relationship)
        self.authority.set_value(authority)
        self._warn()

    def _taken(self) -> None:
        contact = self._contacts.get(self.who.value())
        self.name.setVisible(contact is None)
        self.name.set_value(contact.name if contact else None)
        self.relationship.set_value(contact.relationship if contact else None)
        holds = contact is not None and contact.parental_responsibility
        self.authority.set_value(Authority.PARENTAL_RESPONSIBILITY if holds else Authority.NOT_KNOWN)
        self._warn()

    def _warn(self) -> None:
        clause = may_sign(self.authority.value() or Authority.NOT_KNOWN)
        self.authority.set_help(f"{clause[:1].upper()}{clause[1:]}. It can still be kept." if clause else "")


def signed_values(values: Mapping[str, Any]) -> dict[str, Any]:
    """What the service wants of these fields."""
    return {
        "signatory": values["signatory"] or "",
        "relationship": values["relationship"] or "",
        "authority": values["authority"] or Authority.NOT_KNOWN,
    }


def _words(contact: Contact) -> str:
    return ", ".join(part for part in (contact.name, contact.relationship.lower()) if part)
