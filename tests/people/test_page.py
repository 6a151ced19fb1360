"""Children: find anybody, see all that is known of one child, and change it, by mouse and by keys."""

from datetime import date
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from models.bootstrap import UnitOfWork
from models.people import queries as people
from models.people import service
from models.people.queries import ChildDetail
from models.people.rules import ChildStatus, CollectorKind, ContactKind
from tests.clubs import SATURDAY, a_booking, a_child, a_collector, a_contact, a_family, an_activity
from tests.people.screen import Screen


def detail(screen: Screen, child_id: UUID) -> ChildDetail:
    return screen.read(lambda uow: people.child(uow, child_id))


def maryam(uow: UnitOfWork) -> UUID:
    """Maryam, called Mar, with her mother and an aunt to ring."""
    family = a_family(uow)
    a_contact(uow, family)
    a_contact(uow, family, "Aunt Zeynep", kind=ContactKind.EMERGENCY, call_order=2, phone="020 7946 0177")
    return a_child(
        uow, "Maryam", "Müller", family, known_as="Mar", gp="Quay Surgery", details_checked=date(2026, 11, 2)
    )


def names(screen: Screen) -> list[str]:
    return [row.child.full_name for row in screen.page.list.table.rows()]


def test_the_empty_list_says_why_and_offers_the_first_child(screen: Screen) -> None:
    screen.page.show()
    screen.until(lambda: "No children yet" in screen.words())
    screen.click("New child")
    screen.until(lambda: screen.page.actions_of.panel.shown)


def test_a_child_is_added_by_keys_from_names_to_the_open_view(screen: Screen) -> None:
    screen.page.show()
    screen.until(lambda: "No children yet" in screen.words() and screen.page.isActiveWindow())
    screen.button("New child").setFocus()
    screen.press(Qt.Key.Key_Space)
    screen.until(lambda: screen.page.actions_of.panel.shown)
    for words in ("Maryam", "Müller", "Mar", "14/03/2019"):
        screen.keys(QApplication.focusWidget(), words)
        screen.press(Qt.Key.Key_Tab)
    assert "7 years old" in screen.words()
    screen.type("Address", "12 Quay Street")
    screen.type("Who to ring first", "Leyla Müller")
    screen.type("Phone", "020 7946 0101")
    screen.save()
    screen.until(lambda: screen.page.view.isVisible())
    screen.until(lambda: "Maryam (Mar) Müller" in screen.words())
    found = screen.read(people.children)[0]
    made = detail(screen, found.id)
    assert (made.child.birth_date, made.family.address) == (date(2019, 3, 14), "12 Quay Street")
    assert [one.name for one in made.contacts] == ["Leyla Müller"]
    screen.until(lambda: screen.said == ["Mar Müller is added."]
)

def test_a_new_child_joins_a_family_that_is_here(screen: Screen) -> None:
    mar = screen.build(maryam)
    screen.page.show()
    screen.until(lambda: names(screen))
    screen.click("New child")
    screen.type("First name", "Ali")
    screen.type("Surname", "Müller")
    screen.type("Date of birth", "2/2/2020")
    screen.type("A family that is here already", "Mar Müller, 12 Quay Street")
    screen.until(
        lambda: "Address" not in [each.text() for each in screen.page.findChildren(QLabel) if each.isVisible()]
    )
    screen.click("Add child")
    screen.until(lambda: screen.page.view.isVisible())
    assert [name for _id, name in detail(screen, mar).siblings] == ["Ali Müller"]
    screen.click("Mar Müller")  # the link to the sister
    screen.until(lambda: "Maryam (Mar) Müller" in screen.page.title())


def test_the_same_child_twice_is_pointed_out(screen: Screen) -> None:
    screen.build(maryam)
    screen.page.show()
    screen.until(lambda: names(screen))
    screen.click("New child")
    screen.type("First name", "maryam")
    screen.type("Surname", "muller")
    screen.type("Date of birth", "14/03/2019")
    assert "is here already, with the same name and date of birth" in screen.words()


def test_allergies_are_edited_and_seen_in_the_list(screen: Screen) -> None:
    mar = screen.build(maryam)
    screen.open(mar)
    screen.click("Edit health and needs")
    screen.type("Allergies", "Peanuts - carries EpiPen")
    screen.save()
    screen.until(lambda: "EpiPen · peanuts" in screen.words())
    assert detail(screen, mar).child.allergies == "Peanuts - carries EpiPen"
    screen.press(Qt.Key.Key_Escape)
    screen.until(lambda: screen.page.list.isVisible())
    row = screen.page.list.table.current()
    assert [mark.words for mark in row.marks] == ["EpiPen · peanuts"]


