"""The server is away, wherever somebody is and whatever they press: one line above says so, and nothing is lost."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.settings.preferences import LIGHT, Look, Preferences, PreferencesFile
from desktop.shell.places import PLACES as ALL
from desktop.shell.top_banner import LOST
from desktop.widgets.form import Form
from models.server.club import ServerClub
from models.storage.server_address import Address
from tests.clubs import PASSPHRASE, a_child, a_venue, an_adult, put
from tests.server.line import Line
from tests.server.window import DENISE, Pulse
from tests.shell.apps import an_app
from tests.shell.walk import Person, at_the_window, no_choosing_of_files, put_to_work

pytestmark = pytest.mark.server
A_FREEZE_MS = 1_000
PLACES = [each.key for each in ALL]
ABOVE = "The connection to the server"
NO_BOX = ("was lost", "does not answer")


@pytest.fixture
def line(database: Address) -> Iterator[Line]:
    made = Line(database.host, database.port)
    yield made
    made.close()


@pytest.fixture
def there(club: ServerClub) -> dict[str, tuple[object, ...]]:
    """What there is to be shown at each place of the club."""
    return put_to_work(club)


@pytest.fixture
def person(
    qtbot: QtBot, qapp: QApplication, there: dict[str, tuple[object, ...]], database: Address, line: Line,
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Person]:  # fmt: skip
    """The club's manager at the window, over the line."""
    no_choosing_of_files(monkeypatch)
    address = str(replace(database, port=line.port).public)
    PreferencesFile(tmp_path / "data").write(Preferences(Look(LIGHT)).opened_on_server(address, DENISE))
    with at_the_window(qtbot, an_app(qapp, tmp_path), None, DENISE, PASSPHRASE) as made:
        yield made
        line.mend()


def above(person: Person) -> list[str]:
    """What is said of the line, in labels anywhere in the window."""
    found = [each.text() for each in person.app.window.findChildren(QLabel) if each.isVisible()]
    return [words for words in found if words.startswith(ABOVE)]


def goes(person: Person, line: Line) -> None:
    """The server goes, and that is seen."""
    line.sever()
    watcher = person.desk._session.watcher
    assert watcher is not None
    watcher.look()
    person.qtbot.waitUntil(lambda: watcher.lost, timeout=20_000)
    assert above(person) == [LOST]


def comes_back(person: Person, line: Line) -> None:
    line.mend()
    watcher = person.desk._session.watcher
    assert watcher is not None
    watcher.try_again()
    person.qtbot.waitUntil(lambda: not watcher.lost, timeout=20_000)
    person.settle()


OFTEN = ("consents", "transport", "register", "venues")
SELDOM = (
    "today", "programme", "children", "team", "reports", "ringround", "import", "settings", "access", "privacy",
    "print", "concerns",
)  # fmt: skip


@pytest.mark.parametrize("place", [*OFTEN, *(pytest.param(each, marks=pytest.mark.full) for each in SELDOM)])
def test_whatever_is_pressed_while_the_server_is_away(
    person: Person, line: Line, there: dict[str, tuple[object, ...]], place: str
) -> None:
    assert place in PLACES
    for item in (None, *there.get(place, ())):
        person.go(place, item)
        for name in person.names():  # what is made at its first press is made by now, and is not the line's fault
            person.press(name)
        person.go(place, item)
        goes(person, line)
        person.said.clear()
        pulse, stood = Pulse(), {"": 0.0}
        for name in person.names():
            pulse.begin()
            person.press(name)
            stood[name] = pulse.slowest
            assert len(above(person)) == 1, f"{name}: {above(person)}"
        slowest = max(stood, key=lambda each: stood[each])
        print(f"{place} {item or ''}: {len(stood)} pressed, stood still for {stood[slowest]:.0f} ms at “{slowest}”")
        boxes = [words for words in person.said if any(each in words for each in NO_BOX)]
        assert not boxes, "a lost line is said above, in no box"
        assert stood[slowest] < A_FREEZE_MS
        comes_back(person, line)
        person.go(place, item)
        assert LOST not in above(person)
        assert not [words for words in NO_BOX if words in person.words()], person.words()


TYPED = "Marmalade"
FORMS = (("children", "new_child"), ("team", "new_adult"), ("programme", "new_club"), ("transport", "add_vehicle"))


@pytest.mark.parametrize(("place", "begin"), FORMS)
def test_what_is_typed_stays_until_it_is_back(person: Person, line: Line, place: str, begin: str) -> None:
    person.go(place)
    getattr(person.page, begin)()
    person.settle()
    form = next(each for each in person.page.findChildren(Form) if each.isVisible())
    field = next(each for each in form.findChildren(QLineEdit) if each.isVisible() and each.isEnabled())
    field.setFocus()
    person.qtbot.keyClicks(field, TYPED)
    goes(person, line)
    form.save()
    person.settle()
    assert field.text() == TYPED
    assert form.isVisible()
    assert len(above(person)) == 1
    comes_back(person, line)
    assert field.text() == TYPED
    assert form.isVisible()
    form.mark_clean()


def rows(person: Person) -> int:
    """How many rows all lists on the page have."""
    models = [each.model() for each in person.page.findChildren(QAbstractItemView) if each.isVisible()]
    return sum(model.rowCount() for model in models if model is not None)


@pytest.mark.parametrize(("place", "make"), [("venues", a_venue), ("children", a_child), ("team", an_adult)])
def test_what_others_did_meanwhile_is_shown_by_itself_when_it_is_back(
    person: Person, line: Line, club: ServerClub, place: str, make: Callable[..., object]
) -> None:
    person.go(place)
    before = rows(person)
    goes(person, line)
    put(club, lambda uow: make(uow, "Zoë Quayside"))
    comes_back(person, line)
    person.qtbot.waitUntil(lambda: rows(person) > before, timeout=20_000)
