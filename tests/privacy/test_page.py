"""Privacy: answer somebody who asks, keep or let go, place a hold, erase a child; by mouse and by keys."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox

from desktop.privacy.forms import LineForm
from desktop.privacy.page import DUE, ERASED, HOLDS, REQUESTS, SPANS
from desktop.shell.places import PLACES
from models.access.rules import Role, permissions_of
from models.bootstrap import UnitOfWork
from models.people.rules import ChildStatus
from models.privacy import erasure, holds, requests, retention, since
from models.privacy.requests import proposed_decision
from models.privacy.rules import Decision, Keep, WhyErased
from tests.clubs import a_booking, a_child, a_collector, a_contact, a_family, an_activity
from tests.people.screen import Screen


def maryam(uow: UnitOfWork) -> UUID:
    home = a_family(uow)
    a_contact(uow, home)
    child = a_child(uow, "Maryam", "Müller", home, known_as="Mar")
    a_collector(uow, child, "Omar Khan", password="bluebell")
    return child


def asked(screen: Screen, child: UUID) -> UUID:
    def change(uow: UnitOfWork) -> UUID:
        return requests.start_request(uow, child, date(2026, 12, 1), "Leyla Müller", "Mother", "Passport")

    return screen.build(change)


def decide_all(screen: Screen, request: UUID) -> None:
    for how in Decision:
        lines = screen.read(lambda uow: requests.draft(uow, request)).lines
        seen = {one.line.key: one.line.seen for one in lines if proposed_decision(one.line) is how}
        screen.build(lambda uow, seen=seen, how=how: requests.decide(uow, request, seen, how, "Somebody else"))


def test_empty_lists_say_why_and_offer_one_thing(screen: Screen) -> None:
    screen.page.show()
    screen.until(lambda: "Nobody has asked to see a record." in screen.words())
    for key, words in ((DUE, "Nothing has been kept longer"), (HOLDS, "No record is under"), (ERASED, "No record has")):
        screen.page.chips.button_of(key).click()
        screen.until(lambda words=words: words in screen.words())


def test_a_request_is_written_down_by_keys_and_opens(screen: Screen) -> None:
    screen.build(maryam)
    screen.page.show()
    screen.until(lambda: screen.page.picture is not None)
    screen.page.new_request()
    screen.until(lambda: screen.page.errands.panel.shown)
    screen.type("Child", "Maryam (Mar) Müller")
    screen.type("Who asks", "Leyla Müller")
    screen.type("How you made sure they may ask", "Saw her passport")
    screen.save()
    screen.until(lambda: screen.page.draft.isVisible())
    screen.until(lambda: "Release" in screen.buttons())
    assert "For Leyla Müller · Due 4 Jan 2027" in screen.words()
    screen.click("Release")
    screen.until(lambda: "Release the answer" in screen.buttons())
    assert "Nobody has decided about these." in screen.words()
    assert not screen.button("Release the answer").isEnabled()


def test_a_request_without_a_right_is_refused_at_the_field(screen: Screen) -> None:
    screen.build(maryam)
    screen.page.show()
    screen.until(lambda: screen.page.picture is not None)
    screen.page.new_request()
    screen.until(lambda: screen.page.errands.panel.shown)
    screen.type("Child", "Maryam (Mar) Müller")
    screen.type("Who asks", "Leyla Müller")
    screen.save()
    screen.until(lambda: screen.page.errands.panel.content().field("entitled").error())


def test_lines_are_decided_by_keys_one_after_the_other(screen: Screen) -> None:
    request = asked(screen, screen.build(maryam))
    screen.page.show()
    screen.page.open_request(request)
    screen.until(lambda: screen.page.draft.isVisible() and screen.page.isActiveWindow())
    total = screen.page.draft.draft.undecided
    screen.page.draft.table.view.setFocus()
    screen.until(lambda: screen.page.draft.table.view.hasFocus())
    screen.press(Qt.Key.Key_Down)
    screen.press(Qt.Key.Key_Return)
    screen.until(lambda: isinstance(screen.page.errands.panel.content(), LineForm))
    first = screen.page.errands.panel.content()
    screen.until(lambda: first.focusProxy().hasFocus())
    screen.press(Qt.Key.Key_G, Qt.KeyboardModifier.AltModifier)
    screen.until(lambda: screen.page.draft.draft.undecided == total - 1)
    screen.until(lambda: screen.page.errands.panel.content() is not first)
    second = screen.page.errands.panel.content()
    screen.until(lambda: second.isVisible() and second.focusProxy().hasFocus())
    screen.press(Qt.Key.Key_O, Qt.KeyboardModifier.AltModifier)
    screen.until(lambda: "Write why" in second.reason.error() and second.reason.line.hasFocus())
    screen.keys(QApplication.focusWidget(), "Not about the child")
    screen.press(Qt.Key.Key_O, Qt.KeyboardModifier.AltModifier)
    screen.until(lambda: screen.page.draft.draft.undecided == total - 2)
    left_out = [one for one in screen.page.draft.draft.lines if one.decision is Decision.LEAVE_OUT]
    assert [one.reason for one in left_out] == ["Not about the child"]


def test_words_typed_wrong_are_told_beside_them(screen: Screen) -> None:
    request = asked(screen, screen.build(maryam))
    screen.page.show()
    screen.page.open_request(request)
    screen.until(lambda: screen.page.draft.isVisible())
    rows = screen.page.draft.draft.lines
    screen.page.errands.line(next(one for one in rows if one.line.label == "school"))
    form = screen.page.errands.panel.content()
    form.words.set_value("Quayzide")
    form.reason.set_value("Where she is")
    form.buttons[Decision.BLANK].click()
    screen.until(lambda: "“Quayzide” is not in this line." in form.words.error())
    assert screen.page.draft.draft.undecided == len(rows)


def test_plain_lines_are_given_at_once_and_the_answer_is_released(screen: Screen, tmp_path: Path) -> None:
    request = asked(screen, screen.build(maryam))
    screen.page.show()
    screen.page.open_request(request)
    screen.until(lambda: screen.page.draft.isVisible())
    before = screen.page.draft.draft.undecided
    screen.qtbot.mouseClick(screen.page.draft.give_plain, Qt.MouseButton.LeftButton)
    screen.until(lambda: screen.page.draft.draft.undecided < before)
    assert not any(
        "bluebell" in one.line.text for one in screen.page.draft.draft.lines if one.decision is Decision.GIVE
    )
    decide_all(screen, request)
    screen.page.read_again()
    screen.until(lambda: screen.page.draft.draft.undecided == 0)
    screen.click("Release")
    screen.until(lambda: "Release the answer" in screen.buttons())
    assert "cannot be taken back" in screen.words()
    assert "Somebody else. Decided by Manager" in screen.words()
    assert "Not decided yet" not in screen.words()
    screen.click("Go back")
    assert screen.read(lambda uow: requests.draft(uow, request)).request.released_at is None
    screen.click("Release")
    screen.click("Release the answer")
    screen.until(lambda: screen.page.answer.isVisible())
    assert "Released" in screen.words()
    screen.until(lambda: "For Leyla Müller · Released" in screen.words())
    screen.page.answer.save_data_to(str(tmp_path / "answer.json"))
    said = json.loads((tmp_path / "answer.json").read_text("utf-8"))
    assert said["draft"] is False
    assert "bluebell" not in json.dumps(said)


def test_an_answer_that_changed_while_it_was_looked_at_is_not_released(screen: Screen) -> None:
    request = asked(screen, screen.build(maryam))
    decide_all(screen, request)
    screen.page.show()
    screen.page.open_request(request)
    screen.until(lambda: screen.page.draft.isVisible())
    screen.click("Release")
    screen.until(lambda: "Release the answer" in screen.buttons())
    one = next(each for each in screen.page.draft.draft.lines if each.decision is Decision.LEAVE_OUT)
    screen.build(lambda uow: requests.decide(uow, request, {one.line.key: one.line.seen}, Decision.GIVE))
    screen.click("Release the answer")
    screen.until(lambda: screen.errors)
    assert "has changed since you looked" in str(screen.errors.pop())
    assert screen.read(lambda uow: requests.draft(uow, request)).request.released_at is None


def test_the_pages_of_a_draft_say_so(screen: Screen) -> None:
    request = asked(screen, screen.build(maryam))
    screen.page.show()
    screen.page.open_request(request)
    screen.until(lambda: screen.page.draft.isVisible())
    screen.qtbot.mouseClick(screen.page.draft.pages_button, Qt.MouseButton.LeftButton)
    screen.until(lambda: screen.page.answer.isVisible())
    assert "This is a draft" in screen.words()
    screen.page.back()
    screen.until(lambda: screen.page.draft.isVisible())


def test_more_time_and_taking_back(screen: Screen) -> None:
    request = asked(screen, screen.build(maryam))
    screen.page.show()
    screen.page.open_request(request)
    screen.until(lambda: screen.page.draft.isVisible())
    screen.qtbot.mouseClick(screen.page.draft.more_button, Qt.MouseButton.LeftButton)
    screen.type("Why it is complex", "Many years")
    screen.save()
    screen.until(lambda: "Due 1 Mar 2027" in screen.words())
    screen.qtbot.mouseClick(screen.page.draft.more_button, Qt.MouseButton.LeftButton)
    screen.click("Take the request back")
    screen.until(lambda: "Nobody has asked to see a record." in screen.words())


def test_a_hold_is_placed_and_lifted_on_the_childs_page(screen: Screen) -> None:
    child = screen.build(maryam)
    screen.page.show()
    screen.page.open_item(child)
    screen.until(lambda: screen.page.child.isVisible())
    screen.click("Place a legal hold")
    screen.type("Why", "A claim about a fall")
    screen.save()
    screen.until(lambda: "A claim about a fall" in screen.words())
    screen.click("Look at what would go")
    screen.until(lambda: "This cannot be done now" in screen.words())
    assert "Erase for good" not in screen.buttons()
    screen.press(Qt.Key.Key_Escape)
    screen.until(lambda: screen.page.child.isVisible())
    screen.click("Lift the hold")
    screen.type("Why it can be lifted", "Settled")
    screen.save()
    screen.until(lambda: "Place a legal hold" in screen.buttons())
    assert screen.read(holds.holds) == ()


@pytest.mark.parametrize("standing", [None, SimpleNamespace(made=(), place=SimpleNamespace(there=False))])
def test_backups_that_nobody_can_look_at_are_not_said_to_be_none(screen: Screen, standing: Any) -> None:
    """The stick is not plugged in, or the list is not read yet."""
    child = screen.build(maryam)
    keeper: Any = SimpleNamespace(standing=standing, off=False)
    screen.page.take_keeper(keeper)
    screen.page.show()
    screen.page.open_item(child)
    screen.until(lambda: screen.page.child.isVisible())
    screen.click("Look at what would go")
    screen.until(lambda: "What stays" in screen.words())
    assert "The last of them goes by 4 Dec 2027 at the latest" in screen.words()
    assert "No backup that Breather knows of" not in screen.words()


def test_a_child_is_erased_once_the_lead_was_asked(screen: Screen) -> None:
    child = screen.build(maryam)
    made = SimpleNamespace(made_at=screen.club.clock.now())
    backed_up: list[bool] = []
    keeper: Any = SimpleNamespace(
        standing=SimpleNamespace(made=(made,), place=SimpleNamespace(there=True)),
        off=False,
        back_up=lambda *_: backed_up.append(True),
    )
    screen.page.take_keeper(keeper)
    screen.page.take_club(screen.club)
    older = screen.club.path.with_name("club replaced 2026-11-01 0900.breather")
    older.write_bytes(b"older")
    screen.page.show()
    screen.page.open_item(child)
    screen.until(lambda: screen.page.child.isVisible())
    screen.click("Look at what would go")
    screen.until(lambda: "What stays" in screen.words())
    assert "The last of them goes by 4 Dec 2027 at the latest" in screen.words()
    assert "club replaced 2026-11-01 0900.breather was kept when a backup was restored" in screen.words()
    screen.click("Erase for good")
    assert "Ask them first" in screen.words()
    box = screen.page.erasing.lead.findChild(QCheckBox)
    box.setFocus()
    screen.press(Qt.Key.Key_Space)
    screen.click("Erase for good")
    screen.until(lambda: "The record is erased." in screen.said)
    screen.until(lambda: "Backups made before now" in screen.words())
    screen.click("Back up now")
    assert backed_up == [True]
    screen.until(lambda: len(screen.page.lists[ERASED].rows()) == 1)
    assert len(screen.read(erasure.erasures)) == 1
    assert "Maryam" not in screen.words()


def test_what_is_due_is_kept_longer_or_opened(screen: Screen) -> None:
    child = screen.build(lambda uow: a_child(uow, status=ChildStatus.CLOSED))
    day = screen.build(lambda uow: an_activity(uow, "Long ago", date(2019, 2, 2)))
    screen.build(lambda uow: a_booking(uow, day, child, note="Zzyx"))
    screen.page.show()
    screen.until(lambda: screen.page.picture is not None)
    screen.page.chips.button_of(DUE).click()
    file = next(row for row in screen.page.lists[DUE].rows() if row.kind is Keep.CHILD_FILE)
    screen.page.errands.due(file)
    screen.click("Look at what would go")
    screen.until(lambda: screen.page.erasing.isVisible())
    assert screen.page.erasing.why.value() is WhyErased.TIME_UP, "as the list it was opened from says"
    screen.page.back(all_the_way=True)
    screen.page.errands.due(file)
    screen.type("Why it is still needed", "A claim")
    screen.save()
    screen.until(lambda: [row.kind for row in screen.page.lists[DUE].rows()] == [Keep.REGISTERS])
    screen.page.errands.due(screen.page.lists[DUE].rows()[0])
    screen.click("Erase it now")
    screen.until(lambda: not screen.page.lists[DUE].rows())


def test_several_are_kept_longer_by_keys_for_one_reason(screen: Screen) -> None:
    """Three hundred due: there at once, chosen with Shift or Ctrl+A, decided in one change."""

    def many(uow: UnitOfWork) -> None:
        home = a_family(uow)
        for number in range(300):
            a_child(uow, f"Kid{number}", "Left", home, status=ChildStatus.DECLINED, referral_date=date(2020, 1, 1))

    screen.build(many)
    screen.page.show()
    screen.until(lambda: screen.page.picture is not None)
    screen.page.chips.button_of(DUE).click()
    screen.until(lambda: len(screen.page.lists[DUE].rows()) == 300)
    assert "hold Shift or Ctrl" in screen.words()
    view = screen.page.lists[DUE].view
    view.setFocus()
    screen.press(Qt.Key.Key_Down)
    screen.press(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert "Decide about these 2" in screen.buttons()
    screen.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert "Decide about these 300" in screen.buttons()
    screen.press(Qt.Key.Key_Return)
    screen.type("Why they are still needed", "A claim")
    assert "300 records of people: look at what would go, one by one" in screen.words()
    assert not any(name.endswith(" now") for name in screen.buttons())
    screen.save()
    screen.until(lambda: "300 things kept longer." in screen.said)
    screen.until(lambda: not screen.page.lists[DUE].rows())


def test_several_old_things_are_erased_in_one_change(screen: Screen) -> None:
    child = screen.build(lambda uow: a_child(uow))
    for number in (2, 9):
        day = screen.build(lambda uow, number=number: an_activity(uow, f"Club {number}", date(2019, 2, number)))
        screen.build(lambda uow, day=day: a_booking(uow, day, child, note="Zzyx"))
    screen.page.show()
    screen.until(lambda: screen.page.picture is not None)
    screen.page.chips.button_of(DUE).click()
    screen.until(lambda: len(screen.page.lists[DUE].rows()) == 2)
    screen.page.lists[DUE].view.selectAll()
    screen.click("Decide about these 2")
    screen.click("Erase 2 now")
    screen.until(lambda: "2 things erased." in screen.said)
    screen.until(lambda: not screen.page.lists[DUE].rows())


def test_what_to_look_at_by_hand_is_told_in_plain_words(screen: Screen) -> None:
    child = screen.build(lambda uow: a_child(uow, "Mark", "Müller"))
    screen.build(lambda uow: an_activity(uow, "Saturday club", date(2026, 11, 28), notes="Mark waits at the gate"))
    screen.page.show()
    screen.page.open_item(child)
    screen.until(lambda: screen.page.child.isVisible())
    screen.click("Look at what would go")
    screen.until(lambda: "Look at these by hand" in screen.words())
    assert "The notes of Saturday club, Sat 28 Nov: “Mark waits at the gate”" in screen.words()


def test_who_is_back_after_a_restore_is_erased_again_with_one_press(screen: Screen) -> None:
    child = screen.build(maryam)
    erased = {
        "child_id": child, "erased_at": screen.club.clock.now(), "erased_by": "Hana", "why": WhyErased.ASKED,
        "rows": 1, "entries": 1, "backups_gone_by": None,
    }  # fmt: skip
    screen.build(lambda uow: since.hold_good(uow, since.Since((), (erased,))))
    screen.page.show()
    screen.until(lambda: "Mar Müller was erased, and is here again" in screen.page.banner.words())
    screen.click("Erase again")
    screen.until(lambda: "The record is erased again." in screen.said)
    screen.until(lambda: not screen.page.banner.isVisible())
    assert screen.read(since.back) == ()


def test_how_long_is_the_clubs_to_say(screen: Screen) -> None:
    screen.page.show()
    screen.until(lambda: screen.page.picture is not None)
    screen.page.chips.button_of(SPANS).click()
    row = next(row for row in screen.page.lists[SPANS].rows() if row.kind is Keep.SAFEGUARDING_FILE)
    screen.page.errands.span(row)
    screen.type("To what birthday", "30")
    screen.save()
    screen.until(lambda: "Saved." in screen.said)
    spans = screen.read(retention.spans)
    assert next(one.months for one in spans if one.kind is Keep.SAFEGUARDING_FILE) == 360


def test_a_lead_prepares_and_does_not_release_hold_or_erase(screen: Screen) -> None:
    child = screen.build(maryam)
    request = asked(screen, child)
    decide_all(screen, request)
    screen.club.actor = replace(screen.club.actor, permissions=permissions_of(Role.LEAD))
    screen.page.show()
    screen.until(lambda: screen.page.picture is not None)
    assert [key for key in (REQUESTS, DUE) if key in screen.page.chips._buttons] == [REQUESTS]
    screen.page.open_request(request)
    screen.until(lambda: screen.page.draft.isVisible())
    assert "Release" not in screen.buttons()
    screen.page.back()
    screen.page.open_item(child)
    screen.until(lambda: screen.page.child.isVisible())
    assert "Look at what would go" not in screen.buttons()
    assert "Place a legal hold" not in screen.buttons()


def test_it_is_a_place_at_the_foot_and_in_ctrl_k() -> None:
    place = next(one for one in PLACES if one.key == "privacy")
    assert place.where == "foot"
    assert place.exists()
    assert [verb.words for verb in place.verbs] == ["Somebody asks to see a record"]
