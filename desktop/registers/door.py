"""The register facing the queue: the name, at most one mark, one big button. What the mark means opens while held."""

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from desktop.registers.rows import spoken
from desktop.registers.words import NOT_SAVED, TAPS, RowView
from desktop.widgets.metrics import px
from desktop.widgets.text import announce, button, label, set_look

NARROW = 760
"""Under this width (px at 100 %) the buttons stand under the name."""
SHOWN_MS = 10_000
"""Details close by themselves after this long, held or not."""


class HoldButton(QPushButton):
    """The "See" mark. Held by finger, mouse, Space or Enter it opens the details; let go, or after 10 s, they close.

    Signals:
        opened(bool): whether the details are to be seen.
    """

    opened = Signal(bool)

    def __init__(self, name: str) -> None:
        super().__init__()
        model = button("See", icon_name="alert-outline", name=f"See about {name}: hold to show", big=True)
        self.setText(model.text())
        self.setIcon(model.icon())
        self.setIconSize(model.iconSize())
        self.setAccessibleName(model.accessibleName())
        self.setToolTip("Hold to show")
        for look in ("kind", "big"):
            self.setProperty(look, model.property(look))
        model.deleteLater()
        self.setAutoDefault(False)
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(SHOWN_MS)
        self.timer.timeout.connect(self.close_details)
        self.pressed.connect(self._open)
        self.released.connect(self.close_details)

    def close_details(self) -> None:
        """Hides the details again."""
        self.timer.stop()
        self.opened.emit(False)

    def hideEvent(self, event: QHideEvent) -> None:
        self.close_details()
        super().hideEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        # The window was left with the key still down: no release will come.
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            self.close_details()
        super().changeEvent(event)

    def _open(self) -> None:
        self.timer.start()
        self.opened.emit(True)


class DoorRow(QWidget):
    """A row at the door, at least 56 px high.

    Attributes:
        view: what it shows. tap_button, see_button: its buttons. details: the words behind the mark, mostly hidden.

    Signals:
        tapped(): the big button.
    """

    tapped = Signal()

    def __init__(self, view: RowView) -> None:
        super().__init__()
        self.view = view
        self._name = label("", "title", wrap=True)
        self._status = label("", "soft", wrap=True)
        self.details = label("", "row", wrap=True)
        self.details.hide()
        self.see_button = HoldButton(view.name)
        self.see_button.opened.connect(self._show_details)
        policy = self.see_button.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # so that the words of all rows stand in one column
        self.see_button.setSizePolicy(policy)
        self.tap_button = button("", self.tapped.emit, kind="call", big=True)
        self.tap_button.setMinimumSize(px(132), px(52))
        names = QVBoxLayout()
        names.setSpacing(px(2))
        names.addWidget(self._name)
        names.addWidget(self.details)
        grid = QGridLayout(self)
        grid.setContentsMargins(px(16), px(6), px(16), px(6))
        grid.setHorizontalSpacing(px(14))
        self._grid = grid
        self._names = QWidget()
        self._names.setLayout(names)
        names.setContentsMargins(0, 0, 0, 0)
        self._narrow: bool | None = None
        grid.setColumnStretch(0, 1)
        self._arrange(False)
        self._status.setFixedWidth(px(120))
        self._status.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setMinimumHeight(px(66))
        self._dress()

    @property
    def spoken(self) -> str:
        """What a screen reader says for the row; nothing of what is behind the mark."""
        return spoken(self.view)

    def show_view(self, view: RowView) -> None:
        """Shows another state of the same person."""
        if view == self.view:
            return
        moved = view.status != self.view.status and not view.saving
        self.view = view
        self._dress()
        if moved:
            announce(self, self.spoken)

    def fit(self, room: int) -> None:
        """Arranges itself for a list this wide (in pixels)."""
        self._arrange(room < px(NARROW))

    def status(self) -> str:
        """The words at the right."""
        return self._status.text()

    def _arrange(self, narrow: bool) -> None:
        """Side by side; where that is too tight for a long name, the buttons under it."""
        if narrow is self._narrow:
            return
        self._narrow = narrow
        parts = (self._names, self._status, self.see_button, self.tap_button)
        for part in parts:
            self._grid.removeWidget(part)
        self._grid.addWidget(self._names, 0, 0, 1, 4 if narrow else 1)
        for column, part in enumerate(parts[1:], start=1):
            self._grid.addWidget(part, int(narrow), column, Qt.AlignmentFlag.AlignVCenter)

    def _dress(self) -> None:
        view = self.view
        self._name.setText(view.name)
        self._status.setText(view.status)
        set_look(self._status, "tone", view.tone)
        self.setAccessibleName(self.spoken)
        self.see_button.setVisible(bool(view.see))
        if view.tap is not None:
            self.tap_button.setText(TAPS[view.tap])
            self.tap_button.setAccessibleName(f"{TAPS[view.tap]} {view.name}")
        self.tap_button.setVisible(view.tap is not None)

    def _show_details(self, shown: bool) -> None:
        # The words are not in the window at all while they are closed.
        self.details.setText("\n".join(mark.text for mark in self.view.see) if shown else "")
        self.details.setVisible(shown)
        if shown:
            announce(self.details, self.details.text())


def door_view(view: RowView) -> RowView:
    """A row without what only staff should see: who collected, whether word came, notes."""
    words = {"Due, late": "Due", "Absent, told us": "Not coming", "Did not come, no word": "Not here"}
    missed = f"{NOT_SAVED}. " if view.status.startswith(f"{NOT_SAVED}. ") else ""
    said = view.status.removeprefix(missed)
    status = words.get(said, said.split(" with ")[0].removesuffix(", late"))
    return RowView(
        person_id=view.person_id, adult=view.adult, name=view.name, family_id=view.family_id, beneath="",
        status=f"{missed}{status}", tone="soft" if view.tone == "warn" else view.tone, state=view.state,
        tap=view.tap, menu=(), see=view.see, saving=view.saving, closed=view.closed, key=view.key,
    )  # fmt: skip
