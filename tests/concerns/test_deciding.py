"""On the Concerns screen: what was kept long enough, kept longer or erased for good, by mouse and by keys."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from desktop.concerns import words
from desktop.concerns.form import ConcernForm
from desktop.widgets import theme
from desktop.widgets.form import Form
from models.concerns import queries, service
from models.privacy import erasure, holds, sealed
from models.privacy.rules import WhyErased
from tests.clubs import a_child, new_club, put
from tests.concerns.leads import LeadsClub
from tests.concerns.test_page import Screen

OLD_ENOUGH = date(2001, 12, 3)
NOTICED = {"noticed_on": date(2014, 3, 1), "told_on": date(2014, 3, 2)}


@pytest.fixture
def screen(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Screen]:
    if qapp.property("worn") != "light":
        theme.apply(qapp, dark=False)
        qapp.setProperty("worn", "light")
    made = Screen(qtbot, LeadsClub(new_club(tmp_path)))
    yield made
    made.jobs.shutdown()
    made.lead.club.close()


def grown_up(screen: Screen, born: date = OLD_ENOUGH, *, closed: bool = True) -> tuple[UUID, UUID]:
    """A child and a concern about it."""
    child = put(screen.lead.club, lambda uow: a_child(uow, "Maryam", "Müller", birth_date=born))
    made = screen.lead.write(lambda uow: service.write_down(uow, NOTICED | {"child_id": child}), "").value
    if closed:
        screen.lead.write(lambda uow: service.close(uow, made, None, date(2014, 5, 1)), "")
    return child, made


def erase_child(screen: Screen, child: UUID) -> None:
    screen.lead.club.write(lambda uow: erasure.erase_child(uow, child, WhyErased.TIME_UP, lead_asked=True), "Erased")


def panel(screen: Screen, title: str) -> Form:
    screen.qtbot.waitUntil(lambda: screen.page.panel.accessibleName() == title, timeout=10_000)
    form = screen.page.panel.form()
    assert form is not None
    screen.qtbot.waitUntil(form.isVisible, timeout=10_000)
    return form


def button(screen: Screen, name: str) -> QPushButton | None:
    found = [one for one in screen.page.findChildren(QPushButton) if one.accessibleName() == name and one.isVisible()]
    return found[0] if found else None


def press(screen: Screen, name: str) -> None:
    """With the keyboard."""
    made = button(screen, name)
    assert made is not None
    assert made.focusPolicy() & Qt.FocusPolicy.TabFocus
    made.setFocus()
    screen.qtbot.keyClick(made, Qt.Key.Key_Space)


def kept_backups(screen: Screen, *made: datetime) -> None:
    """A keeper whose folder holds these backups."""
    standing = SimpleNamespace(place=SimpleNamespace(there=True), made=[SimpleNamespace(made_at=at) for at in made])
    keeper: Any = SimpleNamespace(off=False, standing=standing, back_up=lambda done, _failed: done(None))
    screen.page.take_keeper(keeper)


def test_nothing_is_said_where_nothing_waits(screen: Screen) -> None:
    grown_up(screen, date(2019, 3, 14))
    screen.show()
    assert not screen.page.waits.isVisible()
    assert button(screen, "To decide, 0") is None
    assert screen.cells()[0][-1] == "Closed"
    screen.page.open_item(screen.page.table.rows()[0].id)
    screen.form()
    assert button(screen, "Decide") is None


def test_what_waits_is_listed_and_erased_by_mouse(screen: Screen) -> None:
    _, concern = grown_up(screen)
    grown_up(screen, date(2019, 3, 14))
    kept_backups(screen, screen.lead.clock.now())
    screen.show()
    assert words.waits(1) in screen.words()
    screen.click("To decide, 1")
    assert [cells[-1] for cells in screen.cells()] == ["To decide"]
    screen.page.open_item(concern)
    assert "Kept long enough since 3 Dec 2026" in (screen.form(), screen.words())[1]
    screen.click("Decide")
    panel(screen, "Does this stay?")
    assert "75 years" in screen.words()
    screen.click("Erase it for good")
    panel(screen, "Erase this concern")
    assert "This cannot be undone" in screen.words()
    assert "The last of them goes by 4 Dec 2027 at the latest" in screen.words()
    assert len(screen.lead.read(queries.concerns)) == 2
    screen.click("Erase for good")
    screen.qtbot.waitUntil(lambda: screen.said == [words.ERASED_NOW], timeout=10_000)
    assert concern not in [row.id for row in screen.lead.read(queries.concerns)]
    assert not screen.page.panel.shown
    screen.qtbot.waitUntil(lambda: not screen.page.waits.isVisible(), timeout=10_000)
    assert [cells[-1] for cells in screen.cells()] == ["Closed"], "the other one is shown again"
    assert "still hold this concern" in screen.page.banner.words()
    screen.click("Back up now")
    assert screen.said[-1] == "Backed up, without the concern."


def test_one_of_an_erased_child_is_erased_by_keys(screen: Screen) -> None:
    child, concern = grown_up(screen, date(2019, 3, 14))
    screen.show()
    erase_child(screen, child)
    screen.page.refresh()
    screen.qtbot.waitUntil(lambda: screen.cells()[0][-1] == "To decide", timeout=10_000)
    assert screen.cells()[0][0] == words.GONE
    screen.page.table.select(concern)
    screen.qtbot.keyClick(screen.page.table.view, Qt.Key.Key_Return)
    screen.form()
    assert "The child’s record was erased on 3 Dec 2026." in screen.words()
    press(screen, "Decide")
    panel(screen, "Does this stay?")
    press(screen, "Erase it for good")
    form = panel(screen, "Erase this concern")
    assert form.focusProxy() is form.back_button, "Enter pressed once too often leaves"
    assert "No backup that Breather knows of holds this concern." in screen.words()
    screen.qtbot.keyClick(form.back_button, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    screen.qtbot.waitUntil(lambda: screen.said == [words.ERASED_NOW], timeout=10_000)
    assert screen.lead.read(queries.concerns) == ()


def test_leaving_the_confirmation_erases_nothing(screen: Screen) -> None:
    _, concern = grown_up(screen)
    screen.show()
    screen.page.open_item(concern)
    screen.form()
    screen.click("Decide")
    panel(screen, "Does this stay?")
    screen.click("Erase it for good")
    form = panel(screen, "Erase this concern")
    screen.qtbot.keyClick(form, Qt.Key.Key_Escape)
    assert not screen.page.panel.shown
    assert len(screen.lead.read(queries.concerns)) == 1


def test_it_is_kept_longer_with_a_reason_and_that_can_be_changed(screen: Screen) -> None:
    _, concern = grown_up(screen)
    screen.show()
    screen.page.open_item(concern)
    screen.form()
    screen.click("Decide")
    form = panel(screen, "Does this stay?")
    screen.click("Until 1 Mar 2089")
    screen.click("Keep it longer")
    screen.qtbot.waitUntil(lambda: "no reason" in form.field("reason").error(), timeout=10_000)
    control = form.field("reason").control
    screen.qtbot.keyClicks(control, "An inquiry asked for it")
    screen.qtbot.keyClick(control, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    screen.qtbot.waitUntil(lambda: screen.said == ["Kept a concern longer."], timeout=10_000)
    assert screen.lead.read(sealed.to_decide) == {}
    screen.qtbot.waitUntil(lambda: screen.cells()[0][-1] == "Closed", timeout=10_000)
    screen.page.open_item(concern)
    screen.form()
    assert "Kept until 1 Mar 2089: An inquiry asked for it" in screen.words()
    screen.click("Change this")
    panel(screen, "Does this stay?")
    assert button(screen, "Erase it for good") is None


@pytest.mark.parametrize("held", [True, False])
def test_under_a_legal_hold_or_while_open_it_can_only_be_kept(screen: Screen, held: bool) -> None:
    child, concern = grown_up(screen, closed=held)
    if held:
        put(screen.lead.club, lambda uow: holds.place_hold(uow, child, "A claim about a fall"))
    else:
        erase_child(screen, child)
    screen.show()
    screen.page.open_item(concern)
    screen.form()
    screen.click("Decide")
    panel(screen, "Does this stay?")
    assert (words.HELD if held else words.STILL_OPEN) in screen.words()
    assert button(screen, "Erase it for good") is None
    assert button(screen, "Keep it longer") is not None


def test_what_was_typed_elsewhere_is_not_lost_by_deciding(screen: Screen) -> None:
    _, concern = grown_up(screen)
    screen.show()
    screen.page.open_item(concern)
    screen.type_in("reference", "LADO 12")
    screen.click("Decide")
    assert isinstance(screen.page.panel.content(), ConcernForm)
