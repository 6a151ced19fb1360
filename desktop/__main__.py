"""`python -m desktop [CLUB.breather]`: opens the window."""

import gc
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from desktop.app import App
    from desktop.shell.window import MainWindow


def main() -> int:
    """Paints first and imports after; gives back the exit code once the window is closed."""
    # Nothing made while starting is ever rubbish, so nothing is looked through for it.
    gc.disable()
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QApplication

    _read_no_sources()
    from desktop.settings.preferences import PreferencesFile, home
    from desktop.shell.skeleton import Skeleton
    from desktop.shell.window import MainWindow
    from desktop.widgets.tokens import DARK, LIGHT

    qt = QApplication(sys.argv[:1])
    qt.setApplicationName("Breather")
    dark = PreferencesFile(home()).read().look.dark
    if dark is None:
        dark = qt.styleHints().colorScheme() == Qt.ColorScheme.Dark
    window = MainWindow()
    window.show_inside(Skeleton(DARK if dark else LIGHT))
    kept: list[App] = []
    window.painted.connect(lambda: kept.append(_begin(qt, window)))
    window.show()
    code = qt.exec()
    if any(app.left_early for app in kept):
        os._exit(code)  # the thread that is still at the backup would find the libraries taken down under it
    return code


def _read_no_sources() -> None:
    """Stops PySide6 reading the source of every module imported after it, which takes 20 MB and a tenth of a second.

    It looks there for its own name, to know where its snake_case spelling could be switched on; nothing here does that.
    """
    feature = sys.modules.get("shibokensupport.feature")
    # It is PySide6's own and may go with another release.
    if feature is not None and hasattr(feature, "_mod_uses_pyside"):
        vars(feature)["_mod_uses_pyside"] = _uses_no_other_spelling


def _uses_no_other_spelling(_module: object) -> bool:
    return False


def _begin(qt: "QApplication", window: "MainWindow") -> "App":
    from desktop.app import begin

    return begin(qt, window, sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
