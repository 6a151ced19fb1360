"""The top of a page: its title, what can be done on it, and the search box; over two lines where one is too short."""

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.widgets.flow import Flow
from desktop.widgets.metrics import px
from desktop.widgets.text import label, set_look

_TITLE = 260
"""Room a longer title is left before the buttons stand under it, in pixels at 100 %: it goes on in the next line."""


class PageHead(QWidget):
    """Side by side while there is room; else the buttons stand under the title.

    Attributes:
        title, beneath: the words. tools: the buttons. search: a layout for the search box.
    """

    def __init__(self) -> None:
        super().__init__()
        self.title = label("", "title", wrap=True)
        self.beneath = label("", "soft", wrap=True)
        self.tools = Flow()
        self.search = QHBoxLayout()
        self._words = QWidget()
        self._below: bool | None = None
        self._short = False
        words = QVBoxLayout(self._words)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(px(2))
        words.addWidget(self.title)
        words.addWidget(self.beneath)
        # With layouts side by side as they stand, the page could never be made narrow enough for them to change.
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(px(12))
        self._grid.setVerticalSpacing(px(6))
        self._grid.setColumnStretch(0, 1)
        self._grid.addWidget(self._words, 0, 0)
        self._grid.addLayout(self.search, 0, 2)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_narrow(False)

    def set_words(self, title: str, beneath: str) -> None:
        """The title, and a quieter line under it."""
        self.title.setText(title)
        self.title.setToolTip(title if len(title) > 60 else "")
        self.beneath.setText(beneath)
        self._show_beneath()

    def set_short(self, short: bool) -> None:
        """Whether there is so little height that the title has to do alone; what is under it is said as its tip."""
        self._short = short
        self._show_beneath()

    def _show_beneath(self) -> None:
        words = self.beneath.text()
        self.beneath.setVisible(bool(words) and not self._short)
        if self._short and words:
            self.title.setToolTip(f"{self.title.text()}\n{words}")

    def set_narrow(self, narrow: bool) -> None:
        """Whether there is little room."""
        self.title.setMinimumWidth(px(130 if narrow else 180))
        set_look(self.title, "tone", "title-narrow" if narrow else "title")
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        beside = self.title.minimumWidth() + self._gap() + self.search.minimumSize().width()
        wide = max(beside, self.tools.minimumSizeHint().width())
        return QSize(wide, super().minimumSizeHint().height())

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:  # other words, or a button more
            self._arrange()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        tools = self.tools.sizeHint().width()
        below = self._wanted() + tools + self.search.minimumSize().width() + 2 * self._gap() > self.width()
        self.tools.setMinimumWidth(0 if below else tools)
        if below is self._below:
            return
        self._below = below
        self._grid.removeWidget(self.tools)
        if below:
            self._grid.addWidget(self.tools, 1, 0, 1, 3)
        else:
            self._grid.addWidget(self.tools, 0, 1)

    def _wanted(self) -> int:
        """The width the words would like, as far as they get it."""
        lines = (self.title, *((self.beneath,) if self.beneath.text() else ()))
        for each in lines:
            each.ensurePolished()
        words: int = max(each.fontMetrics().horizontalAdvance(each.text()) for each in lines)
        return max(int(self.title.minimumWidth()), min(words, px(_TITLE)))

    def _gap(self) -> int:
        return self._grid.horizontalSpacing()
