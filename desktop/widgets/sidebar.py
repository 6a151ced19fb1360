"""Navigation: a picture and a word for each place, and at the foot who is here and what is safe."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.widgets.icons import icon
from desktop.widgets.metrics import px
from desktop.widgets.text import button, label, set_look

WIDE, NARROW = 216, 128
"""How wide it is, at text size 100 %."""


class Sidebar(QFrame):
    """The left edge of the window.

    Signals:
        chosen(key): a place was pressed.
    """

    chosen = Signal(str)

    def __init__(self, club: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("side", "true")
        self.setAccessibleName("Places")
        self.setFixedWidth(px(WIDE))
        self._current = ""
        self._short = False
        self._icons: dict[str, str] = {}
        self._buttons: dict[str, QPushButton] = {}
        self._club = label(club, "small", wrap=True)
        self._saved = label("", "small", wrap=True)
        self._who = label("", "small", wrap=True)
        column = QVBoxLayout(self)
        column.setSpacing(px(3))
        self._column = column
        brand = self._brand = QVBoxLayout()
        brand.setSpacing(px(2))
        brand.addWidget(label("Breather", "brand"))
        brand.addWidget(self._club)
        self._places = QVBoxLayout()
        self._places.setSpacing(px(3))
        self._foot = QVBoxLayout()
        self._foot.setSpacing(px(3))
        column.addLayout(brand)
        column.addLayout(self._places)
        column.addStretch(1)
        column.addLayout(self._foot)
        column.addSpacing(px(6))
        self._here = QVBoxLayout()
        self._here.setSpacing(px(3))
        self._here.addWidget(self._saved)
        self._here.addWidget(self._who)
        column.addLayout(self._here)
        self.set_narrow(False)

    def add_place(self, key: str, icon_name: str, words: str, keys: str = "") -> None:
        """A place in the list; `keys` a shortcut ("Ctrl+1")."""
        self._places.addWidget(self._make(key, icon_name, words, keys))

    def add_foot_place(self, key: str, icon_name: str, words: str, keys: str = "") -> None:
        """A place at the foot: Settings."""
        self._foot.addWidget(self._make(key, icon_name, words, keys))

    def add_foot_button(self, icon_name: str, words: str, on_click: Callable[[], object]) -> None:
        """Something at the foot that is no place: Lock."""
        made = self._dressed(icon_name, words, "")
        made.clicked.connect(lambda _checked=False: on_click())
        self._foot.addWidget(made)

    def set_current(self, key: str) -> None:
        """Marks where we are, without a signal. Raises KeyError."""
        if key not in self._buttons:
            raise KeyError(key)
        self._mark(key)

    def clear_current(self) -> None:
        """Marks no place: we are somewhere that is not in the list."""
        self._mark("")

    def current(self) -> str:
        """Where we are; "" before the first `set_current`."""
        return self._current

    def button_of(self, key: str) -> QPushButton:
        """A place's button. Raises KeyError."""
        return self._buttons[key]

    def set_club(self, name: str) -> None:
        """The club's name, under the brand."""
        self._club.setText(name)

    def set_saved(self, words: str) -> None:
        """The first line of the foot: Saved 10:42 · backed up 09:00."""
        self._saved.setText(words)

    def set_who(self, words: str) -> None:
        """The second line of the foot: Denise A · Lead."""
        self._who.setText(words)

    def set_narrow(self, narrow: bool) -> None:
        """Takes less room, every picture still with its word: for large text, or a window on half the screen."""
        self._narrow = narrow
        side = px(6 if narrow else 12)
        self.setFixedWidth(px(NARROW if narrow else WIDE))
        above, below = (4, 4) if self._short else (10, 8) if narrow else (18, 14)
        self._column.setContentsMargins(side, px(above), side, px(below))
        self._brand.setContentsMargins(px(5 if narrow else 13), 0, 0, px(4 if narrow else 10))
        self._here.setContentsMargins(px(5 if narrow else 13), 0, 0, 0)
        for made in self.findChildren(QPushButton):
            self._fit(made)

    def set_short(self, short: bool) -> None:
        """Everything closer together, so that every place is in sight where there is little height."""
        if short is self._short:
            return
        self._short = short
        for each in (self._column, self._places, self._foot):
            each.setSpacing(px(1 if short else 3))
        self.set_narrow(self._narrow)

    def _fit(self, made: QPushButton) -> None:
        set_look(made, "tight", "true" if self._narrow else "false")
        set_look(made, "low", "true" if self._short else "false")
        made.setIconSize(QSize(px(22 if self._narrow else 28), px(18)))

    def _mark(self, key: str) -> None:
        self._current = key
        # Not checkable: a screen reader would call each place a check box, and "toggle" it without going there.
        for each, made in self._buttons.items():
            here = each == key
            set_look(made, "here", "true" if here else "false")
            made.setAccessibleDescription("You are here" if here else "")
            made.setIcon(icon(self._icons[each], "brand" if here else "soft"))

    def _make(self, key: str, icon_name: str, words: str, keys: str) -> QPushButton:
        made = self._dressed(icon_name, words, keys)
        made.clicked.connect(lambda _checked=False: self._press(key))
        self._icons[key] = icon_name
        self._buttons[key] = made
        return made

    def _dressed(self, icon_name: str, words: str, keys: str) -> QPushButton:
        made = button(words, icon_name=icon_name, keys=keys)
        made.setProperty("nav", "true")
        made.setIcon(icon(icon_name, "soft"))
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._fit(made)
        return made

    def _press(self, key: str) -> None:
        self.set_current(key)
        self.chosen.emit(key)
