"""A circle with a person's initials; the name always stands beside it."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.widgets import tokens
from desktop.widgets.metrics import px
from models.kernel.words import initials


class Initials(QWidget):
    """NO for Niamh Osei."""

    def __init__(self, name: str, size: int = 38, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._letters = initials(name)
        self.setFixedSize(px(size), px(size))

    def set_name(self, name: str) -> None:
        """Shows another person's initials."""
        self._letters = initials(name)
        self.update()

    def letters(self) -> str:
        """The initials shown."""
        return self._letters

    def paintEvent(self, event: QPaintEvent) -> None:
        look = tokens.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("brand_soft"))
        painter.drawEllipse(QRectF(self.rect()))
        font = QFont(self.font())
        font.setPixelSize(max(8, round(self.height() * 0.36)))
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(look.colour("brand"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._letters)
        painter.end()
