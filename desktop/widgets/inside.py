"""What stands inside a scroll area."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from desktop.widgets.text import set_look


class Inside(QWidget):
    """As high as it is at the width it has, not as at the narrowest, where every sentence is long."""

    def __init__(self) -> None:
        super().__init__()
        set_look(self, "scrolled", "true")

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(hint.width(), 0) if self.hasHeightForWidth() else hint
