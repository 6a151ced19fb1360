"""The main job once through the real window, by mouse and keys: from spreadsheets to the figures of a Saturday."""

import csv
import re
from collections.abc import Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QFileDialog

from desktop.widgets.preview import PdfPreview
from models.kernel.places import resources
from models.programme import queries as programme
from models.programme.rules import BookingStatus, DutyStatus
from models.reports.figures import figures
from tests.clubs import SATURDAY
from tests.documents import paper
from tests.end_to_end.person import Person

Key = Qt.Key
SAMPLE = resources() / "sample"
TRIP_DAY = date(2026, 12, 22)
YEAR = date(2026, 9, 1)
TEAM = ("Denise Achebe", "Marcus Hollis", "Shreya Raman")
BOOKED = (
    "Minh Campbell", "Hannah Fitzgerald", "Khadija Hernández", "Niamh Lee", "Adaeze Mbeki", "Chloé Müller",
    "Mar Müller", "Caleb Ng", "Amara O’Brien", "Ruby Patel", "Niamh Walker", "Rafael Świątek",
)  # fmt: skip
NOT_COMING, WAITING = "Caleb Ng", "Fatoumata Roberts"
ABSENT, LATE, SIBLING = "Hannah Fitzgerald", "Ruby Patel", "Bintou Lee"
DOORS, LATER, HOME = time(9, 50), time(10, 20), time(14)


