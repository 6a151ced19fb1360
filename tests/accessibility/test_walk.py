"""Every place with the sample club open: nothing cut short at two sizes of text, and a name is shown as typed."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QPushButton, QWidget
from pytestqt.exceptions import TimeoutError as QtTimeout
from pytestqt.qtbot import QtBot

from desktop.jobs import Jobs
from desktop.settings.preferences import LIGHT, Look
from desktop.shell.desk import Desk
from desktop.shell.places import existing
from desktop.shell.session import Session
from desktop.shell.window import MainWindow
from desktop.widgets import theme
from models.bootstrap import Club, UnitOfWork
from models.documents import service as documents
from models.intake.reading import read_files
from models.intake.service import prepare, take_in
from models.kernel.places import resources
from models.programme.rules import ActivityStatus
from tests.clubs import SATURDAY, a_booking, a_child, a_consent, an_activity, new_club
from tests.documents import paper

PLACES = [place.key for place in existing()]
ODD = (
    "<b>Zed</b>", "<img src=file:///etc/passwd>", "&amp;", "**Zed**", "O’Brien", "&Zed", "<Zed", "Zed<br>Zoe",
    "<a href='x'>Zed</a>", "A" * 30,
)  # fmt: skip
LAST = (
    "Świątek", "Nguyễn", "Yılmaz", "&lt;i&gt;", "<i>Lee</i>", "B" * 29,
)  # fmt: skip
NAMES = [f"{first} {last}" for first in ODD for last in LAST]
"""Sixty names; the longest have sixty letters."""


class Walk:
    """The window on a club."""

    def __init__(self, qtbot: QtBot, club: Club) -> None:
        self.qtbot = qtbot
        self.session = Session(club, Jobs(club, club.clock))
        self.desk = Desk(self.session, Look(LIGHT))
        self.errors: list[object] = []
        self.desk.failed.connect(self.errors.append)
        self.window = MainWindow()
        self.window.show_inside(self.desk)
        self.window.resize(1366, 768)
        with qtbot.waitExposed(self.window):
            self.window.show()

    def go(self, key: str, item: object = None) -> QWidget:
        """Goes to a place, waits until it has read what it shows, and gives its page."""
        self.desk.go(key, item)
        self.qtbot.waitUntil(lambda: not self.session.jobs._open, timeout=20_000)
        QApplication.processEvents()
        assert self.errors == []
        page = self.desk.pages.shown()
        assert page is not None
        return page

    def close(self) -> None:
        self.session.close()
        self.window.close()
        self.window.deleteLater()


def sample_club(folder: Path) -> Club:
    club = new_club(folder)
    preview = club.read(lambda uow: prepare(uow, read_files([resources() / "sample"])))
    club.write(lambda uow: take_in(uow, preview), "Brought in the sample club")
    return club


@pytest.fixture(scope="module", params=[1.0, 2.0], ids=["100%", "200%"])
def walk(
    request: pytest.FixtureRequest, qapp: QApplication, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Walk]:
    theme.apply(qapp, dark=False, scale=request.param)
    qapp.setProperty("worn", f"light {request.param}")
    made = Walk(QtBot(request), sample_club(tmp_path_factory.mktemp("walk")))
    yield made
    made.close()


@pytest.mark.parametrize("key", PLACES)
def test_no_words_are_cut_short(walk: Walk, key: str) -> None:
    walk.go(key)
    with suppress(QtTimeout):  # words that wrap find their height a turn or two after they are shown
        walk.qtbot.waitUntil(lambda: not cut_short(walk.window), timeout=2000)
    assert cut_short(walk.window) == []


def cut_short(window: QWidget) -> list[str]:
    """The words that have less room than they need, by width where they stand in one line, else by height."""
    found = []
    for label in window.findChildren(QLabel):
        if label.isVisible() and label.text() and not label.visibleRegion().isEmpty():
            room = label.contentsRect()
            if label.wordWrap():
                short = room.height() < label.heightForWidth(label.width())
            else:
                short = room.width() < label.fontMetrics().horizontalAdvance(label.text())
            if short:
                found.append(f"label “{label.text()}” has {label.width()}×{label.height()}")
    for button in window.findChildren(QPushButton):
        words = button.text().replace("&&", "&")
        if button.isVisible() and words and button.fontMetrics().horizontalAdvance(words) > button.width():
            found.append(f"button “{words}” has {button.width()}")
    return found


class Named:
    """A club of sixty odd names, all booked on one Saturday."""

    def __init__(self, folder: Path) -> None:
        self.club = new_club(folder)
        self.children: dict[str, UUID] = {}
        self.activity: UUID = self.club.write(self._make, "Set up").value

    def _make(self, uow: UnitOfWork) -> UUID:
        activity = an_activity(uow, "<u>December</u> club", SATURDAY, status=ActivityStatus.CONFIRMED, capacity=60)
        for first in ODD:
            for last in LAST:
                child = self.children[f"{first} {last}"] = a_child(uow, first, last)
                a_booking(uow, activity, child)
                a_consent(uow, child)
        return activity


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> Named:
    return Named(tmp_path_factory.mktemp("named"))


@pytest.fixture(scope="module")
def odd(request: pytest.FixtureRequest, qapp: QApplication, named: Named) -> Iterator[Walk]:
    theme.apply(qapp, dark=False)
    qapp.setProperty("worn", "light")
    made = Walk(QtBot(request), named.club)
    yield made
    made.close()


def said_by(page: QWidget) -> str:
    """Every word of a page: its labels and the cells of its lists, whether in sight or not."""
    words = [label.text() for label in page.findChildren(QLabel)]
    for view in page.findChildren(QAbstractItemView):
        model = view.model()
        if model is not None:
            cells = ((row, column) for row in range(model.rowCount()) for column in range(model.columnCount()))
            words += [str(model.index(row, column).data() or "") for row, column in cells]
    return "\n".join(words)


@pytest.mark.parametrize("key", ["children", "consents", "register", "ringround"])
def test_every_list_shows_a_name_as_typed(odd: Walk, named: Named, key: str) -> None:
    page = odd.go(key, named.activity if key in ("register", "ringround") else None)
    words = said_by(page)
    assert [name for name in NAMES if name not in words] == []


@pytest.mark.parametrize("key", PLACES)
def test_no_label_reads_a_name_as_markup(odd: Walk, key: str) -> None:
    assert rich(odd.go(key)) == []


def rich(page: QWidget) -> list[str]:
    """What is written on labels that would show markup as markup; help pages alone may, and are no labels."""
    return [
        label.text()
        for label in page.findChildren(QLabel)
        if label.text() and label.textFormat() != Qt.TextFormat.PlainText
    ]


def test_what_is_looked_for_is_found(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    one_line, wrapped = QLabel("<b>Zed</b> Walker", window), QLabel("many words " * 9, window)
    button = QPushButton("Sign in", window)
    wrapped.setWordWrap(True)
    for at, each in enumerate((one_line, wrapped, button)):
        each.setGeometry(0, 40 * at, 30, 20)
    window.show()
    assert len(cut_short(window)) == 3
    assert one_line.text() in rich(window)


@pytest.mark.parametrize("what", ["register", "contacts"])
def test_paper_shows_a_name_as_typed(named: Named, what: str) -> None:
    made = named.club.read(lambda uow: documents.make(uow, what, named.activity))
    printed = "".join("".join(paper.read(made.pdf)).split())
    assert [name for name in NAMES if "".join(name.split()) not in printed] == []
