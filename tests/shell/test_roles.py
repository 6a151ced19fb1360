"""Each role's own window: the places and buttons it has, and that nothing on it is ever refused."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from desktop.shell.finder import GoTo
from desktop.shell.places import existing
from desktop.shell.register_mode import RegisterMode
from models.access.rules import Role
from models.bootstrap import open_club
from tests.clubs import DEVICE, PASSPHRASE
from tests.shell.apps import MANAGER, an_app
from tests.shell.walk import LEAVING, Person, a_club_at_work, at_the_window, let_in, no_choosing_of_files

PEOPLE: dict[str, tuple[Role | None, bool]] = {
    "Kemi Adeyemi": (Role.SESSIONAL, False),
    "Priya Shah": (None, True),
    "Sam Field": (Role.SESSIONAL, True),
    "Lena Roth": (Role.LEAD, False),
}
DAY = {"today", "children", "register", "team", "venues", "settings"}
FAMILIES = {"today", "programme", "children", "consents", "transport", "team", "concerns", "venues", "settings"}
PLACES = {
    "Kemi Adeyemi": DAY,
    "Priya Shah": FAMILIES,
    "Sam Field": DAY | FAMILIES,
    "Lena Roth": (DAY | FAMILIES | {"reports", "ringround", "import", "print", "privacy"}) - {"concerns"},
}

# Who may least is walked with in every run; the others take a minute each.
WALKING = [pytest.param(name, marks=[pytest.mark.full] if name != "Kemi Adeyemi" else []) for name in PEOPLE]


@pytest.fixture
def at_work(tmp_path: Path) -> tuple[Path, dict[str, tuple[object, ...]]]:
    file, items = a_club_at_work(tmp_path)
    club = open_club(file, PASSPHRASE, device=DEVICE)
    for name, (role, safeguarding) in PEOPLE.items():
        let_in(club, name, role, safeguarding=safeguarding)
    club.close()
    return file, items


@pytest.mark.parametrize("name", WALKING)
def test_everything_on_the_screen_can_be_done_and_nothing_is_ever_refused(
    qtbot: QtBot,
    qapp: QApplication,
    tmp_path: Path,
    at_work: tuple[Path, dict[str, tuple[object, ...]]],
    monkeypatch: pytest.MonkeyPatch,
    name: str,
) -> None:
    file, items = at_work
    no_choosing_of_files(monkeypatch)
    with at_the_window(qtbot, an_app(qapp, tmp_path), file, name) as person:
        assert set(person.places()) == PLACES[name]
        for place in person.places():
            pressed: set[str] = set()
            for item in (None, *items.get(place, ())):
                _press_everything(person, place, item, pressed)
        _run_every_command(person)
        _open_everything_found(person)
        assert person.refused() == []
        assert [said for said in person.said if "went wrong" in said] == []


def _press_everything(person: Person, place: str, item: object, pressed: set[str]) -> None:
    """Everything on a page, and what comes up by it; what was `pressed` at this place is not pressed again."""

    def checked(did: str) -> None:
        assert person.refused() == [], f"{place} {item}: {did}"

    person.go(place, item)
    checked("shown")
    for name in [each for each in person.names() if each not in pressed]:
        person.go(place, item)
        for words in person.press(name):
            person.go(place, item)
            person.choose(name, words)
            checked(f"{name}: {words}")
        checked(name)
        person.undo()
        checked(f"{name}, then Undo")
        pressed.add(name)
        # What came up by it, in a panel or in its place, is pressed too.
        if person.desk.current == place:
            for beneath in [each for each in person.names() if each not in pressed][:8]:
                person.press(beneath)
                person.undo()
                pressed.add(beneath)
                checked(f"{name}, then {beneath}")
    person.go(place, item)
    person.open_first_rows()
    checked("the first row opened")
    person.go(place, item)
    person.type_keys()
    checked("keys")


def _open_everything_found(person: Person) -> None:
    for letter in "dhmpt":
        for hit in person.find(letter):
            if isinstance(hit.target, GoTo):
                person.desk._take(hit.target)
                person.settle()
                assert person.desk.current == hit.target.place
                assert person.refused() == [], hit.words


def _run_every_command(person: Person) -> None:
    looks = ("Switch to", "Bigger text", "Smaller text")
    for command in person.desk.commands():
        if not command.words.startswith((*LEAVING, *looks)):
            command.run()
            person.settle()
            assert person.refused() == [], command.words


def test_a_manager_goes_everywhere_without_being_refused(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, at_work: tuple[Path, dict[str, tuple[object, ...]]]
) -> None:
    file, items = at_work
    with at_the_window(qtbot, an_app(qapp, tmp_path), file, MANAGER, PASSPHRASE) as person:
        assert set(person.places()) == {place.key for place in existing()} - {"concerns"}
        for place in person.places():
            for item in (None, *items.get(place, ())):
                person.go(place, item)
                person.open_first_rows()
                assert person.refused() == [], f"{place} {item}"


def test_the_door_held_to_one_activity_is_never_refused(
    qtbot: QtBot,
    qapp: QApplication,
    tmp_path: Path,
    at_work: tuple[Path, dict[str, tuple[object, ...]]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file, items = at_work
    no_choosing_of_files(monkeypatch)
    with at_the_window(qtbot, an_app(qapp, tmp_path), file, "Kemi Adeyemi") as person:
        held = person.club.apart()
        held.actor = replace(held.actor, activity=items["programme"][0])  # type: ignore[arg-type] # its id
        door = RegisterMode(person.desk._session, held, items["programme"][0])  # type: ignore[arg-type] # its id
        qtbot.addWidget(door)
        door.show()
        for _turn in range(2):
            for name in [each.accessibleName() for each in door.findChildren(QAbstractButton) if each.isVisible()]:
                for each in door.findChildren(QAbstractButton):
                    if each.accessibleName() == name and each.isVisible() and each.isEnabled() and name != "Lock":
                        each.click()
                        qtbot.waitUntil(lambda: not door.jobs._open, timeout=20_000)
                        QApplication.processEvents()
                        break
                assert person.refused() == [], name
        door.end()
        door.jobs.wait_until_done()


def test_who_works_on_the_day_reads_how_things_stand_and_is_sent_nowhere_else(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, at_work: tuple[Path, dict[str, tuple[object, ...]]]
) -> None:
    file, items = at_work
    with at_the_window(qtbot, an_app(qapp, tmp_path), file, "Kemi Adeyemi") as person:
        assert "Take the register: Thursday club" in person.names()
        assert "Thursday club: take the register" in person.names()
        assert "Pantomime" in person.words()
        assert not [name for name in person.names() if name.startswith(("Print", "Open", "Done"))]
        person.go("children", items["children"][0])
        assert person.names() == ["Back"]
        assert "Nuts" in person.words()
        assert "bluebell" not in person.words()
        assert "A note of the office" not in person.words()
        assert "Caring and referral" not in person.words()
        assert "History" not in person.words()
        person.go("team", items["team"][0])
        assert person.names() == ["Back"]
        assert "07700 900123" in person.words()
        assert "DBS" not in person.words()
        person.go("settings")
        assert not [name for name in person.names() if name.startswith(("Edit", "Restore", "Choose", "Change the"))]
        assert "A manager can change this." in person.words()
        said = [command.words for command in person.desk.commands()]
        assert "New child" not in said
        assert "Print" not in said
        assert "Key in a paper register" in said


def test_who_safeguards_alone_reads_the_plans_and_changes_nothing(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, at_work: tuple[Path, dict[str, tuple[object, ...]]]
) -> None:
    file, items = at_work
    with at_the_window(qtbot, an_app(qapp, tmp_path), file, "Priya Shah") as person:
        assert not [name for name in person.names() if name.startswith(("Print", "Take", "Done", "Ask", "Register"))]
        person.go("programme", items["programme"][0])
        assert set(person.names()) <= {
            "All clubs and trips",
            "Open Maryam Müller",
            "Safeguarding form: See the consents",
        }
        person.go("children", items["children"][0])
        assert set(person.names()) <= {"Back", "Show the password of Omar Müller", *_activities(person)}
        person.go("transport", items["transport"][1])
        assert not [name for name in person.names() if name.startswith(("Save", "Add", "Fill", "Give", "Change"))]
        assert "MOT ends" in person.words()


def _activities(person: Person) -> set[str]:
    return {name for name in person.names() if ": " in name}


def test_a_lead_is_told_who_can_go_ahead_anyway_and_on_the_day_rings_them(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, at_work: tuple[Path, dict[str, tuple[object, ...]]]
) -> None:
    file, items = at_work
    today, trip = items["programme"]
    with at_the_window(qtbot, an_app(qapp, tmp_path), file, "Lena Roth") as person:
        person.go("programme", trip)
        assert "Only a manager can go ahead anyway: Manager." in person.words()
        assert not [name for name in person.names() if name.startswith("Go ahead")]
        person.press("Confirm plan")
        assert "Only a manager can go ahead anyway: Manager." in person.said[-1]
        person.go("programme", today)
        person.press(next(name for name in person.names() if name.startswith("Go ahead anyway")))
        assert "Manager you phoned" in person.said[-1]
        assert person.refused() == []
