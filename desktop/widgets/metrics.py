"""Sizes follow the text size the person chose."""

from PySide6.QtGui import QGuiApplication

BODY = 14
"""Body text, in pixels at text size 100 %."""


def scale() -> float:
    """1.0 at text size 100 %, read from the application's font, which is where `theme.apply` puts it."""
    size = QGuiApplication.font().pixelSize()
    return size / BODY if size > 0 else 1.0


def px(length: float) -> int:
    """A length from the drawing board at the person's text size."""
    return max(1, round(length * scale()))
