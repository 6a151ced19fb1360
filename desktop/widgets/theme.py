"""Puts a look on the whole application: fonts, palette and one stylesheet made from the tokens."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from desktop.widgets.metrics import BODY
from desktop.widgets.qss import stylesheet
from desktop.widgets.tokens import DARK, LIGHT, Tokens
from models.kernel.places import resources

_FAMILIES = ("Inter", "Noto Sans Arabic", "Noto Sans Tamil", "Noto Sans Bengali")
_LOADED = "breather-fonts-loaded"


def apply(app: QApplication, dark: bool | None = None, scale: float = 1.0, *, fonts: Path | None = None) -> Tokens:
    """Gives the application its look; may be called again at any time. Gives back the tokens used.

    `dark` None follows the system. `scale` is the text size: 1.0, 1.15, 1.3, …; `fonts` is a folder of .ttf files.
    """
    if dark is None:
        dark = app.styleHints().colorScheme() == Qt.ColorScheme.Dark
    look = DARK if dark else LIGHT
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    _load_fonts(app, fonts)
    font = QFont()
    font.setFamilies(list(_FAMILIES))
    font.setPixelSize(round(BODY * scale))
    app.setStyle("Fusion")
    app.setFont(font)
    app.setPalette(palette(look))
    app.setStyleSheet(stylesheet(look, font.pixelSize() / BODY))
    return look


def follow_system(app: QApplication, scale: float = 1.0) -> Callable[[], None]:
    """Applies the system's light or dark now and whenever it changes; gives back a function that stops following."""
    apply(app, None, scale)
    hints = app.styleHints()
    link = hints.colorSchemeChanged.connect(lambda _scheme: apply(app, None, scale))
    return lambda: _stop(app, link)


def _stop(app: QApplication, link: object) -> None:
    app.styleHints().colorSchemeChanged.disconnect(link)


def palette(look: Tokens) -> QPalette:
    """The tokens as Qt's own colour roles, for what the stylesheet does not reach."""
    role = QPalette.ColorRole
    made = QPalette()
    for which, token in (
        (role.Window, "bg"), (role.Base, "panel"), (role.AlternateBase, "hover"), (role.Button, "panel"),
        (role.WindowText, "ink"), (role.Text, "ink"), (role.ButtonText, "ink"), (role.PlaceholderText, "soft"),
        (role.Highlight, "brand_soft"), (role.HighlightedText, "ink"), (role.Link, "brand"), (role.Accent, "brand"),
        (role.ToolTipBase, "ink"), (role.ToolTipText, "panel"), (role.Mid, "line"), (role.Light, "panel"),
        (role.Dark, "edge"), (role.Shadow, "line"), (role.Midlight, "line"), (role.BrightText, "bad"),
    ):  # fmt: skip
        made.setColor(which, look.colour(token))
    for which in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, which, QColor(look.soft))
    return made


def _load_fonts(app: QApplication, folder: Path | None) -> None:
    if app.property(_LOADED):
        return
    for file in sorted((folder or resources() / "fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(file))
    app.setProperty(_LOADED, True)
