"""The emergency contact sheet: whom to ring, in order, allergies, and who may collect."""

from pathlib import Path

from models.documents.blocks import para, title
from models.documents.facts import ContactsChild, ContactsSheet
from models.documents.press import Press
from models.documents.sheet import Sheet
from models.documents.table import Column, table
from models.documents.wording import headline, in_call_order, people, printed

SEE_LEAD = "See the lead first"
_CHILD = Column("Child", 43, bold=True)
_RING = Column("Ring in this order", 60)
_ALLERGIES = Column("Allergies", 38)
_COLLECT = Column("May collect", 33)


def contacts_sheet(contacts: ContactsSheet, fonts: Path | None = None) -> bytes:
    """The PDF, children in the order given."""
    press = Press("Emergency contacts", contacts.club.name, contacts.made, fonts)
    label = f"Emergency contacts · {printed(contacts.made)} · shred after the day"
    sheet = press.sheet(contacts.club.name, headline(contacts.activity), label, contacts.club.logo)
    sheet.add(title(sheet.fonts, "Emergency contacts"))
    sheet.add(para(sheet.fonts, _PRIVATE))
    contacts_table(sheet, contacts.children, collectors=True)
    return press.output([sheet])


_PRIVATE = (
    "Private: keep this with you and shred it after the day. “See the lead first” means: this child goes home "
    "only after "
    "the lead has checked who is at the door."
)


def contacts_table(sheet: Sheet, children: tuple[ContactsChild, ...], *, collectors: bool) -> None:
    """A row a child; without `collectors` nothing about collecting is printed."""
    columns = (_CHILD, _RING, _ALLERGIES, _COLLECT) if collectors else (_CHILD, _RING, _ALLERGIES)
    rows = [_row(child, collectors)[: len(columns)] for child in children]
    sheet.table(table(sheet.fonts, columns, rows, row_height=9))


def _row(child: ContactsChild, collectors: bool) -> tuple[str, ...]:
    name = flagged(child) if collectors else child.name
    return name, in_call_order(child.contacts), "\n".join(child.allergies), may_collect(child)


def may_collect(child: ContactsChild) -> str:
    """The collectors, a line each."""
    return people(child.collectors)


def flagged(child: ContactsChild) -> str:
    """The name, with a warning if somebody must not collect this child (never who or why)."""
    return f"{child.name}\n{SEE_LEAD}" if child.see_lead else child.name