def test_the_main_job(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    starts_a_club_file(person)
    brings_in_the_spreadsheets(person, monkeypatch)
    sees_that_saturday_is_ready(person)
    a_thirteenth_child_is_refused(person)
    one_adult_fewer_is_refused(person)
    rings_round(person)
    makes_the_consent_pack(person, monkeypatch)
    before = reads_the_figures(person)
    came = takes_the_register(person)
    closes_the_day(person)
    the_figures_moved_by_that_day(person, before, came)


# --- Thursday ---


def starts_a_club_file(person: Person) -> None:
    person.sit_down()
    person.click("Start")
    person.writes("Name of the club", "Lewisham Young Carers")
    person.writes("Your name", "Grace Adeyemi")
    person.writes("Your password", "four dry biscuits")
    person.writes("Your password again", "four dry biscuits")
    person.key(Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    person.until(lambda: person.app.desk is not None)
    person.waits_for("Nothing is here yet.")
    assert (person.folder / "Lewisham Young Carers.breather").exists()


def brings_in_the_spreadsheets(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    files = sorted(str(path) for path in SAMPLE.glob("*.csv"))
    assert len(files) == 7
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_args: (files, ""))
    person.click("Bring in your spreadsheets")
    person.click("Choose files…")
    person.waits_for("7 spreadsheets, 110 rows")
    person.click("Next")
    person.waits_for("Goes to")
    person.click("Next")
    person.waits_for("110 rows to add, 0 to change, 0 the same as here.")
    person.button("Left out, 0")
    person.click("Next")
    person.click("Bring in 110 rows")
    person.waits_for("Brought in 110 rows")
    person.click("Go to Today")


def sees_that_saturday_is_ready(person: Person) -> None:
    person.waits_for("December club · Saturday 5 December, 10:00–14:00")
    person.waits_for("12 children booked, 1 waiting · Denise, Marcus and Shreya")
    person.waits_for("Ready")
    assert person.desk.pages.shown().title() == "Today, Thursday 3 December"  # type: ignore[union-attr] # shown
    person.click("Open: December club")
    person.waits_for("12 children need 3 adults; 3 can be counted: Denise, Marcus and Shreya.")
    person.waits_for("Children · 12 of 30 booked")
    for name in BOOKED:
        person.button(f"Remove {name}")
    person.button(f"Give {WAITING} a place")


def a_thirteenth_child_is_refused(person: Person) -> None:
    by_keys = lambda: person.picks("Book a child", "amara ba", "Amara Barre")  # noqa: E731 # one of two ways, below
    for ask in (by_keys, lambda: person.click("Book")):
        title, said = person.is_refused(ask, leave="Back")
        assert title == "This plan would not be ready"
        assert "13 children need 4 adults; 3 can be counted." in said
    person.waits_for("With Amara Barre: 13 children need 4 adults; 3 can be counted.")
    assert booked(person) == set(BOOKED)


def one_adult_fewer_is_refused(person: Person) -> None:
    title, said = person.is_refused(lambda: person.click("Shreya Raman: cannot come"), leave="Back")
    assert title == "This plan would not be ready"
    assert "12 children need 3 adults; 2 can be counted." in said
    title, said = person.is_refused(lambda: person.click("Remove Marcus Hollis"), leave="Back")
    assert "12 children need 3 adults; 2 can be counted." in said
    club = person.read(lambda uow: programme.find_activity(uow, SATURDAY)).id
    duties = person.read(lambda uow: programme.duties(uow, club))
    assert [one.status for one in duties] == [DutyStatus.CONFIRMED] * 3


def rings_round(person: Person) -> None:
    person.click("Ring-round")
    person.waits_for("0 of 13 families answered")
    person.click_row("Families", NOT_COMING)
    person.waits_for("2. ")
    person.key(Key.Key_N)
    person.waits_for(f"A place is free: give it to {WAITING} (first on the waiting list).")
    person.key(Key.Key_G)
    person.waits_for("12 of 30 places taken · 1 of 13 families answered")
    answer_of = dict(person.rows("Families"))
    assert answer_of[NOT_COMING] == "Not coming"
    person.click_row("Families", BOOKED[0])
    for number, family in enumerate(name for name, _answer in person.rows("Families") if name != NOT_COMING):
        person.click_row("Families", family)
        person.key(Key.Key_C)
        person.until(lambda family=family: dict(person.rows("Families"))[family] == "Coming")  # type: ignore[misc] # bound per turn
        person.waits_for(f"{number + 2} of 13 families answered")
    person.waits_for("Everybody has answered.")
    assert booked(person) == {*BOOKED, WAITING} - {NOT_COMING}
    person.click("Back to Today")
    person.waits_for("12 children booked · Denise, Marcus and Shreya")


def makes_the_consent_pack(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    person.click_line("Tue 22 Dec  Pantomime")
    person.waits_for("Children · 12 booked")
    assert person.field("Book a child").text() == "", "what was typed for the club is not meant for the trip"
    person.chooses("Print", "Consent pack")
    person.waits_for("Consent pack, Pantomime, 22 Dec 2026")
    (preview,) = [each for each in person.window.findChildren(PdfPreview) if each.isVisible()]
    assert preview.page_count() == 36
    file = person.folder / "pantomime.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(file), ""))
    person.click("Save as…")
    person.is_told("Saved as pantomime.pdf.")
    assert len(paper.read(file.read_bytes())) == 36
    says_what_it_must_and_nothing_else(file, booked(person, TRIP_DAY))


def says_what_it_must_and_nothing_else(file: Path, names: set[str]) -> None:
    said = re.sub(r"\s+", " ", " ".join(paper.read(file.read_bytes())))
    tracker = {f"{row['First name']} {row['Surname']}": row for row in sheet("young-carers.csv")}
    assert len(names) == 12
    for name in names:
        row = tracker[name]
        assert name in said
        assert row["Address"] in said
        for barred in filter(None, row["Must not collect"].split("; ")):
            assert barred.split(" (")[0] not in said
        for password in re.findall(r"password: (\w+)", row["May collect"]):
            assert password not in said
    elsewhere = {row["Address"] for row in tracker.values()} - {tracker[name]["Address"] for name in names}
    assert not [address for address in elsewhere if address in said]
    agencies = {row["Referred by"] for row in tracker.values()} - {"School", "Parent or guardian", "Voluntary group"}
    conditions = {row["Condition (category)"] for row in tracker.values()} - {"", "Autism"}
    assert not [word for word in (*agencies, *conditions, "password", "Cares for", "ourt order") if word in said]


# --- Saturday ---


def reads_the_figures(person: Person) -> dict[str, Any]:
    """What the year comes to so far; the Reports screen says the same."""
    found = person.read(lambda uow: figures(uow, YEAR, SATURDAY)).as_json()
    person.click("Reports")
    reports_say(person, found, "1 September 2026 to 3 December 2026")
    return found


def reports_say(person: Person, found: Mapping[str, Any], days: str) -> None:
    person.waits_for(days)
    person.waits_for(f"{found['child_sessions']} visits, each one child at one activity.")
    person.waits_for(f"{found['clubs']} clubs and 1 trip.")
    person.waits_for(f"{found['child_sessions']} times a child came, {found['late']} of them late.")
    shown = person.sentences()
    for key in ("distinct_children_attended", "activities_delivered", "booked_places", "referrals"):
        assert str(found[key]) in shown, key


def takes_the_register(person: Person) -> dict[str, datetime]:
    """When each child came in, by name."""
    person.clock_shows(SATURDAY, DOORS)
    person.click("Register")
    person.waits_for("Saturday 5 December 2026, 10:00–14:00, All Saints Community Centre")
    person.click("Adults, 3")
    for adult in TEAM:
        person.click(f"Sign in {adult}")
        person.button(f"Sign out {adult}")
    person.click("Children, 12")
    on_time = [*(name for name in BOOKED if name not in (NOT_COMING, ABSENT, LATE)), WAITING]
    came = dict.fromkeys(on_time, person.club.clock.now())
    for at, name in enumerate(on_time):
        signs_in(person, name, by_keys=at % 2 == 0)
    person.waits_for("Within 1:4")
    came |= a_sister_came_too(person)
    person.clock_shows(SATURDAY, LATER)
    one_is_absent_and_one_is_late(person)
    came[LATE] = person.club.clock.now()
    return came


def signs_in(person: Person, name: str, *, by_keys: bool) -> None:
    if by_keys:
        person.writes("Find a name", name.replace("’", "'"))  # as the key on the keyboard has it
        person.key(Key.Key_Return)
    else:
        person.click(f"Sign in {name}")
    person.button(f"Sign out {name}")


def a_sister_came_too(person: Person) -> dict[str, datetime]:
    person.click("Someone else came")
    person.waits_for("Same family as Niamh Lee")
    person.writes("Who came?", "bin")
    person.key(Key.Key_Return)
    person.button(f"Sign out {SIBLING}")
    return {SIBLING: person.club.clock.now()}


def one_is_absent_and_one_is_late(person: Person) -> None:
    person.desk.pages.shown().tick()  # type: ignore[union-attr] # as its timer does every twenty seconds
    person.waits_for(f"{ABSENT} and {LATE} are not here, and there is no word.")
    person.chooses(f"More for {ABSENT}", "Absent, told us")
    person.waits_for("Absent, told us")
    person.click(f"Sign in {LATE}")
    person.button(f"Sign out {LATE}")
    person.waits_for("In 10:20, late")


def closes_the_day(person: Person) -> None:
    person.clock_shows(SATURDAY, HOME)
    everybody = [*BOOKED, WAITING, SIBLING]
    for name in (one for one in everybody if one not in (NOT_COMING, ABSENT)):
        signs_out(person, name)
    person.click("Adults, 3")
    for adult in TEAM:
        person.click(f"Sign out {adult}")
        person.waits_for(f"{adult} is out.")
    person.click("Close the day")
    person.until(lambda: len(person.buttons("Close the day")) == 2)
    person.key(Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    person.waits_for("This register was closed at 14:00.")
    person.click("Today")
    person.waits_for("Today, Saturday 5 December")


def signs_out(person: Person, name: str) -> None:
    person.click(f"Sign out {name}")
    who = f"Sign out {name} with "

    def offered() -> list[QAbstractButton]:
        found = person.window.findChildren(QAbstractButton)
        return [each for each in found if each.accessibleName().startswith(who) and each.isVisible()]

    person.until(offered)
    person.click(offered()[0].accessibleName())
    person.waits_for(f"{name} is out with ")


def the_figures_moved_by_that_day(person: Person, before: dict[str, Any], came: dict[str, datetime]) -> None:
    home = datetime.combine(SATURDAY, HOME, next(iter(came.values())).tzinfo)
    minutes = sum(round((home - at).total_seconds() / 60) for at in came.values())
    moved = {
        "activities_delivered": 1,
        "clubs": 1,
        "distinct_children_attended": len(set(came) - came_before()),
        "child_sessions": len(came),
        "respite_hours": minutes / 60,
        "booked_places": len(came) + 1,
        "absent_told": 1,
        "late": 1,
    }
    after = person.read(lambda uow: figures(uow, YEAR, SATURDAY)).as_json()
    assert len(came) == 12
    for key, value in before.items():
        assert after[key] == pytest.approx(value + moved[key], abs=0.011) if key in moved else after[key] == value, key
    person.click("Reports")
    reports_say(person, after, "1 September 2026 to 5 December 2026")


# --- what the spreadsheets say ---


def sheet(name: str) -> list[dict[str, str]]:
    with (SAMPLE / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def came_before() -> set[str]:
    """Who came to a club or trip of this school year, as the register book has it."""
    called = {row["Ref"]: row["Known as"] or row["First name"] for row in sheet("young-carers.csv")}
    found = set()
    for row in sheet("register.csv"):
        days = [column for column, mark in row.items() if mark in ("/", "L")]
        if any(datetime.strptime(day[:10], "%d/%m/%Y").date() >= YEAR for day in days):
            found.add(f"{called[row['Ref']]} {row['Name'].split(' ', 1)[1]}")
    return found


def booked(person: Person, day: date = SATURDAY) -> set[str]:
    """The names with a place."""
    from models.people.queries import children

    activity = person.read(lambda uow: programme.find_activity(uow, day)).id
    rows = person.read(lambda uow: programme.bookings(uow, activity))
    names = {one.id: one.called for one in person.read(children)}
    return {names[row.child_id] for row in rows if row.status is BookingStatus.BOOKED}
