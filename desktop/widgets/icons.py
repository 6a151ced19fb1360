"""Material Design icons that take their colour from the theme each time they are painted."""

import json
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QGuiApplication,
    QIcon,
    QIconEngine,
    QPainter,
    QPaintEvent,
    QPixmap,
)
from PySide6.QtWidgets import QWidget

from desktop.widgets import tokens
from desktop.widgets.metrics import px


def icon(name: str, colour: str = "soft") -> QIcon:
    """An icon by its Material name ("bus", "account-group-outline") in a colour token ("soft", "brand", "bad").

    Raises KeyError for a name there is none of.
    """
    return QIcon(_Glyph(_glyphs()[name], colour))


class IconLabel(QWidget):
    """An icon on its own, beside a word that says the same; hidden from screen readers by having no name."""

    def __init__(self, name: str, colour: str = "soft", size: int = 18, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._size = size
        self.set_icon(name, colour)

    def set_icon(self, name: str, colour: str = "soft") -> None:
        """Shows another icon."""
        self._icon = icon(name, colour)
        self.setFixedSize(px(self._size), px(self._size))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._icon.paint(painter, self.rect())
        painter.end()


class _Glyph(QIconEngine):
    """Paints one glyph; the colour is looked up at paint time, so a change of theme needs no new icons."""

    def __init__(self, glyph: str, colour: str) -> None:
        super().__init__()
        self._glyph = glyph
        self._colour = colour

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        look = tokens.current()
        colour = look.colour("edge" if mode == QIcon.Mode.Disabled else self._colour)
        font = QFont(_family())
        font.setPixelSize(max(1, min(rect.width(), rect.height())))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        painter.setFont(font)
        painter.setPen(colour)
        painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self._glyph)
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        picture = QPixmap(size)
        picture.fill(QColor(0, 0, 0, 0))
        painter = QPainter(picture)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return picture

    def clone(self) -> QIconEngine:
        return _Glyph(self._glyph, self._colour)


def _font_folder() -> Path:
    # The package's own import takes 0.2 s and loads seven fonts; Breather needs one file of it.
    spec = find_spec("qtawesome")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("the icon font is missing: qtawesome is not installed")
    return Path(spec.submodule_search_locations[0]) / "fonts"


def _one_file(pattern: str) -> Path:
    return next(iter(sorted(_font_folder().glob(pattern))))


@lru_cache(maxsize=1)
def _glyphs() -> dict[str, str]:
    """Icon name -> character, read once from the font's own table."""
    table: dict[str, str] = json.loads(_one_file("materialdesignicons6-webfont-charmap-*.json").read_text("utf-8"))
    return {name: chr(int(code, 16)) for name, code in table.items()}


def _family() -> str:
    app = QGuiApplication.instance()
    known = app.property("breather-icon-family") if app else None
    if not known:
        number = QFontDatabase.addApplicationFont(str(_one_file("materialdesignicons6-webfont-[0-9]*.ttf")))
        known = QFontDatabase.applicationFontFamilies(number)[0]
        if app:
            app.setProperty("breather-icon-family", known)
    return str(known)
