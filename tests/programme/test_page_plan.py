"""Plans on the screen: made, moved, cancelled, confirmed, seen by month and by list."""

from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QPushButton

from desktop.programme.form import NEW_VENUE, ActivityForm, CancelForm, MoveForm
from desktop.programme.page import ProgrammePage
from desktop.widgets.dialog import ErrorBox, ReasonDialog
from desktop.widgets.meanwhile import Meanwhile
from models.access.rules import Permission
from models.bootstrap import UnitOfWork
from models.programme import queries as programme
from models.programme.rules import ActivityKind, ActivityStatus, BookingStatus, DutyRole, DutyStatus
from models.programme.service import add_term
from models.readiness import service
from models.readiness.guard import Anyway
from tests.clubs import SATURDAY, a_venue, an_activity, an_adult, put
from tests.programme.screen import Screen

NEXT_WEEK = SATURDAY + timedelta(days=7)


def a_form(screen: Screen, kind: type[Any]) -> Any:
    screen.until(lambda: isinstance(screen.page.panel.content(), kind))
    return screen.page.panel.content()


def test_a_new_club_is_typed_saved_and_opened_with_its_lead_asked(screen: Screen) -> None:
    lead = screen.build(lambda uow: an_adult(uow, "Denise Okafor"))
    screen.show()
    screen.click("New club")
    form = a_form(screen, ActivityForm)
    screen.qtbot.keyClicks(form.field("title").line, "January club")
    screen.qtbot.keyClicks(form.field("day").line, "2/1/2027")
    screen.type_name(form.field("lead_id"), "Denise Okafor", then=None)
    form.venue.box.setCurrentIndex(form.venue.box.findText("A new venue…"))
    assert form.new_venue.isVisible()
    screen.qtbot.keyClicks(form.new_venue.line, "Quay Hall")
    screen.qtbot.mouseClick(form.save_button, Qt.MouseButton.LeftButton)
    screen.until(lambda: screen.page.title() == "January club")
    row = screen.read(lambda uow: programme.find_activity(uow, date(2027, 1, 2)))
    assert (row.kind, row.status, row.starts, row.venue_name) == (
        ActivityKind.CLUB, ActivityStatus.DRAFT, time(10), "Quay Hall",
    )  # fmt: skip
    duties = screen.read(lambda uow: programme.duties(uow, row.id))
    assert [(one.adult_id, one.role, one.status) for one in duties] == [(lead, DutyRole.LEAD, DutyStatus.ASKED)]
    screen.until(lambda: screen.said == ["Added a club: January club."])


def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(screen: Screen) -> None:
    screen.show()
    screen.click("New trip")
    form = a_form(screen, ActivityForm)
    assert form.field("by_minibus").value() is True
    form.set_values({"title": "Museum", "day": NEXT_WEEK, "starts": time(14), "ends": time(10)})
    screen.press(form.field("title").line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    screen.until(lambda: "It would end before it starts." in form.field("ends").error())
    assert form.field("title").value() == "Museum"
    form.field("ends").set_value(time(16))
    form.venue.set_value(NEW_VENUE)
    form.save()
    screen.until(lambda: "The name of the venue is missing." in form.new_venue.error())
    assert screen.read(programme.activities) == ()


def test_the_form_tells_of_a_bank_holiday_weekend_and_of_half_term(screen: Screen) -> None:
    term = {"name": "Spring 2027", "starts": date(2027, 1, 4), "ends": date(2027, 3, 25)}
    half = {"half_starts": date(2027, 2, 15), "half_ends": date(2027, 2, 19)}
    screen.build(lambda uow: add_term(uow, term | half))
    screen.show()
    screen.click("New club")
    form = a_form(screen, ActivityForm)
    screen.qtbot.keyClicks(form.field("day").line, "27/3/2027")
    screen.until(lambda: "This is Easter Saturday." in form.hints.words())
    form.field("day").line.clear()
    screen.qtbot.keyClicks(form.field("day").line, "13/2/2027")
    screen.until(lambda: "Half-term starts on Mon 15 Feb." in form.hints.words())


def test_moving_by_keys_by_mouse_and_by_the_form_ends_in_the_same_row(screen: Screen) -> None:
    clubs = [screen.build(lambda uow, at=at: an_activity(uow, f"Club {at}", SATURDAY)) for at in range(3)]
    screen.show()
    days = screen.page.overview.month.days
    screen.until(lambda: len(days.items_on(SATURDAY)) == 3)
    days.setFocus()
    # Thursday the 3rd, two days on; the first club is picked up and carried a week down.
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_M, Qt.Key.Key_Down, Qt.Key.Key_Return):
        screen.press(days, key)
    screen.until(lambda: len(days.items_on(NEXT_WEEK)) == 1)
    drag(screen, clubs[1])
    screen.until(lambda: len(days.items_on(NEXT_WEEK)) == 2)
    screen.open(clubs[2])
    screen.click("Move")
    form = a_form(screen, MoveForm)
    form.field("day").line.clear()
    screen.qtbot.keyClicks(form.field("day").line, "12/12/2026")
    screen.qtbot.mouseClick(form.save_button, Qt.MouseButton.LeftButton)
    screen.until(lambda: screen.activity(clubs[2]).day == NEXT_WEEK)
    rows = [screen.activity(club) for club in clubs]
    assert {(row.day, row.starts, row.ends, row.version) for row in rows} == {(NEXT_WEEK, time(10), time(14), 2)}


