"""Someone else came: found by a few letters among everybody known, or written down in three boxes; in at once."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desktop.registers.reading import Known
from desktop.widgets.card import clear_layout
from desktop.widgets.fields import LineField
from desktop.widgets.form import Form
from desktop.widgets.list_model import sort_words
from desktop.widgets.metrics import px
from desktop.widgets.text import announce, button, label

MOST = 6
NOBODY = "Nobody else has that name. Enter: write the child down below."


class SomeoneElse(Form):
    """Type; Enter signs in the first name offered. Where nobody is offered, the name typed is a new child's.

    Signals:
        picked(Known): sign this person in. The form's own `saved` writes down a new child.
    """

    picked = Signal(object)

    def __init__(self) -> None:
        super().__init__(save_words="Write down and sign in")
        self._known: tuple[Known, ...] = ()
        self._ready = False
        self.who_came = LineField("find", "Who came?", "First letters of a name, then Enter to sign in")
        self._offers = QVBoxLayout()
        self._offers.setSpacing(px(6))
        offers = QWidget()
        offers.setLayout(self._offers)
        self._offers.setContentsMargins(0, 0, 0, 0)
        self.rows.addWidget(self.who_came)
        self.add_widget(offers)
        self.add_heading("A child nobody here knows yet")
        self.add(LineField("first", "First name"), LineField("last", "Last name", optional=True))
        self.add(LineField("phone", "Number to ring", optional=True), LineField("contact_name", "Whose", optional=True))
        self.setFocusProxy(self.who_came)
        self.who_came.changed.connect(self._typed)
        self.who_came.line.returnPressed.connect(self._entered)
        self.who_came.line.installEventFilter(self)
        for field in ("first", "last", "phone", "contact_name"):
            line = self.field(field)
            if isinstance(line, LineField):
                line.line.returnPressed.connect(self.save)

    def show_known(self, known: Sequence[Known]) -> None:
        """Everybody who could be picked, siblings of those on the register first."""
        self._known = tuple(known)
        self._ready = True
        self._typed()

    def start_with(self, typed: str) -> None:
        """As if these letters had been typed."""
        self.who_came.line.setText(typed)

    def offered(self) -> list[Known]:
        """The people offered for what is typed; before anything is typed, brothers and sisters."""
        wanted = sort_words(self.who_came.line.text().strip())
        if not wanted:
            return [one for one in self._known if one.sibling][:MOST]
        return [one for one in self._known if _fits(one.name, wanted)][:MOST]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        down = event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Down
        if watched is self.who_came.line and down and self._offers.count():
            first = self._offers.itemAt(0)
            widget = first.widget() if first else None
            if isinstance(widget, QPushButton):
                widget.setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return super().eventFilter(watched, event)

    def _typed(self) -> None:
        clear_layout(self._offers)
        found = self.offered()
        for one in found:
            self._offers.addWidget(button(one.name, self._picking(one), big=True, name=f"Sign in {one.name}"))
            self._offers.addWidget(label(one.beneath, "small", wrap=True))
        typed = " ".join(self.who_came.line.text().split())
        if typed and not found and self._ready:
            first, _, last = typed.partition(" ")
            self.field("first").set_value(first)
            self.field("last").set_value(last)
            self._offers.addWidget(label(NOBODY, "soft", wrap=True))
            announce(self, NOBODY)

    def _entered(self) -> None:
        found = self.offered()
        if self.who_came.line.text().strip() and found:
            self.picked.emit(found[0])
        elif not found and self._ready:
            self.field("phone").setFocus()

    def _picking(self, one: Known) -> Callable[[], object]:
        return lambda: self.picked.emit(one)


def _fits(name: str, wanted: str) -> bool:
    words = sort_words(name).replace("-", " ").split()
    return all(any(word.startswith(part) for word in words) for part in wanted.split())
