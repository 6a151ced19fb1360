"""Team: who is on it, how their checks stand, whether they count; changed by mouse and by keys."""

from datetime import date
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from models.bootstrap import UnitOfWork
from models.team import queries as team
from models.team import service
from models.team.queries import AdultRow
from tests.clubs import SATURDAY, a_driver, a_duty, an_activity, an_adult
from tests.people.screen import Screen


def adult(screen: Screen, adult_id: UUID) -> AdultRow:
    return screen.read(lambda uow: team.adult(uow, adult_id))


def names(screen: Screen) -> list[str]:
    return [row.adult.name for row in screen.page.list.table.rows()]


def cell(screen: Screen, header: str, line: int = 0) -> tuple[str, str]:
    """What a cell says, and its state."""
    column = next(each for each in screen.page.list.table.model.columns if each.header == header)
    row = screen.page.list.table.rows()[line]
    state = column.state(row) if column.state else None
    return column.text(row), str(state or "")


def test_an_adult_is_added_and_cleared_by_keys(screen: Screen) -> None:
    screen.page.show()
    screen.until(lambda: "Nobody on the team yet" in screen.words() and screen.page.isActiveWindow())
    screen.button("New adult").setFocus()
    screen.press(Qt.Key.Key_Space)
    screen.until(lambda: screen.page.actions_of.panel.shown)
    screen.type("Name", "Shreya Şahin")
    screen.type("Role", "Sessional worker")
    screen.type("Date of birth", "10.5.96")
    screen.save()
    screen.until(lambda: screen.page.title() == "Shreya Şahin")
    (made,) = screen.read(team.adults)
    assert (made.birth_date, made.cleared_on, made.paid) == (date(1996, 5, 10), None, False)
    screen.button("Counts: Clear to count").setFocus()
    screen.press(Qt.Key.Key_Space)
    screen.until(lambda: adult(screen, made.id).cleared_on == date(2026, 12, 3))
    screen.click("Counts: Take clearance back")
    screen.until(lambda: adult(screen, made.id).cleared_on is None and len(screen.said) == 3)
    assert screen.said == [
        "Shreya Şahin is on the team. Add the checks next.",
        "Shreya counts from today.",
        "Shreya no longer counts.",
    ]


def test_the_list_says_how_the_checks_stand(screen: Screen) -> None:
    screen.build(lambda uow: an_adult(uow, first_aid_expires=date(2026, 12, 12), safeguarding_trained=date(2023, 1, 1)))
    bell = screen.build(lambda uow: a_driver(uow, licence_checked=date(2026, 3, 1), first_aid_expires=None))
    club = screen.build(an_activity)
    screen.build(lambda uow: a_duty(uow, club, bell))
    screen.page.show()
    screen.until(lambda: names(screen) == ["Denise Okafor", "Marcus Bell"])
    assert cell(screen, "DBS") == ("Jan 2028", "ok")
    assert cell(screen, "First aid") == ("Dec 2026", "warn")
    assert cell(screen, "Safeguarding") == ("Due Jan 2026", "bad")
    assert cell(screen, "Driving") == ("", "")
    assert cell(screen, "Driving", 1) == ("Due Sep 2026", "bad")
    assert cell(screen, "First aid", 1) == ("None", "neutral")
    assert cell(screen, "Next", 1) == ("Sat 5 Dec", "")
    assert cell(screen, "Role", 1)[0] == "Driver, volunteer"
    screen.click("Drivers, 1")
    assert names(screen) == ["Marcus Bell"]


def test_somebody_of_17_cannot_be_counted_yet(screen: Screen) -> None:
    bethan = screen.build(lambda uow: an_adult(uow, "Bethan Rees", birth_date=date(2009, 6, 1), cleared_on=None))
    screen.open(bethan)
    assert "17: cannot be counted yet" in screen.words()
    assert "Counts: Clear to count" not in screen.buttons()


