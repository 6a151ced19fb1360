"""A bar chart in the theme's colours, and the same in words for whoever cannot see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop.widgets import tokens
from desktop.widgets.metrics import px
from desktop.widgets.text import label


@dataclass(frozen=True)
class Bar:
    """One bar: what it stands for and how tall it is."""

    label: str
    value: float


class BarChart(QWidget):
    """Bars with their numbers on top and a sentence beneath that says the same."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars: tuple[Bar, ...] = ()
        self._plot: Any = None
        self._summary = label("", "soft", wrap=True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(8))
        self._column.addWidget(self._summary)
        self.setMinimumHeight(px(200))

    def set_bars(self, bars: Sequence[Bar], summary: str) -> None:
        """Draws the bars; `summary` says in a sentence what they show."""
        self._bars = tuple(bars)
        self._summary.setText(summary)
        spoken = ", ".join(f"{bar.label} {bar.value:g}" for bar in bars)
        self.setAccessibleName(summary)
        self.setAccessibleDescription(spoken)
        self._draw()

    def bars(self) -> tuple[Bar, ...]:
        """The bars shown."""
        return self._bars

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange and self._plot is not None:
            self._draw()
        super().changeEvent(event)

    def _draw(self) -> None:
        # Imported here, not above: numpy comes with it.
        import pyqtgraph

        look = tokens.current()
        if self._plot is None:
            self._plot = pyqtgraph.PlotWidget()
            self._plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._plot.setMouseEnabled(x=False, y=False)
            self._plot.setMenuEnabled(False)
            self._plot.hideButtons()
            # Its own idea of its size is that of a window.
            self._plot.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
            self._plot.setMinimumSize(px(160), px(150))
            self._column.insertWidget(0, self._plot, 1)
        self._plot.clear()
        self._plot.setBackground(look.colour("panel"))
        heights = [bar.value for bar in self._bars]
        brand = look.colour("brand")
        places = list(range(len(heights)))
        self._plot.addItem(pyqtgraph.BarGraphItem(x=places, height=heights, width=0.6, brush=brand, pen=brand))
        for at, height in enumerate(heights):
            number = pyqtgraph.TextItem(f"{height:g}", color=look.colour("ink"), anchor=(0.5, 1.0))
            number.setFont(self.font())
            number.setPos(at, height)
            self._plot.addItem(number)
        self._axes(look, max(heights, default=0))

    def _axes(self, look: tokens.Tokens, top: float) -> None:
        bottom = self._plot.getAxis("bottom")
        bottom.setTicks([[(at, bar.label) for at, bar in enumerate(self._bars)]])
        bottom.setStyle(tickLength=0, tickFont=self.font(), tickTextOffset=px(6))
        bottom.setPen(look.colour("line"))
        bottom.setTextPen(look.colour("soft"))
        self._plot.hideAxis("left")
        self._plot.setXRange(-0.6, max(0.6, len(self._bars) - 0.4), padding=0)
        self._plot.setYRange(0, top * 1.2 or 1, padding=0)