def drag(screen: Screen, club: UUID) -> None:
    days = screen.page.overview.month.days
    item = next(one for one in days.items_on(SATURDAY) if one.id == club)
    start, end = days.item_rect(item).center(), days.cell(NEXT_WEEK).center()
    screen.qtbot.mousePress(days, Qt.MouseButton.LeftButton, pos=start)
    screen.qtbot.mouseMove(days, start + QPoint(0, 30))
    screen.qtbot.mouseMove(days, end)
    screen.qtbot.mouseRelease(days, Qt.MouseButton.LeftButton, pos=end)


def test_a_move_to_a_bank_holiday_weekend_says_so(screen: Screen) -> None:
    screen.build(lambda uow: an_activity(uow))
    screen.show()
    days = screen.page.overview.month.days
    screen.until(lambda: days.items_on(SATURDAY))
    days.setFocus()
    # Down past Christmas, which is a Friday, and put down on Boxing Day.
    down = [Qt.Key.Key_Down] * 3
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_M, *down, Qt.Key.Key_Return):
        screen.press(days, key)
    screen.until(lambda: screen.said)
    said = "Moved December club to Sat 26 Dec. This is a bank-holiday weekend: Fri 25 Dec is Christmas Day."
    screen.until(lambda: screen.said == [said])


def test_escape_puts_a_carried_club_back(screen: Screen) -> None:
    club = screen.build(lambda uow: an_activity(uow))
    screen.show()
    days = screen.page.overview.month.days
    screen.until(lambda: days.items_on(SATURDAY))
    days.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_M, Qt.Key.Key_Down):
        screen.press(days, key)
    assert days.carrying()
    screen.press(days, Qt.Key.Key_Escape)
    assert not days.carrying()
    assert screen.activity(club).day == SATURDAY