@pytest.mark.parametrize(
    ("words", "typed", "said"),
    [
        ("DBS issued on", "2024-13-45", "is not a day in the calendar"),
        ("DBS issued on", "yesterday", "is not a date; write it like 05/12/2026"),
        ("DBS issued on", "1/1/2027", "is in the future"),
        ("DBS level", "y" * 300, "too long. Use 80 letters at most"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(screen: Screen, words: str, typed: str, said: str) -> None:
    denise = screen.build(an_adult)
    screen.open(denise)
    screen.click("Edit checks")
    screen.type(words, typed)
    screen.save()
    form = screen.page.actions_of.panel.form()
    screen.until(lambda: said in form.field("dbs_issued").error() + form.field("dbs_level").error())
    assert screen.field(words).text() in (typed, "01/01/2027")
    assert adult(screen, denise).dbs_issued == date(2025, 1, 6)


def test_driving_papers_are_kept(screen: Screen) -> None:
    denise = screen.build(an_adult)
    screen.open(denise)
    assert "Does not drive for the club" in screen.words()
    screen.click("Edit driving")
    screen.type("Licence", "B since 2012")
    screen.type("MiDAS certificate ends on", "1 May 2027")
    screen.save()
    screen.until(lambda: "Until 1 May 2027" in screen.words())
    assert adult(screen, denise).licence == "B since 2012"
    assert "Not checked with the DVLA yet" in screen.words()


def test_what_another_wrote_is_taken_and_what_was_typed_is_kept(screen: Screen) -> None:
    denise = screen.build(an_adult)
    screen.open(denise)
    screen.click("Edit details")
    screen.type("Mobile", "07700 900999")
    screen.build(lambda uow: service.edit_adult(uow, denise, None, {"role": "Lead worker"}))
    screen.save()
    screen.until(lambda: "Somebody else changed this" in screen.words())
    assert (screen.field("Mobile").text(), screen.field("Role").text()) == ("07700 900999", "Lead worker")
    screen.save()
    screen.until(lambda: adult(screen, denise).mobile == "07700 900999")
    assert adult(screen, denise).role == "Lead worker"


def test_somebody_leaves_on_a_day_and_comes_back(screen: Screen) -> None:
    denise = screen.build(an_adult)
    screen.open(denise)
    screen.click("Leaves the team")
    screen.type("Leaves on", "1/12/2026")
    screen.save()
    screen.until(lambda: "Left the team on 1 Dec 2026." in screen.words())
    screen.press(Qt.Key.Key_Escape)
    screen.until(lambda: "There is nobody here." in screen.words())
    screen.click("Left, 1")
    screen.page.open_item(denise)
    screen.click("Is back on the team")
    screen.until(lambda: adult(screen, denise).left_on is None)
    screen.until(lambda: "Leaves the team" in screen.buttons())


def test_a_duty_leads_to_the_programme_and_history_says_what_changed(screen: Screen) -> None:
    denise = screen.build(an_adult)
    club = screen.build(lambda uow: an_activity(uow, "December club", SATURDAY))
    screen.build(lambda uow: a_duty(uow, club, denise))
    screen.build(lambda uow: service.edit_adult(uow, denise, None, {"role": "Lead worker"}))
    screen.open(denise)
    assert "Role: Sessional worker → Lead worker" in screen.words()
    screen.click("5 Dec 2026 · December club: Confirmed as worker")
    assert screen.gone == [("programme", club)]


def test_names_are_shown_as_typed_and_500_stay_quick_to_find(screen: Screen) -> None:
    def many(uow: UnitOfWork) -> UUID:
        for at in range(500):
            an_adult(uow, f"Adult{at:03} Osei")
        return an_adult(uow, "<i>Zoë</i> & Sons")

    odd = screen.build(many)
    screen.page.show()
    screen.until(lambda: len(names(screen)) == 501)
    screen.press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    screen.keys(screen.page.list.find_box, "zoe")
    assert names(screen) == ["<i>Zoë</i> & Sons"]
    screen.qtbot.keyClick(screen.page.list.find_box, Qt.Key.Key_Return)
    screen.until(lambda: screen.page.title() == "<i>Zoë</i> & Sons")
    assert adult(screen, odd).name == screen.page.title()
    texts = [each for each in screen.page.findChildren(QLabel) if "<i>" in each.text()]
    assert all(each.textFormat() == Qt.TextFormat.PlainText for each in texts)
