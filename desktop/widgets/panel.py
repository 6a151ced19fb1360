"""Detail beside the list when there is room, over it when there is not; never a new window."""

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.widgets.metrics import px
from desktop.widgets.page import Page
from desktop.widgets.text import icon_button, label, rule, set_kind

_ROOM_BESIDE = 640
"""What the list keeps, at least, for the panel to stand beside it and not over it (px at 100 %)."""


class Panel(QFrame):
    """A drawer at the right edge of its host (a Page, or any widget with a layout). Esc or the cross closes it.

    Signals:
        opened(): it is there, and the host has what is left of the width.
        closed(): it has gone, and the keyboard is back where it was.
    """

    opened = Signal()
    closed = Signal()

    def __init__(self, host: QWidget, width: int = 440, room: int = _ROOM_BESIDE) -> None:
        """`width` of the panel; `room` what the host keeps, at least, for the panel to stand beside it."""
        super().__init__(host)
        self._room = room
        self.setProperty("drawer", "true")
        self._host = host
        self._width = width
        self._content: QWidget | None = None
        self._came_from: QWidget | None = None
        self._stepped_back: list[QPushButton] = []
        layout = host.layout()
        self._margins = layout.contentsMargins() if layout is not None else None
        self._title = label("", "heading", wrap=True)
        head = QHBoxLayout()
        head.setContentsMargins(px(20), px(14), px(12), px(10))
        head.addWidget(self._title, 1)
        head.addWidget(icon_button("close", "Close", self.close_panel), 0, Qt.AlignmentFlag.AlignTop)
        self._body = QVBoxLayout()
        self._body.setContentsMargins(px(20), px(14), px(20), px(16))
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(rule())
        column.addLayout(self._body, 1)
        host.installEventFilter(self)
        self.hide()

    @property
    def shown(self) -> bool:
        """Whether it is open."""
        return not self.isHidden()

    def open(self, title: str, content: QWidget, focus: QWidget | None = None) -> None:
        """Shows `content` (which becomes the panel's own, and goes when it closes) and puts the keyboard in it."""
        if not self.shown:
            self._came_from = QApplication.focusWidget()
        self._drop_content()
        self._title.setText(title)
        self.setAccessibleName(title)
        self._content = content
        self._body.addWidget(content)
        self.show()
        self.raise_()
        self._place()
        self._one_primary()
        self.opened.emit()
        (focus or self._first_in(content)).setFocus(Qt.FocusReason.OtherFocusReason)

    def content(self) -> QWidget | None:
        """What is shown in it."""
        return self._content

    def close_panel(self) -> None:
        """Closes it and gives the keyboard back."""
        if not self.shown:
            return
        self.hide()
        self._drop_content()
        self._place()
        self._one_primary()
        back = self._came_from
        if back is not None and shiboken6.isValid(back) and back.isVisible():
            back.setFocus(Qt.FocusReason.OtherFocusReason)
        self._came_from = None
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
            return
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._host and event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        width = min(px(self._width), self._host.width())
        layout = self._host.layout()
        if layout is not None and self._margins is not None:
            edges = self._host.edges() if isinstance(self._host, Page) else self._margins
            least = layout.minimumSize().width() - layout.contentsMargins().right() + edges.right()
            beside = self.shown and self._host.width() - width >= max(least, px(self._room))
            right = edges.right() + (width if beside else 0)
            layout.setContentsMargins(edges.left(), edges.top(), right, edges.bottom())
        self.setGeometry(self._host.width() - width, 0, width, self._host.height())

    def _one_primary(self) -> None:
        """A page has one primary button: the host's own steps back while the panel has one."""
        for each in self._stepped_back:
            if shiboken6.isValid(each) and each.property("kind") == "call":
                set_kind(each, "primary")
        primary = [each for each in self._host.findChildren(QPushButton) if each.property("kind") == "primary"]
        mine = [each for each in primary if self._content is not None and self._content.isAncestorOf(each)]
        self._stepped_back = [each for each in primary if not self.isAncestorOf(each)] if mine else []
        for each in self._stepped_back:
            set_kind(each, "call")

    def _drop_content(self) -> None:
        if self._content is not None:
            self._body.removeWidget(self._content)
            self._content.hide()
            self._content.deleteLater()
            self._content = None

    def _first_in(self, content: QWidget) -> QWidget:
        if content.focusProxy() is not None:
            return content
        able = [
            each
            for each in content.findChildren(QWidget)
            if each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.isEnabled() and not each.isHidden()
        ]
        if able:
            return able[0]
        content.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return content
