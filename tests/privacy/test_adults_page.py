"""Adults who left, on the Privacy screen: due, kept longer for an allegation, looked at and erased; mouse and keys."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox
from pytestqt.qtbot import QtBot

from desktop.privacy.page import DUE, ERASED
from desktop.team.page import TeamPage
from desktop.widgets import allowed
from models.access.rules import Role, permissions_of
from models.bootstrap import UnitOfWork
from models.privacy import erasure
from models.privacy.adults import who_left
from models.privacy.rules import Keep
from tests.clubs import a_child, a_duty, an_activity, an_adult
from tests.faults.canaries import dumped, found_in
from tests.people.screen import Screen


def zuleikha(uow: UnitOfWork, **values: Any) -> UUID:
    said = {"left_on": date(2020, 7, 18), "birth_date": date(1985, 6, 1), "mobile": "07700 911911"} | values
    adult = an_adult(uow, "Zuleikha Quartermain", **said)
    a_duty(uow, an_activity(uow, "Old club", date(2020, 7, 11)), adult)
    a_child(uow, notes="Zuleikha fetched her.")
    return adult


def who(uow: UnitOfWork) -> UUID:
    """The one adult who left."""
    return who_left(uow)[0][0]


def to_the_review(screen: Screen) -> None:
    screen.page.show()
    screen.until(lambda: screen.page.picture is not None)
    screen.page.chips.button_of(DUE).click()
    screen.until(lambda: screen.page.lists[DUE].rows())
    screen.page.lists[DUE].setFocus()
    screen.press(Qt.Key.Key_Down)
    screen.press(Qt.Key.Key_Return)
    screen.until(lambda: "Look at what would go" in screen.buttons())


def test_an_adult_who_left_is_erased_from_the_review_by_keys(screen: Screen) -> None:
    screen.build(zuleikha)
    to_the_review(screen)
    assert "The adult has left: 18 Jul 2020" in screen.words()
    assert "DBS check go six years after" in screen.words()
    screen.button("Look at what would go").setFocus()
    screen.press(Qt.Key.Key_Space)
    screen.until(lambda: "What stays" in screen.words())
    assert screen.page.title() == "Erase the record of Zuleikha Quartermain"
    assert "One row called “Erased adult”" in screen.words()
    assert "Take them out of your spreadsheets too" in screen.words()
    box = screen.page.erasing.lead.findChild(QCheckBox)
    box.setFocus()
    screen.press(Qt.Key.Key_Space)
    screen.button("Erase for good").setFocus()
    screen.press(Qt.Key.Key_Space)
    screen.until(lambda: "The record is erased." in screen.said)
    screen.until(lambda: len(screen.page.lists[ERASED].rows()) == 1)
    assert [(one.adult, one.why) for one in screen.read(erasure.erasures)] == [(True, "it was kept long enough")]
    assert found_in(dumped(screen.club), ["Zuleikha", "Quartermain", "07700 911911"]) == []


def test_an_allegation_is_kept_with_two_presses_and_a_reason(screen: Screen) -> None:
    screen.build(zuleikha)
    to_the_review(screen)
    assert "kept until normal retirement age or for ten years" in screen.words()
    screen.click("Until 1 Jun 2052")
    screen.type("Why it is still needed", "LADO knows, reference 12")
    screen.save()
    screen.until(lambda: not screen.page.lists[DUE].rows())
    screen.page.open_item(("adult", screen.read(who)))
    screen.until(lambda: "This cannot be done now" in screen.words())
    assert "To be kept until 1 Jun 2052" in screen.words()
    assert "Erase for good" not in screen.buttons()


def test_an_adult_who_left_lately_is_chosen_and_refused_with_the_reason(screen: Screen) -> None:
    screen.build(lambda uow: zuleikha(uow, left_on=date(2026, 11, 1)))
    day = date(2026, 10, 3)
    adult = screen.read(who)
    screen.build(lambda uow: a_duty(uow, an_activity(uow, "October club", day), adult))
    screen.page.show()
    screen.until(lambda: screen.page.picture is not None)
    screen.click("Choose a child")
    screen.click("Choose an adult who left")
    screen.until(lambda: screen.field("Adult who left"))
    screen.type("Adult who left", "Zuleikha Quartermain")
    screen.save()
    screen.until(lambda: "This cannot be done now" in screen.words())
    assert "looked after children at October club, 3 Oct 2026" in screen.words()
    assert "as long as the register: until 3 Oct 2029" in screen.words()
    screen.press(Qt.Key.Key_Escape)
    screen.until(lambda: "Choose a child" in screen.buttons())


def test_a_lead_finds_no_adult_to_erase(screen: Screen) -> None:
    screen.build(zuleikha)
    screen.club.actor = replace(screen.club.actor, permissions=permissions_of(Role.LEAD))
    screen.page.show()
    screen.until(lambda: screen.page.picture is not None)
    screen.click("Choose a child")
    screen.until(lambda: screen.page.errands.panel.shown)
    assert "Choose an adult who left" not in screen.buttons()


@pytest.mark.parametrize("role", [Role.MANAGER, Role.LEAD])
def test_the_page_of_an_adult_who_left_leads_here_for_managers(qtbot: QtBot, tmp_path: Path, role: Role) -> None:
    team = Screen(qtbot, tmp_path, TeamPage)
    adult = team.build(zuleikha)
    team.club.actor = replace(team.club.actor, permissions=permissions_of(role))
    allowed.tell(team.page, team.club.actor.permissions, ["privacy"])
    team.open(adult)
    team.until(lambda: "Is back on the team" in team.buttons())
    if role is Role.MANAGER:
        team.click("Privacy")
        assert team.gone == [("privacy", ("adult", adult))]
    else:
        assert "Privacy" not in team.buttons()
    team.close()


def test_how_long_adults_are_kept_is_shown_with_the_basis(screen: Screen) -> None:
    screen.page.show()
    screen.until(lambda: screen.page.picture is not None)
    rows = {row.kind: row for row in screen.page.picture.spans}
    assert rows[Keep.ADULTS].months == 72
    assert "a copy of the certificate is never kept" in rows[Keep.ADULTS].basis
    assert set(rows) == set(Keep)
