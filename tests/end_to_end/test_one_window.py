"""There is one window: nothing flashes up beside it and takes the keyboard while somebody goes round."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from desktop.shell.places import existing
from tests.end_to_end.person import Person


class Watch(QObject):
    """Writes down every window that is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(f"{type(watched).__name__} {watched.accessibleName()}".strip())
        return False


def test_going_everywhere_shows_no_window_but_the_one(person: Person, qapp: QApplication) -> None:
    watch = Watch()
    qapp.installEventFilter(watch)
    person.sit_down()
    person.click("Look round")
    person.until(lambda: person.app.desk is not None)
    person.at_rest()
    for place in existing():
        person.desk.go(place.key)
        person.at_rest()
    qapp.removeEventFilter(watch)
    assert watch.shown == ["MainWindow"]
    assert person.window.isActiveWindow()
