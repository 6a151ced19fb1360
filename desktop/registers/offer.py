"""Brothers and sisters in one tap: a strip that offers what was just done for the others of the family."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout

from desktop.widgets.flow import Flow
from desktop.widgets.icons import IconLabel
from desktop.widgets.metrics import px
from desktop.widgets.text import announce, button, icon_button, label, set_look

Offered = tuple[str, str, Callable[[], object]]
"""Words on the button, its accessible name, what it does."""


class Offer(QFrame):
    """Hidden until there is something to offer; goes when it is taken, closed, or something else is offered."""

    def __init__(self) -> None:
        super().__init__()
        set_look(self, "banner", "brand")
        self._words = label("", "strong")
        self._buttons = Flow()
        row = QHBoxLayout(self)
        row.setContentsMargins(px(14), px(5), px(8), px(5))
        row.setSpacing(px(12))
        row.addWidget(IconLabel("account-multiple-outline", "brand", 20))
        row.addWidget(self._words)
        row.addWidget(self._buttons, 1)
        row.addWidget(icon_button("close", "Close the offer", self.clear))
        self.hide()

    def show_offers(self, words: str, offers: Sequence[Offered]) -> None:
        """Offers these; none takes the strip away."""
        if not offers:
            self.clear()
            return
        self._words.setText(words)
        self._buttons.set_widgets(
            [button(text, self._taking(act), kind="call", name=name, big=True) for text, name, act in offers]
        )
        self.setAccessibleName(words)
        self.show()
        announce(self, f"{words} {', '.join(name for _text, name, _act in offers)}")

    def clear(self) -> None:
        """Takes the strip away."""
        self.hide()

    def _taking(self, act: Callable[[], object]) -> Callable[[], object]:
        def take() -> None:
            self.clear()
            act()

        return take
