"""One child on the Privacy screen: who asked to see the record, the legal hold, how long it is kept, erasing it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop.privacy.reading import ChildPicture
from desktop.privacy.words import due_words
from desktop.widgets.card import Card
from desktop.widgets.fields import TickField
from desktop.widgets.flow import Flow
from desktop.widgets.inside import Inside
from desktop.widgets.metrics import px
from desktop.widgets.text import button, label
from models.kernel.clock import Clock, london_wall
from models.kernel.dates import short_with_year
from models.privacy.requests import Request


class ChildView(QScrollArea):
    """Four cards, one under the other.

    Signals:
        wanted(what, of): "ask", "open" with a Request, "hold", "lift" with a Hold, "flag" with a bool, "erase".
    """

    wanted = Signal(str, object)

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock
        inside = Inside()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(14))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._asked = Card("Asking to see the record")
        self._asked.add_action(button("Somebody asks", lambda: self.wanted.emit("ask", None), icon_name="plus"))
        self._held = Card("Legal hold")
        self._kept = Card("How long it is kept")
        self.tick = TickField(
            "safeguarding", "This record has a safeguarding history",
            "It is then kept to the child’s 25th birthday. Nothing of why is written here.",
        )  # fmt: skip
        self.tick.changed.connect(lambda: self.wanted.emit("flag", bool(self.tick.value())))
        self._kept.body.addWidget(self.tick)
        self._erase = Card("Erase this record")
        self._erase.body.addWidget(
            label("See first what would go, what stays and which backups still hold it.", wrap=True)
        )
        look = button("Look at what would go", lambda: self.wanted.emit("erase", None), icon_name="eraser")
        self._erase.body.addWidget(Flow([look]))
        for card in (self._asked, self._held, self._kept, self._erase):
            column.addWidget(card)
        column.addStretch(1)
        self.setWidget(inside)

    def show_child(self, picture: ChildPicture) -> None:
        """Shows one child's."""
        self._asked.clear()
        for one in picture.requests:
            self._asked.body.addWidget(self._request(one))
        if not picture.requests:
            self._asked.body.addWidget(label("Nobody has asked.", "soft"))
        for card in (self._held, self._kept, self._erase):
            card.setVisible(picture.manager)
        self.tick.set_value(picture.safeguarding)
        self._show_hold(picture)

    def _request(self, one: Request) -> QWidget:
        if one.released_at is not None:
            words = f"{one.asked_by} · Released {short_with_year(london_wall(one.released_at).date())}"
        else:
            due = due_words(one.due_on, self._clock.today())[1]
            words = f"{one.asked_by} · {due}"
        return Flow([button(words, lambda: self.wanted.emit("open", one), icon_name="file-eye-outline")])

    def _show_hold(self, picture: ChildPicture) -> None:
        self._held.clear()
        one = picture.hold
        if one is None:
            self._held.body.addWidget(
                label("While there is one, nothing of this child can be erased by anybody.", "soft", wrap=True)
            )
            place = button("Place a legal hold", lambda: self.wanted.emit("hold", None), icon_name="gavel")
            self._held.body.addWidget(Flow([place]))
            return
        since = short_with_year(london_wall(one.placed_at).date())
        self._held.body.addWidget(label(f"{one.placed_by}, {since}: {one.reason}", wrap=True))
        lift = button("Lift the hold", lambda: self.wanted.emit("lift", one), icon_name="gavel")
        self._held.body.addWidget(Flow([lift]))
