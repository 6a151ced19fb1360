"""What is painted first, before anything else is imported: the window's ground and the card that is about to be."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.widgets.tokens import Tokens

_CARD = (592, 300)
"""About where the welcome's card will stand, in pixels at 100 %."""


class Skeleton(QWidget):
    """A ground and an empty card, in the colours the window will have."""

    def __init__(self, look: Tokens) -> None:
        super().__init__()
        self._look = look

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._look.colour("bg"))
        card = QRect(0, 0, *_CARD)
        card.moveCenter(self.rect().center())
        painter.setPen(self._look.colour("line"))
        painter.setBrush(self._look.colour("panel"))
        painter.drawRoundedRect(card, 10, 10)
        painter.end()
