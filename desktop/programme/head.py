"""The head of an activity's view: what and where, how it stands, and what can be done with it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from desktop.programme.reading import Picture
from desktop.programme.words import CANCEL, LIGHT, PLANNED, STATUS, STATUS_ICON, STATUS_STATE, facts
from desktop.widgets.card import Card
from desktop.widgets.flow import Flow
from desktop.widgets.state import StateChip
from desktop.widgets.text import button, label
from models.access.rules import Permission
from models.programme.queries import ActivityRow
from models.programme.rules import ActivityKind, ActivityStatus

PLAN = Permission.PLAN


class Head(Card):
    """Status, light and actions of one activity.

    Signals:
        wanted(str): what somebody asks for: confirm, draft, ringround, register, edit, move, cancel, or print and what.
    """

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._chips = Flow()
        self._facts = label("", "strong", wrap=True)
        self._more = label("", "soft", wrap=True)
        self._actions = Flow()
        for each in (self._chips, self._facts, self._more, self._actions):
            self.body.addWidget(each)

    def show_picture(self, picture: Picture) -> None:
        """Shows the activity as it is now; a button that had the keyboard keeps it."""
        row = picture.activity
        self._facts.setText(facts(row))
        more = _more(row, picture)
        self._more.setText(more)
        self._more.setVisible(bool(more))
        chips = [StateChip(STATUS_STATE[row.status], STATUS[row.status], STATUS_ICON[row.status])]
        if row.status in PLANNED:
            chips.append(StateChip(LIGHT[picture.answer.light], picture.answer.words))
        self._chips.set_widgets(chips)
        held = next((each.accessibleName() for each in self._buttons() if each.hasFocus()), "")
        made = self._made(picture)
        self._actions.set_widgets(made)
        for each in made:
            if held and each.accessibleName() == held:
                each.setFocus()

    def _buttons(self) -> list[QPushButton]:
        return self._actions.findChildren(QPushButton)

    def _made(self, picture: Picture) -> list[QWidget]:
        row = picture.activity
        made: list[QWidget] = []
        if row.status is ActivityStatus.DRAFT:
            kind = "primary" if picture.answer.ready else "call"
            made.append(self._button("Confirm plan", "confirm", "check", Permission.CONFIRM, kind))
        if row.status is not ActivityStatus.DELIVERED:
            made.append(self._button("Ring-round", "ringround", "phone-outline", PLAN))
        if row.status is not ActivityStatus.CANCELLED:
            made.append(self._button("Register", "register", "clipboard-check-outline", Permission.REGISTER))
        made.append(self._print_button(row))
        if row.status in PLANNED:
            made += [
                self._button("Edit", "edit", "pencil-outline", PLAN),
                self._button("Move", "move", "calendar-arrow-right", PLAN),
            ]
        if row.status in (ActivityStatus.CONFIRMED, ActivityStatus.CANCELLED):
            made.append(self._button("Back to draft", "draft", "undo-variant", PLAN))
        if row.status in PLANNED:
            made.append(self._button(CANCEL[row.kind], "cancel", "cancel", PLAN, "danger"))
        return made

    def _button(self, words: str, what: str, icon_name: str, needs: str, kind: str = "") -> QPushButton:
        return button(words, lambda: self.wanted.emit(what), kind=kind, icon_name=icon_name, needs=needs)

    def _print_button(self, row: ActivityRow) -> QPushButton:
        made = button("Print…", icon_name="printer-outline", name="Print", needs=Permission.PRINT)
        menu = QMenu(made)
        for what, words in _papers(row):
            menu.addAction(words).triggered.connect(lambda _checked=False, what=what: self.wanted.emit(f"print {what}"))
        made.setMenu(menu)
        return made


def _papers(row: ActivityRow) -> list[tuple[str, str]]:
    papers = [("consent-pack", "Consent pack"), ("register", "Register"), ("contacts", "Contacts")]
    if row.kind is ActivityKind.TRIP:
        papers.insert(1, ("trip-pack", "Trip pack"))
    if row.by_minibus:
        papers.append(("manifest", "Bus list"))
    return papers


def _more(row: ActivityRow, picture: Picture) -> str:
    said = list(picture.hints) if row.status in PLANNED else []
    if row.status is ActivityStatus.CANCELLED and row.cancelled_why:
        said.insert(0, f"Cancelled: {row.cancelled_why}.".replace("..", "."))
    if row.meeting_place:
        said.append(f"Meet at {row.meeting_place}.".replace("..", "."))
    return " ".join(said)
