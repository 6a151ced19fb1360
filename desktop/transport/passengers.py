"""The names on one bus, as a list one can walk through."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QStyledItemDelegate, QStyleOptionViewItem

from desktop.transport.reading import Passenger
from desktop.transport.words import passenger_words
from desktop.widgets.icons import icon
from desktop.widgets.metrics import px


class _Lines(QStyledItemDelegate):
    """A line as high as its words need: a long name goes on beneath."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        view = option.widget
        room = view.viewport().width() if isinstance(view, QAbstractItemView) else px(280)
        words = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        box = QFontMetrics(option.font).boundingRect(
            QRect(0, 0, max(px(80), room - px(52)), 10_000), int(Qt.TextFlag.TextWordWrap), words
        )
        return QSize(px(80), max(px(30), box.height() + px(8)))


class Passengers(QListWidget):
    """Who sits on one bus.

    Signals:
        asked(Passenger, QPoint): Enter, the menu key, a right or a double click: what can be done with them, here.
    """

    asked = Signal(object, QPoint)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setWordWrap(True)
        self.setItemDelegate(_Lines(self))
        self.setIconSize(QSize(px(18), px(18)))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._ask_at)
        self.itemDoubleClicked.connect(self._ask)
        self._shown: tuple[Passenger, ...] = ()

    def show_passengers(self, passengers: Sequence[Passenger]) -> None:
        """Shows these; who was chosen stays chosen while still on the bus."""
        before = self.chosen()
        held = before.seat.child_id or before.seat.adult_id if before else None
        self._shown = tuple(passengers)
        self.clear()
        for one in passengers:
            item = QListWidgetItem(passenger_words(one), self)
            item.setIcon(icon(_picture(one), "brand" if one.is_child else "soft"))
            if held is not None and held == (one.seat.child_id or one.seat.adult_id):
                self.setCurrentItem(item)
        self._fit()

    def chosen(self) -> Passenger | None:
        """Who is chosen."""
        at = self.currentRow()
        return self._shown[at] if 0 <= at < len(self._shown) else None

    def ask(self) -> None:
        """As if Enter had been pressed on who is chosen."""
        if self.currentItem() is not None:
            self._ask(self.currentItem())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Menu):
            self.ask()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.currentRow() < 0 and self.count() and event.reason() != Qt.FocusReason.MouseFocusReason:
            self.setCurrentRow(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _fit(self) -> None:
        # Its own scroll bar inside a page that scrolls would be one too many.
        self.doItemsLayout()
        high = sum(self.sizeHintForRow(at) for at in range(self.count()))
        self.setFixedHeight(max(px(34), high + px(6)))

    def _ask_at(self, point: QPoint) -> None:
        item = self.itemAt(point)
        if item is not None:
            self.setCurrentItem(item)
            self._ask(item)

    def _ask(self, item: QListWidgetItem) -> None:
        place = self.visualItemRect(item).bottomLeft()
        self.asked.emit(self._shown[self.row(item)], self.viewport().mapToGlobal(place))


def _picture(one: Passenger) -> str:
    if not one.is_child:
        return "account-heart-outline"
    return "wheelchair-accessibility" if one.seat.in_wheelchair else "seat-passenger"
