"""One child: what to see and what is missing on top, then a card for each part of what is known."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.people.cards import (
    ActivitiesCard,
    CollectingCard,
    FactsCard,
    FamilyCard,
    HealthCard,
    HistoryCard,
    about_facts,
    caring_facts,
)
from desktop.people.reading import ChildPicture
from desktop.people.words import first_up
from desktop.widgets.allowed import may
from desktop.widgets.card import Card
from desktop.widgets.card_columns import CardColumns
from desktop.widgets.flow import Flow
from desktop.widgets.readiness_lines import ReadinessLines, ReadinessRow
from desktop.widgets.state import State, StateChip
from desktop.widgets.text import button, label
from models.access.rules import Permission

_FIXES = (
    ("no GP", "Doctor", "Add the GP", "about"),
    ("no second", "Contacts", "Add a contact", "contact"),
    ("nobody", "Contacts", "Add a contact", "contact"),
    ("details", "Details", "Checked today", "checked"),
    ("the medicine", "Medicine", "Edit", "health"),
)
"""How a clause of what is missing begins, its two words, its button, and what the button asks for."""


class ChildView(CardColumns):
    """The view of one child.

    Signals:
        wanted(what, of): a button: "about", "contact" with a Contact, "child" with an id, "activity" with an id …
    """

    wanted = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self._chips = Flow()
        self._siblings = Flow()
        self._missing = Card("Missing for the day")
        self._lines = ReadinessLines()
        self._lines.fix.connect(self._want)
        self._missing.body.addWidget(self._lines)
        self._health = HealthCard(self._want)
        self._about = FactsCard("About", "about", self._want, about_facts)
        self._family = FamilyCard(self._want)
        self._collecting = CollectingCard(self._want)
        self._activities = ActivitiesCard(self._want)
        self._history = HistoryCard()
        self._caring = FactsCard("Caring and referral", "caring", self._want, caring_facts)
        self.lay_out(
            [self._chips, self._siblings, self._missing],
            [self._health, self._about, self._activities],
            [self._family, self._collecting, self._history],
            [self._caring],
        )

    def show_child(self, picture: ChildPicture) -> None:
        """Shows one child; the keyboard stays where it is."""
        self._chips.set_widgets(_chips(picture))
        self._chips.setVisible(bool(picture.marks))
        self._show_siblings(picture)
        self._missing.setVisible(bool(picture.missing))
        self._lines.set_rows([self._missing_row(clause) for clause in picture.missing])
        for card in (self._health, self._about, self._family, self._collecting, self._activities, self._caring):
            card.show_child(picture)
        self._history.show_child(picture)
        self._caring.setVisible(picture.whole)
        self._history.setVisible(picture.whole)

    def _want(self, what: str, of: Any = None) -> None:
        self.wanted.emit(what, of)

    def _show_siblings(self, picture: ChildPicture) -> None:
        siblings = picture.detail.siblings
        links = [
            button(name, lambda child_id=child_id: self._want("child", child_id), kind="quiet")  # type: ignore[misc] # bound per turn
            for child_id, name in siblings
        ]
        self._siblings.set_widgets([label("Brothers and sisters here:", "soft"), *links])
        self._siblings.setVisible(bool(siblings))

    def _missing_row(self, clause: str) -> ReadinessRow:
        row = _missing_row(clause)
        return row if may(self, Permission.EDIT_FAMILIES) else replace(row, button="", key=None)


def _chips(picture: ChildPicture) -> list[QWidget]:
    return [StateChip(mark.state, mark.words, mark.icon) for mark in picture.marks]


def _missing_row(clause: str) -> ReadinessRow:
    for begins, rule, words, key in _FIXES:
        if clause.startswith(begins):
            return ReadinessRow(State.WARN, rule, f"{first_up(clause)}.", words, key)
    return ReadinessRow(State.WARN, "Record", f"{first_up(clause)}.")
