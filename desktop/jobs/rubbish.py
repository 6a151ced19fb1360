"""Python's rubbish is collected on the UI thread alone.

Left to itself, Python collects on whichever thread happens to be making something. A dialog or a timer that is taken
apart on another thread than its own ends the program.
"""

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 200
FEW = 700
"""Fewer new things than this are not looked through: Python's own measure."""
MANY = 700_000
"""After so many new things all is looked through, which stops every thread for some 50 ms: once in fifteen packs."""


class Rubbish(QObject):
    """Collects now and then, once begun. Lives on the UI thread, as long as the app."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._made = 0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)

    def begin(self) -> None:
        """From here on; what was made so far is not looked through: the program itself, which is never rubbish."""
        gc.disable()
        gc.freeze()
        self._timer.start(EVERY_MS)

    def look(self) -> None:
        """Looks through what is new, or through all where that has become much."""
        made = gc.get_count()[0]
        if made < FEW:
            return
        self._made += made
        if self._made < MANY:
            gc.collect(1)
        else:
            self._made = 0
            gc.collect()
