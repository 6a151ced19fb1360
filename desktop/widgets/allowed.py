"""What the person at the screen may do, and which places they have: a page is told, and whatever stands on it asks.

What somebody may not do is not on their screen. A page that was told nothing shows everything.
"""

from collections.abc import Collection

from PySide6.QtWidgets import QPushButton, QWidget

_MAY, _REACH = "may", "reach"


def tell(page: QWidget, permissions: Collection[str], places: Collection[str]) -> None:
    """Tells a page the names of permissions, and the keys of places that can be gone to from it."""
    page.setProperty(_MAY, sorted(permissions))
    page.setProperty(_REACH, sorted(places))


def may(widget: QWidget, permission: str) -> bool:
    """Whether the person before the page this widget stands on holds the permission."""
    return _told(widget, _MAY, permission)


def leads(widget: QWidget, place: str) -> bool:
    """Whether there is a way from the page this widget stands on to a place."""
    return _told(widget, _REACH, place)


class AllowedButton(QPushButton):
    """A button that is there only for those who hold a permission and have the place it leads to.

    Whoever asks for it to be shown, it stays away from others.
    """

    def __init__(self, needs: str, place: str = "") -> None:
        """Either may be "": then that is not asked."""
        super().__init__()
        self._needs, self._place = needs, place

    def setVisible(self, visible: bool) -> None:
        super().setVisible(visible and self._allowed())

    def click(self) -> None:
        """As pressed: by the keys of its row, too."""
        if self._allowed():
            super().click()

    def _allowed(self) -> bool:
        has_place = not self._place or leads(self, self._place)
        return has_place and (not self._needs or may(self, self._needs))


def _told(widget: QWidget, name: str, wanted: str) -> bool:
    above: QWidget | None = widget
    while above is not None:
        told = above.property(name)
        if told is not None:
            return wanted in told
        above = above.parentWidget()
    return True