def test_a_move_that_cannot_be_made_is_said_and_the_month_shows_what_is_so(
    screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    club = screen.build(lambda uow: an_activity(uow))
    screen.build(lambda uow: an_activity(uow, day=NEXT_WEEK))
    boxes: list[str] = []
    monkeypatch.setattr(ErrorBox, "exec", lambda box: boxes.append(box.what))
    screen.show()
    days = screen.page.overview.month.days
    screen.until(lambda: days.items_on(SATURDAY))
    drag(screen, club)
    screen.until(lambda: boxes)
    assert boxes == ["There is already “December club” on Sat 12 Dec."]
    screen.until(lambda: len(days.items_on(SATURDAY)) == 1)


def test_a_club_is_cancelled_with_a_reason_and_made_a_draft_again(screen: Screen) -> None:
    club = screen.a_club(3)
    screen.open(club)
    screen.click("Cancel club")
    form = a_form(screen, CancelForm)
    screen.qtbot.mouseClick(form.save_button, Qt.MouseButton.LeftButton)
    screen.until(lambda: "The reason is missing." in form.field("cancelled_why").error())
    screen.qtbot.keyClicks(form.field("cancelled_why").box, "The hall is flooded")
    screen.press(form.field("cancelled_why").box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    screen.until(lambda: "Cancelled: The hall is flooded." in screen.words())
    assert "Can it run?" not in screen.words()
    assert screen.buttons("Ring-round")
    assert screen.activity(club).booked == 3
    screen.click("Back to draft")
    screen.until(lambda: screen.activity(club).status is ActivityStatus.DRAFT)


def test_a_ready_plan_is_confirmed_with_the_one_primary_button(screen: Screen) -> None:
    club = screen.a_club(12)
    screen.open(club)
    assert screen.buttons("Confirm plan")[0].property("kind") == "primary"
    screen.click("Confirm plan")
    screen.until(lambda: screen.activity(club).status is ActivityStatus.CONFIRMED)
    screen.until(lambda: screen.buttons("Back to draft"))


def test_enter_in_the_list_opens_and_escape_comes_back_to_it(screen: Screen) -> None:
    screen.a_club(2)
    screen.show()
    screen.click("List")
    table = screen.page.overview.table
    screen.until(lambda: table.rows())
    table.select(table.rows()[0].activity.id)
    screen.press(table.view, Qt.Key.Key_Return)
    screen.until(lambda: screen.page.view.isVisible() and screen.buttons("All clubs and trips"))
    back = screen.buttons("All clubs and trips")[0]
    screen.until(back.hasFocus)
    screen.press(back, Qt.Key.Key_Escape)
    screen.until(lambda: screen.page.overview.isVisible())
    assert screen.page.title() == "Programme"


def test_the_list_shows_what_is_to_come_past_or_all_and_is_remembered(screen: Screen) -> None:
    screen.build(lambda uow: an_activity(uow, "November club", date(2026, 11, 7)))
    screen.build(lambda uow: an_activity(uow, "January club", date(2027, 1, 2)))
    screen.show()
    screen.click("List")
    titles = lambda: [row.activity.title for row in screen.page.overview.table.rows()]  # noqa: E731 - read again and again
    screen.until(lambda: titles() == ["January club"])
    screen.click("Past")
    assert titles() == ["November club"]
    screen.click("All")
    assert titles() == ["November club", "January club"]
    again = ProgrammePage(screen.jobs, screen.club.clock)
    screen.qtbot.addWidget(again)
    assert again.overview.view() == "list"


def test_paper_and_other_screens_are_asked_for_with_the_activity(screen: Screen) -> None:
    trip = screen.build(lambda uow: an_activity(uow, "Panto", kind=ActivityKind.TRIP, by_minibus=True))
    screen.open(trip)
    screen.click("Ring-round")
    screen.click("Register")
    menu = screen.buttons("Print")[0].menu()
    assert isinstance(menu, QMenu)
    words = {action.text(): action for action in menu.actions()}
    assert list(words) == ["Consent pack", "Trip pack", "Register", "Contacts", "Bus list"]
    words["Bus list"].trigger()
    screen.click("Seats: Plan the journeys")
    assert screen.gone == [
        ("ringround", trip), ("register", trip), ("print", ("manifest", trip)), ("transport", trip),
    ]  # fmt: skip


# --- adults ---


def test_a_fix_asks_the_adult_in_one_click_and_then_notes_the_yes(screen: Screen) -> None:
    club = screen.a_club(13)
    screen.build(lambda uow: an_adult(uow, "Pauline Gray", usual_days="Saturdays"))
    screen.open(club)
    screen.click("Ratio 1:4: Ask Pauline")
    screen.click("Ratio 1:4: Pauline said yes")
    screen.until(lambda: "Ready" in screen.words() and screen.activity(club).confirmed_adults == 4)
    screen.until(lambda: screen.said and screen.said[0] == "Pauline Gray is noted as asked for December club.")


def test_taking_an_adult_off_a_confirmed_plan_is_refused_with_the_reason(
    screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    club = screen.a_club(12, ActivityStatus.CONFIRMED)
    screen.open(club)
    titles: list[str] = []

    def no(dialog: ReasonDialog) -> int:
        titles.append(dialog.accessibleName())
        return 0

    monkeypatch.setattr(ReasonDialog, "exec", no)
    screen.click("Remove Shreya Raman")
    screen.until(lambda: len(titles) == 1)
    screen.click("Marcus Hollis: cannot come")
    screen.until(lambda: len(titles) == 2)
    assert screen.activity(club).confirmed_adults == 3
    assert screen.buttons("Marcus Hollis: said yes")[0].isChecked()


def test_an_adult_typed_is_asked_and_one_to_one_goes_to_one_child(screen: Screen) -> None:
    club = screen.a_club(2)

    def more(uow: UnitOfWork) -> UUID:
        from tests.clubs import a_booking

        an_adult(uow, "Tom Reid")
        child = screen.child(uow, "Zuri", one_to_one=1)
        a_booking(uow, club, child)
        return child

    child = screen.build(more)
    screen.open(club)
    assert "One-to-one: nobody yet" in screen.words()
    screen.type_name(screen.page.view.adults.picker, "Tom Reid")
    screen.click("Tom Reid: said yes")
    screen.until(lambda: screen.activity(club).confirmed_adults == 4)
    box = next(
        each for each in screen.page.view.adults.findChildren(type(_any_combo(screen)))
        if each.accessibleName() == "One-to-one child of Tom Reid"
    )  # fmt: skip
    box.setFocus()
    screen.press(box, Qt.Key.Key_Down)
    screen.until(lambda: "One-to-one: Tom" in screen.words())
    duties = screen.read(lambda uow: programme.duties(uow, club))
    assert [one.one_to_one_child_id for one in duties if one.one_to_one_child_id] == [child]


def test_a_block_is_set_aside_in_a_quiet_second_place(screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    club = screen.a_club(13)
    screen.open(club)

    def give_a_reason(dialog: ReasonDialog) -> int:
        dialog.reason.set_value("Two are brothers who stay with Denise.")
        dialog.go()
        return 1

    monkeypatch.setattr(ReasonDialog, "exec", give_a_reason)
    screen.click("Go ahead anyway: Ratio 1:4")
    screen.until(lambda: "Two are brothers who stay with Denise." in screen.words())
    assert "Ready, 1 to look at" in screen.words()
    assert not screen.buttons("Go ahead anyway: Ratio 1:4")


def test_a_decision_made_by_phone_waits_for_the_managers_signature(screen: Screen) -> None:
    club = screen.a_club(13)
    phoned = Anyway("Two are brothers", "Hannah Reid")
    screen.build(lambda uow: service.go_ahead(uow, club, "ratio", phoned))
    screen.open(club)
    assert "It is still to be countersigned." in screen.words()
    screen.click("Countersign: Ratio 1:4")
    signed = "Going ahead anyway: Two are brothers (Manager, who phoned Hannah Reid)."
    screen.until(lambda: f"{signed}\n" in screen.words())
    assert "It is still to be countersigned." not in screen.words()
    assert not screen.buttons("Countersign: Ratio 1:4")


def test_a_plan_changed_meanwhile_is_told_and_what_was_typed_is_kept(screen: Screen) -> None:
    club = screen.a_club(1)
    screen.open(club)
    screen.click("Edit")
    form = a_form(screen, ActivityForm)
    screen.qtbot.keyClicks(form.field("meeting_place").line, "the front steps")
    screen.build(lambda uow: service.change_activity(uow, club, None, {"notes": "Bring cake"}))
    screen.qtbot.mouseClick(form.save_button, Qt.MouseButton.LeftButton)
    screen.until(lambda: "Somebody else changed this while it was open." in form.banner.words())
    assert form.field("notes").value() == "Bring cake"
    screen.qtbot.mouseClick(form.save_button, Qt.MouseButton.LeftButton)
    screen.until(lambda: screen.activity(club).meeting_place == "the front steps")
    assert screen.activity(club).notes == "Bring cake"  # nobody's words are written over unseen


def test_where_two_wrote_the_same_field_both_values_are_shown(screen: Screen) -> None:
    club = screen.a_club(1)
    screen.open(club)
    screen.click("Edit")
    form = a_form(screen, ActivityForm)
    screen.qtbot.keyClicks(form.field("meeting_place").line, "the front steps")
    screen.build(lambda uow: service.change_activity(uow, club, None, {"meeting_place": "the back gate"}))
    screen.qtbot.mouseClick(form.save_button, Qt.MouseButton.LeftButton)
    meanwhile = form.field("meeting_place").findChild(Meanwhile)
    screen.until(lambda: meanwhile.words() == "Saved meanwhile: the back gate")
    assert form.field("meeting_place").value() == "the front steps"
    assert screen.activity(club).meeting_place == "the back gate"
    screen.qtbot.mouseClick(meanwhile.take_button, Qt.MouseButton.LeftButton)
    assert (form.field("meeting_place").value(), meanwhile.words()) == ("the back gate", "")
    assert not form.is_dirty()


def test_a_venue_named_like_another_is_said_at_the_new_venue(screen: Screen) -> None:
    screen.build(lambda uow: a_venue(uow, "Quay Hall"))
    screen.show()
    screen.click("New club")
    form = a_form(screen, ActivityForm)
    form.set_values({"title": "January club", "day": date(2027, 1, 2), "venue_id": NEW_VENUE, "new_venue": "quay hall"})
    form.save()
    screen.until(lambda: "There is already a venue called quay hall." in form.new_venue.error())
    assert screen.read(programme.activities) == ()


def test_a_plan_that_took_place_can_be_looked_at_and_not_changed(screen: Screen) -> None:
    club = screen.a_club(2, ActivityStatus.DELIVERED, day=date(2026, 11, 7))
    screen.open(club)
    assert "Took place" in screen.words()
    assert not any(screen.buttons(name) for name in ("Edit", "Move", "Cancel club", "Remove Ada Lee", "Confirm plan"))
    assert screen.buttons("Open Ada Lee")
    assert not screen.page.view.bookings.picker.isVisible()


def test_every_control_in_sight_can_be_named_and_reached_by_keys(screen: Screen) -> None:
    screen.open(screen.a_club(11, places=11, waiting=2))
    made = [each for each in screen.page.findChildren(QPushButton) if each.isVisible()]
    assert all(each.accessibleName() for each in made)
    assert all(each.focusPolicy() & Qt.FocusPolicy.TabFocus for each in made)
    names = [each.accessibleName() for each in made]
    assert len(names) == len(set(names))


def _any_combo(screen: Screen) -> Any:
    from PySide6.QtWidgets import QComboBox

    return screen.page.view.adults.findChildren(QComboBox)[0]


def test_history_says_what_was_changed_of_the_club_and_of_who_is_on_it(screen: Screen) -> None:
    club = screen.a_club(2)
    child = screen.bookings(club, BookingStatus.BOOKED)[0]
    put(screen.club, lambda uow: service.cancel_booking(uow, child.id, child.version), "Took Ada off")
    screen.open(club)
    view = screen.page.view
    screen.until(view.past.isVisible)
    assert [row.what for row in view.history.rows()] == ["Took Ada off", "Set up"]


def test_history_tells_of_places_and_adults_in_plain_words(screen: Screen) -> None:
    club = screen.a_club(2)
    child = screen.bookings(club, BookingStatus.BOOKED)[0]
    helper = next(one for one in screen.read(lambda uow: programme.duties(uow, club)) if one.role is not DutyRole.LEAD)
    put(screen.club, lambda uow: service.cancel_booking(uow, child.id, child.version), "Took a child off")
    put(screen.club, lambda uow: service.change_duty(uow, helper.id, helper.version, {"note": "Comes late"}), "Changed")
    put(screen.club, lambda uow: service.remove_adult(uow, helper.id), "Took an adult off")
    screen.open(club)
    view = screen.page.view
    screen.until(view.past.isVisible)
    assert [row.lines for row in view.history.rows()][:3] == [
        ("Denise Okafor at December club, Sat 5 Dec (adult’s place) removed",),
        ("Denise Okafor at December club, Sat 5 Dec: note: nothing → Comes late",),
        ("Ada Lee at December club, Sat 5 Dec: place: booked → cancelled",),
    ]


def test_history_is_for_those_who_plan(screen: Screen) -> None:
    club = screen.a_club(2)
    screen.page.take_allowed([Permission.SEE_DAY], [])
    screen.open(club)
    screen.jobs.wait_for_changes()
    screen.until(lambda: not screen.jobs._open)
    assert not screen.page.view.past.isVisible()
