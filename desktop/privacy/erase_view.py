"""What erasing a child, or an adult who left, would take and leave, and the button that does it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.jobs.left_behind import backup_words
from desktop.privacy.words import (
    IN_SHEETS,
    IN_SHEETS_ADULT,
    LEAD_ASKED,
    NO_UNDO,
    WHY_ADULT_ERASED,
    WHY_ERASED,
    WHY_LEAD,
)
from desktop.widgets.card import Card
from desktop.widgets.fields import ChoiceField, TickField
from desktop.widgets.flow import Flow
from desktop.widgets.icons import IconLabel
from desktop.widgets.inside import Inside
from desktop.widgets.metrics import px
from desktop.widgets.text import button, label
from models.privacy.erasure import Preview
from models.privacy.rules import WhyAdultErased, WhyErased


class EraseView(QScrollArea):
    """The lists, the safeguarding lead's tick, the reason, and Erase.

    Attributes:
        called: whose record it is. preview: what is shown, None before anything is.

    Signals:
        erase(WhyErased or WhyAdultErased, bool): the button; the bool is whether the lead was asked.
    """

    erase = Signal(object, bool)

    def __init__(self) -> None:
        super().__init__()
        self.called = ""
        self.preview: Preview | None = None
        inside = Inside()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(14))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._stops, self._goes, self._stays = Card("This cannot be done now"), Card("What goes"), Card("What stays")
        self._look, self._backups = Card("Look at these by hand"), Card("Backups and paper")
        self._do = Card("Erase for good")
        self._do.body.addWidget(label(NO_UNDO, "strong", wrap=True))
        self._sheets = label(IN_SHEETS, wrap=True)
        self._do.body.addWidget(self._sheets)
        self.why = ChoiceField("why", "Why it is erased", list(WHY_ERASED.items()))
        self.lead = TickField("lead", LEAD_ASKED, WHY_LEAD)
        self.go = button("Erase for good", self._press, kind="danger", icon_name="eraser")
        self._do.body.addWidget(self.why)
        self._do.body.addWidget(self.lead)
        self._do.body.addWidget(Flow([self.go]))
        for card in (self._stops, self._goes, self._stays, self._look, self._backups, self._do):
            self._column.addWidget(card)
        self._column.addStretch(1)
        self.setWidget(inside)

    def show_preview(self, preview: Preview, aside: Sequence[str] = ()) -> None:
        """Shows what would happen; Erase can be pressed only where nothing stops it.

        `aside`: older copies of the club file that stand beside it.
        """
        self.called, self.preview = preview.called, preview
        _fill(self._stops, preview.refusals, "alert", "bad")
        _fill(self._goes, preview.goes, "minus-circle-outline", "bad")
        _fill(self._stays, preview.stays, "check", "ok")
        doubts = [f"{one.where}: “{one.value}”" for one in preview.doubts]
        _fill(self._look, doubts, "eye-outline", "warn")
        paper = [f"{line}: have it shredded" for line in preview.paper]
        older = [f"{name} was kept when a backup was restored, and holds the record too: delete it" for name in aside]
        _fill(self._backups, [backup_words(preview.backups_gone_by), *older, *paper], "information-outline", "soft")
        self._do.setVisible(not preview.refusals)
        self._sheets.setText(IN_SHEETS_ADULT if preview.adult else IN_SHEETS)
        self.why.set_choices(list((WHY_ADULT_ERASED if preview.adult else WHY_ERASED).items()))
        self.why.set_value(WhyAdultErased.TIME_UP if preview.adult else WhyErased.ASKED)
        self.lead.set_value(False)
        self.verticalScrollBar().setValue(0)

    def _press(self) -> None:
        why = self.why.value()
        self.lead.set_error("" if self.lead.value() else "Ask them first, then tick this.")
        if self.lead.value() and why is not None:
            self.erase.emit(why, True)
        else:
            self.lead.setFocus()

    def set_busy(self, busy: bool) -> None:
        """While it is being done it cannot be asked for again."""
        self.go.setEnabled(not busy)


def _fill(card: Card, lines: Sequence[str], icon_name: str, colour: str) -> None:
    card.clear()
    card.setVisible(bool(lines))
    for words in lines:
        card.body.addWidget(_Line(words, icon_name, colour))


class _Line(QWidget):
    def __init__(self, words: str, icon_name: str, colour: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(10))
        row.addWidget(IconLabel(icon_name, colour, 16))
        row.addWidget(label(words, wrap=True), 1)
