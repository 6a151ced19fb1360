"""All that somebody, or a machine, could read of the app now: the accessibility tree, titles, pixels."""

from collections.abc import Iterator

from PySide6.QtGui import QAccessible, QAccessibleInterface, QImage
from PySide6.QtWidgets import QApplication, QWidget

TEXTS = (QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Value, QAccessible.Text.Help)


def tree(qapp: QApplication) -> str:
    """Every word of the whole accessibility tree, of what is shown and of what is not, and every window's title."""
    titles = [window.title() for window in qapp.topLevelWindows()]
    root = QAccessible.queryAccessibleInterface(qapp)
    return "\n".join([*titles, *_words(root)])


def pictures(qapp: QApplication) -> list[QImage]:
    """Every window there is to be seen, as it is drawn."""
    return [each.grab().toImage() for each in qapp.topLevelWidgets() if _seen(each)]


def _seen(widget: QWidget) -> bool:
    return widget.isVisible() and widget.windowHandle() is not None


def _words(node: QAccessibleInterface | None) -> Iterator[str]:
    if node is None or not node.isValid():
        return
    yield from filter(None, (node.text(kind) for kind in TEXTS))
    for at in range(node.childCount()):
        yield from _words(node.child(at))