@pytest.mark.parametrize(
    ("words", "typed", "said"),
    [
        ("Date of birth", "31/02/2019", "is not a day in the calendar"),
        ("Date of birth", "14/03/2029", "in the future"),
        ("First name", "x" * 300, "too long. Use 80 letters at most"),
        ("Surname", "", "The surname is empty"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(screen: Screen, words: str, typed: str, said: str) -> None:
    mar = screen.build(maryam)
    screen.open(mar)
    screen.click("Edit about")
    screen.type(words, typed)
    screen.click("Save")
    form = screen.page.actions_of.panel.form()
    screen.until(lambda: any(said in field.error() for field in form._fields.values()))
    wrong = next(field for field in form._fields.values() if field.error())
    assert wrong.words == words
    assert screen.field(words).text() == typed
    assert detail(screen, mar).child.legal_first == "Maryam"


def test_contacts_move_by_key_and_by_mouse_and_keep_the_keyboard(screen: Screen) -> None:
    mar = screen.build(maryam)
    screen.open(mar)
    screen.button("Edit Aunt Zeynep").setFocus()
    screen.press(Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    screen.until(lambda: [one.name for one in detail(screen, mar).contacts] == ["Aunt Zeynep", "Leyla Müller"])
    screen.until(lambda: not screen.button("Ring Aunt Zeynep earlier").isEnabled())
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.accessibleName() == "Edit Aunt Zeynep"
    screen.click("Ring Leyla Müller earlier")
    screen.until(lambda: detail(screen, mar).contacts[0].name == "Leyla Müller")
    screen.until(lambda: screen.said and screen.said[-1] == "Leyla Müller is now rung first."
)

def test_a_contact_is_added_edited_and_taken_off(screen: Screen) -> None:
    mar = screen.build(maryam)
    screen.open(mar)
    screen.click("Add a contact")
    screen.type("Name", "Mrs Nguyễn")
    screen.type("Phone", "07700 900111")
    screen.save()
    screen.until(lambda: "Edit Mrs Nguyễn" in screen.buttons())
    assert detail(screen, mar).contacts[2].kind is ContactKind.EMERGENCY
    screen.click("Edit Mrs Nguyễn")
    screen.type("Relationship", "neighbour")
    screen.save()
    screen.until(lambda: "Neighbour · Emergency contact" in screen.words())
    screen.click("Edit Mrs Nguyễn")
    screen.click("Take off the list")
    screen.until(lambda: "Edit Mrs Nguyễn" not in screen.buttons())
    assert len(detail(screen, mar).contacts) == 2


def test_somebody_who_must_not_collect_is_added_with_the_reason(screen: Screen) -> None:
    mar = screen.build(maryam)
    screen.open(mar)
    screen.click("Add who must not")
    screen.type("Name", "Kemal Müller")
    screen.type("Reason", "court order of 3 May 2026")
    screen.save()
    screen.until(lambda: "Must not collect" in screen.words())
    (one,) = detail(screen, mar).must_not_collect
    assert (one.kind, one.name, one.reason) == (CollectorKind.MUST_NOT, "Kemal Müller", "court order of 3 May 2026")
    assert "Somebody must not collect" in screen.words()


def test_a_password_is_shown_only_when_asked_for_and_never_in_history(screen: Screen) -> None:
    mar = screen.build(maryam)
    uncle = screen.build(lambda uow: a_collector(uow, mar, password="penguin"))
    screen.open(mar)
    assert "penguin" not in screen.words() + "".join(screen.buttons())
    screen.click("Show the password of Omar Müller")
    assert "Password: penguin" in screen.buttons()
    screen.click("Edit Omar Müller")
    screen.type("Password", "tractor")
    screen.save()
    screen.until(lambda: "Omar Müller: password: changed" in screen.words())
    assert "tractor" not in screen.words()
    assert [one.id for one in detail(screen, mar).may_collect] == [uncle]


def test_details_are_checked_today_with_one_button(screen: Screen) -> None:
    mar = screen.build(lambda uow: a_child(uow, gp="Quay Surgery"))
    screen.open(mar)
    screen.until(lambda: "Details not gone over with the family yet." in screen.words())
    screen.click("Details: Checked today")
    screen.until(lambda: "Details not gone over with the family yet." not in screen.words())
    assert detail(screen, mar).child.details_checked == date(2026, 12, 3)


def test_what_another_wrote_is_taken_and_what_was_typed_is_kept(screen: Screen) -> None:
    mar = screen.build(maryam)
    screen.open(mar)
    screen.click("Edit about")
    screen.type("School", "Dock Lane")
    screen.build(lambda uow: service.edit_child(uow, mar, None, {"gp": "New Surgery"}))
    screen.save()
    screen.until(lambda: "Somebody else changed this" in screen.words())
    assert screen.field("School").text() == "Dock Lane"
    assert screen.field("GP").text() == "New Surgery"
    screen.save()
    screen.until(lambda: not screen.page.actions_of.panel.shown)
    child = detail(screen, mar).child
    assert (child.school, child.gp) == ("Dock Lane", "New Surgery")


def test_typing_is_not_lost_to_escape_or_to_another_child(screen: Screen) -> None:
    mar = screen.build(maryam)
    ali = screen.build(lambda uow: a_child(uow, "Ali", "Müller", detail(screen, mar).family.id))
    screen.open(mar)
    screen.click("Edit about")
    screen.type("School", "Dock Lane")
    screen.press(Qt.Key.Key_Escape)
    assert "What you typed is not saved yet." in screen.words()
    screen.page.open_item(ali)
    assert screen.field("School").text() == "Dock Lane"
    screen.click("Leave without saving")
    screen.until(lambda: not screen.page.actions_of.panel.shown)
    assert detail(screen, mar).child.school == "Quayside Primary"


def test_the_status_changes_and_the_list_can_be_narrowed_to_it(screen: Screen) -> None:
    mar = screen.build(maryam)
    screen.build(lambda uow: a_child(uow, "Ali", "Osei"))
    screen.open(mar)
    screen.click("Change status")
    box = screen.field("Where Mar stands")
    screen.keys(box, "Waiting l")
    screen.save()
    screen.until(lambda: "Waiting list · " in screen.words())
    screen.page.open_item(ChildStatus.WAITING)
    screen.until(lambda: names(screen) == ["Maryam (Mar) Müller"])
    screen.click("All, 2")
    assert len(names(screen)) == 2
    screen.click("Active, 1")
    assert names(screen) == ["Ali Osei"]


def test_a_child_moves_out_and_joins_the_family_again(screen: Screen) -> None:
    mar = screen.build(maryam)
    screen.build(lambda uow: a_child(uow, "Ali", "Müller", detail(screen, mar).family.id))
    screen.open(mar)
    screen.click("Moves to another address")
    screen.type("Address", "9 Lark Road")
    screen.save()
    screen.until(lambda: "9 Lark Road" in screen.words())
    assert [one.name for one in detail(screen, mar).contacts] == ["Leyla Müller", "Aunt Zeynep"]
    screen.click("Joins another family")
    screen.type("Family", "Ali")
    screen.press(Qt.Key.Key_Escape)  # the names that drop down
    screen.type("Family", "Ali Müller, 12 Quay Street")
    screen.click("Join")
    screen.until(lambda: detail(screen, mar).siblings)
    assert len(detail(screen, mar).contacts) == 2


def test_a_booking_leads_to_the_programme(screen: Screen) -> None:
    mar = screen.build(maryam)
    club = screen.build(lambda uow: an_activity(uow, "December club", SATURDAY))
    screen.build(lambda uow: a_booking(uow, club, mar))
    screen.open(mar)
    screen.click("5 Dec 2026 · December club: Booked")
    assert screen.gone == [("programme", club)]


def test_names_are_shown_as_typed(screen: Screen) -> None:
    odd = screen.build(lambda uow: a_child(uow, "<b>Bold</b>", "& Sons <img src=x>"))
    screen.open(odd)
    assert screen.page.title() == "<b>Bold</b> & Sons <img src=x>"
    texts = [each for each in screen.page.findChildren(QLabel) if "<b>" in each.text()]
    assert texts
    assert all(each.textFormat() == Qt.TextFormat.PlainText for each in texts)


def test_500_children_are_found_while_one_types(screen: Screen) -> None:
    def many(uow: UnitOfWork) -> None:
        for at in range(500):
            a_child(uow, f"Child{at:03}", "Świątek" if at == 321 else "Osei", ref=f"C{at:03}")

    screen.build(many)
    screen.page.show()
    screen.until(lambda: len(names(screen)) == 500)
    screen.press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    screen.keys(screen.page.list.find_box, "swia 321")
    assert names(screen) == ["Child321 Świątek"]
    screen.qtbot.keyClick(screen.page.list.find_box, Qt.Key.Key_Return)
    screen.until(lambda: screen.page.title() == "Child321 Świątek")
    screen.press(Qt.Key.Key_Escape)
    screen.until(lambda: screen.page.list.isVisible())
    screen.page.list.find_box.setText("nobody")
    assert "No child in this list matches what you typed." in screen.words()
    screen.click("Clear it")
    assert len(names(screen)) == 500


def test_enter_opens_and_escape_comes_back_to_the_same_row(screen: Screen) -> None:
    screen.build(maryam)
    ali = screen.build(lambda uow: a_child(uow, "Ali", "Osei"))
    screen.page.show()
    screen.until(lambda: len(names(screen)) == 2)
    screen.page.list.table.view.setFocus()
    screen.press(Qt.Key.Key_Down)
    screen.press(Qt.Key.Key_Return)
    screen.until(lambda: screen.page.title() == "Ali Osei")
    screen.press(Qt.Key.Key_Escape)
    screen.until(lambda: screen.page.list.isVisible())
    assert screen.page.list.table.current().child.id == ali
    assert screen.page.list.table.view.hasFocus()
