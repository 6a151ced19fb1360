"""Find anything: a field at top right, answers in groups beneath it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from desktop.widgets import tokens
from desktop.widgets.icons import icon
from desktop.widgets.metrics import px
from desktop.widgets.text import announce
from models.kernel.words import counted

_HIT = int(Qt.ItemDataRole.UserRole)


@dataclass(frozen=True)
class Hit:
    """One answer: its group ("Children"), its words, a quieter word or two, an icon, and what choosing it gives."""

    group: str
    words: str
    beneath: str
    icon: str
    target: Any


Deliver = Callable[[Sequence[Hit]], None]
Provider = Callable[[str, Deliver], object]


class SearchBox(QLineEdit):
    """Type, then Down and Enter. `provider(text, deliver)` looks things up and calls `deliver(hits)` when it has them.

    With "" it gets ready for what will be typed, and delivers nothing.

    Signals:
        chosen(target): an answer was taken.
    """

    chosen = Signal(object)

    def __init__(self, provider: Provider, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._provider = provider
        self._asked = 0
        self._popup: QFrame | None = None
        self._list = QListWidget()
        self._list.setAccessibleName("What was found")
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setItemDelegate(_HitDelegate(self._list))
        self._list.itemClicked.connect(self._take)
        self.setAccessibleName("Find a child, adult, activity or command")
        self.setToolTip("Find a child, adult, activity or command (Ctrl+K)")
        self.setClearButtonEnabled(False)
        self.set_narrow(False)
        # Not textEdited: what is put in by assistive technology or pasted by a program is asked for too.
        self.textChanged.connect(self._ask)

    def set_narrow(self, narrow: bool) -> None:
        """Takes less room beside a title in large text."""
        self.setPlaceholderText("Find" if narrow else "Find anything   Ctrl+K")
        self.setMinimumWidth(px(80 if narrow else 180))
        self.setMaximumWidth(px(110 if narrow else 300))

    def start(self) -> None:
        """Ctrl+K: puts the keyboard here with what was typed selected."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()
        self._provider("", _nobody)

    def hits(self) -> list[Hit]:
        """The answers shown, in order."""
        items = [self._list.item(at) for at in range(self._list.count())]
        return [hit for item in items if isinstance(hit := item.data(_HIT), Hit)]

    def sizeHint(self) -> QSize:
        return QSize(px(270), super().sizeHint().height())

    def close_list(self) -> None:
        """Takes the answers away."""
        if self._popup is not None:
            self._popup.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.close_list()
            self.clear()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._step(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(self._list.currentItem())
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.close_list()

    def _ask(self, text: str) -> None:
        self._asked += 1
        number = self._asked
        if not text.strip():
            self.close_list()
            return
        self._provider(text.strip(), lambda hits: self._show(number, hits))

    def _show(self, number: int, hits: Sequence[Hit]) -> None:
        # An answer to what was typed before is out of date.
        if number != self._asked or not self.hasFocus():
            return
        self._list.clear()
        group = ""
        for hit in hits:
            if hit.group != group:
                group = hit.group
                head = QListWidgetItem(group)
                head.setFlags(Qt.ItemFlag.NoItemFlags)
                self._list.addItem(head)
            item = QListWidgetItem(f"{hit.words}, {hit.beneath}" if hit.beneath else hit.words)
            item.setData(_HIT, hit)
            self._list.addItem(item)
        if not hits:
            none = QListWidgetItem(f"Nothing found for “{self.text().strip()}”")
            none.setFlags(Qt.ItemFlag.NoItemFlags)
            self._list.addItem(none)
        self._list.setCurrentRow(1 if hits else -1)
        self._place()
        announce(self, f"{counted(len(hits), 'answer')} found" if hits else "Nothing found")

    def _place(self) -> None:
        popup = self._popup or self._make_popup()
        width = max(self.width(), px(420))
        lines = sum(self._list.sizeHintForRow(at) for at in range(self._list.count()))
        corner = self.mapTo(self.window(), QPoint(self.width() - width, self.height() + px(6)))
        height = min(lines + px(18), px(440), self.window().height() - corner.y() - px(8))
        popup.setGeometry(max(px(8), corner.x()), corner.y(), width, height)
        popup.show()
        popup.raise_()

    def _make_popup(self) -> QFrame:
        self._popup = QFrame(self.window())
        self._popup.setProperty("popup", "true")
        self.destroyed.connect(self._popup.deleteLater)  # the window outlives whoever looked for these names
        column = QVBoxLayout(self._popup)
        column.setContentsMargins(px(6), px(6), px(6), px(6))
        column.addWidget(self._list)
        return self._popup

    def _step(self, by: int) -> None:
        at = self._list.currentRow() + by
        while 0 <= at < self._list.count() and self._list.item(at).data(_HIT) is None:
            at += by
        if 0 <= at < self._list.count():
            self._list.setCurrentRow(at)
            announce(self, self._list.item(at).text())

    def _take(self, item: QListWidgetItem | None) -> None:
        hit = item.data(_HIT) if item is not None else None
        if not isinstance(hit, Hit) or self._popup is None or self._popup.isHidden():
            return
        self.close_list()
        self.clear()
        self.chosen.emit(hit.target)


def _nobody(_hits: Sequence[Hit]) -> None:
    """Hears nothing: nobody has asked yet."""


class _HitDelegate(QStyledItemDelegate):
    """A heading for a group; icon, words and a quieter word for an answer."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(px(200), px(38 if isinstance(index.data(_HIT), Hit) else 28))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        look = tokens.current()
        rect: QRect = option.rect
        hit = index.data(_HIT)
        painter.save()
        space = rect.adjusted(px(10), 0, -px(10), 0)
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        if not isinstance(hit, Hit):
            painter.setPen(look.colour("soft"))
            painter.drawText(space, middle, str(index.data()))
            painter.restore()
            return
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("brand_soft"))
            painter.drawRoundedRect(rect, px(6), px(6))
        mark = px(18)
        icon(hit.icon, "brand").paint(painter, QRect(space.left(), space.center().y() - mark // 2, mark, mark))
        space.setLeft(space.left() + px(28))
        font = QFont(option.font)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(look.colour("ink"))
        words = QFontMetrics(font).elidedText(hit.words, Qt.TextElideMode.ElideRight, space.width())
        painter.drawText(space, middle, words)
        space.setLeft(space.left() + QFontMetrics(font).horizontalAdvance(words) + px(10))
        painter.setFont(option.font)
        painter.setPen(look.colour("soft"))
        beneath = QFontMetrics(option.font).elidedText(hit.beneath, Qt.TextElideMode.ElideRight, max(0, space.width()))
        painter.drawText(space, middle, beneath)
        painter.restore()
