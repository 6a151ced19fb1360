"""Taking the sample in: what becomes of its columns, twice over, and beside what was edited here."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, time
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import xlsxwriter
from sqlalchemy import select

from models.access.rules import Role, permissions_of
from models.bootstrap import Club, UnitOfWork
from models.consents.records import ConsentRecord
from models.consents.rules import Authority, ConsentKind, ConsentState, Method
from models.intake import service
from models.intake.compare import Outcome
from models.intake.plan import Answer, Decisions
from models.intake.preview import FilePreview, Preview
from models.intake.reading import read_files
from models.intake.records import ImportedRecord
from models.intake.writing import Taken
from models.kernel.clock import FixedClock, london_instant
from models.people.records import ChildRecord, CollectorRecord, ContactRecord, FamilyRecord
from models.people.rules import ChildStatus, CollectorKind, ContactKind
from models.programme.records import ActivityRecord, BookingRecord, DutyRecord, VenueRecord
from models.programme.rules import ActivityKind, ActivityStatus, BookingStatus, DutyRole, DutyStatus
from models.registers.marks import void_mark
from models.registers.records import MarkRecord
from models.registers.rules import MarkKind, MarkSource
from models.storage.base import Base
from models.storage.journal import ChangeKind, ChangeRecord
from models.team.records import AdultRecord
from tests.clubs import SATURDAY, THURSDAY, a_child, copy_of, new_club
from tests.intake.helpers import SAMPLE, csv_bytes, sample_grid

Grid = list[list[str]]
NOTHING: Decisions = {}


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Club]:
    made = new_club(tmp_path)
    yield made
    made.close()


@pytest.fixture(scope="session")
def taken_in(tmp_path_factory: pytest.TempPathFactory) -> Club:
    """A club, closed again, that the sample was taken into: made once, copied for each test."""
    made = new_club(tmp_path_factory.mktemp("taken"))
    take(made)
    made.close()
    return made


@pytest.fixture
def club(taken_in: Club, tmp_path: Path) -> Iterator[Club]:
    """The club with the sample in it."""
    made = copy_of(taken_in, tmp_path, FixedClock(london_instant(THURSDAY, time(9, 45))))
    yield made
    made.close()


def look(club: Club, *paths: Path, decisions: Decisions = NOTHING) -> Preview:
    sources = read_files(paths or [SAMPLE])
    return club.read(lambda uow: service.prepare(uow, sources, decisions))


def take(club: Club, *paths: Path, decisions: Decisions = NOTHING) -> Taken:
    preview = look(club, *paths, decisions=decisions)
    return club.write(lambda uow: service.take_in(uow, preview, decisions), "Bring in").value


def changed(folder: Path, name: str, change: Callable[[Grid], None]) -> Path:
    """A copy of one sample file with something else in it."""
    grid = sample_grid(f"{name}.csv")
    change(grid)
    path = folder / f"{name}.csv"
    path.write_bytes(csv_bytes(grid))
    return path


def setting(row: int, column: str, value: str) -> Callable[[Grid], None]:
    def change(grid: Grid) -> None:
        grid[row][grid[0].index(column)] = value

    return change


def all_of(club: Club, record: type[Base], *where: Any) -> list[Any]:
    def read(uow: UnitOfWork) -> list[Any]:
        found = list(uow.session.scalars(select(record).where(*where)))
        uow.session.expunge_all()
        return found

    return club.read(read)


def one(club: Club, record: type[Base], *where: Any) -> Any:
    (found,) = all_of(club, record, *where)
    return found


def child(club: Club, ref: str) -> Any:
    return one(club, ChildRecord, ChildRecord.ref == ref)


def edit(club: Club, record: type[Base], record_id: UUID, **values: Any) -> None:
    def change(uow: UnitOfWork) -> None:
        found = uow.get(record, record_id)
        for name, value in values.items():
            setattr(found, name, value)

    club.write(change, "Edit")


def file_of(preview: Preview, kind: str) -> FilePreview:
    (found,) = (file for file in preview.files if file.kind == kind)
    return found


def test_the_seven_files_come_in_whole_and_twice_changes_nothing(empty: Club) -> None:
    first = look(empty)
    assert first.clean
    assert first.skipped == ("README.md", "totals.json")
    assert take(empty) == Taken(add=110)
    again = look(empty)
    assert [(file.add, file.change, bool(file.rows)) for file in again.files] == [(0, 0, True)] * 7
    assert not again.writes
    written = empty.write(lambda uow: service.take_in(uow, again), "Again")
    assert (written.value, written.change_id) == (Taken(same=110), None)
    assert empty.faults() == []


def test_it_is_one_change_of_its_own_kind(club: Club) -> None:
    change = one(club, ChangeRecord)
    assert (change.kind, change.label) == (ChangeKind.IMPORT, "Bring in")


def test_siblings_share_a_family_and_its_contacts(club: Club) -> None:
    first, second = child(club, "IYC005"), child(club, "IYC006")
    assert first.family_id == second.family_id
    assert len(all_of(club, FamilyRecord)) == 37
    contacts = all_of(club, ContactRecord, ContactRecord.family_id == first.family_id)
    assert [(one.kind, one.name, one.call_order, one.parent_carer) for one in contacts] == [
        (ContactKind.PARENT, "Théo Lee", 1, True),
        (ContactKind.EMERGENCY, "Zoë Mbeki", 2, False),
    ]
    # Two mothers called Björn Mbeki live at two addresses.
    assert child(club, "IYC008").family_id != child(club, "IYC025").family_id


def test_what_a_child_row_says_goes_where_it_belongs(club: Club) -> None:
    niamh = child(club, "IYC001")
    assert (niamh.legal_first, niamh.birth_date, niamh.status) == ("Niamh", date(2019, 1, 18), ChildStatus.ACTIVE)
    assert (niamh.condition_category, niamh.info_pack_given) == ("Mental ill health", True)
    (parent, _) = all_of(club, ContactRecord, ContactRecord.family_id == niamh.family_id)
    assert (parent.relationship, parent.parental_responsibility) == ("Gran (special guardian)", True)
    may = all_of(club, CollectorRecord, CollectorRecord.child_id == niamh.id)
    assert [(one.name, one.password, one.relationship) for one in may] == [
        ("Finn Walker", "", "Gran (special guardian)"),
        ("Leila Sivakumar", "penguin", "neighbour"),
    ]
    not_him = one(
        club, CollectorRecord, CollectorRecord.child_id == child(club, "IYC002").id,
        CollectorRecord.kind == CollectorKind.MUST_NOT,
    )  # fmt: skip
    assert (not_him.name, not_him.reason) == ("Samuel Roberts", "court order")


def test_consents_have_who_signed_when_and_how(club: Club) -> None:
    consents = {
        one.kind: one for one in all_of(club, ConsentRecord, ConsentRecord.child_id == child(club, "IYC001").id)
    }
    trip = consents[ConsentKind.TRIP]
    assert (trip.state, trip.signed_on, trip.method) == (ConsentState.GRANTED, date(2025, 9, 2), Method.IMPORTED)
    assert (trip.signatory, trip.relationship) == ("Finn Walker", "Gran (special guardian)")
    assert trip.authority is Authority.PARENTAL_RESPONSIBILITY
    assert consents[ConsentKind.SUN_CREAM].state is ConsentState.REFUSED
    assert (consents[ConsentKind.PHOTOS].state, consents[ConsentKind.PHOTOS].signed_on) == (
        ConsentState.GRANTED,
        date(2025, 9, 2),
    )
    without = {one.kind for one in all_of(club, ConsentRecord, ConsentRecord.child_id == child(club, "IYC015").id)}
    assert ConsentKind.TRIP not in without


def test_an_import_clears_nobody_for_whoever_may_not_clear(empty: Club) -> None:
    empty.actor = replace(empty.actor, permissions=permissions_of(Role.LEAD))
    take(empty, SAMPLE / "team.csv")
    adults = all_of(empty, AdultRecord)
    assert adults
    assert {one.cleared_on for one in adults} == {None}


def test_adults_are_cleared_and_activities_have_them_confirmed(club: Club) -> None:
    adults = {one.name: one for one in all_of(club, AdultRecord)}
    assert adults["Owen Tse"].cleared_on == adults["Owen Tse"].dbs_issued == date(2024, 8, 10)
    trip = one(club, ActivityRecord, ActivityRecord.title == "Pantomime")
    assert (trip.kind, trip.status, trip.by_minibus) == (ActivityKind.TRIP, ActivityStatus.DRAFT, True)
    assert trip.lead_id == adults["Denise Achebe"].id
    duties = {duty.adult_id: duty for duty in all_of(club, DutyRecord, DutyRecord.activity_id == trip.id)}
    assert {duty.status for duty in duties.values()} == {DutyStatus.CONFIRMED}
    roles = {name: duties[adult.id].role for name, adult in adults.items() if adult.id in duties}
    assert roles == {
        "Denise Achebe": DutyRole.LEAD, "Marcus Hollis": DutyRole.WORKER, "Shreya Raman": DutyRole.WORKER,
        "Owen Tse": DutyRole.DRIVER,
    }  # fmt: skip
    theatre = one(club, VenueRecord, VenueRecord.name == "Children’s theatre")
    assert (trip.venue_id, theatre.capacity, theatre.address) == (theatre.id, None, "")


def test_codes_become_marks_places_and_the_waiting_list(club: Club) -> None:
    december = one(club, ActivityRecord, ActivityRecord.day == date(2026, 12, 5))
    places = all_of(club, BookingRecord, BookingRecord.activity_id == december.id)
    assert [place.status for place in places].count(BookingStatus.BOOKED) == 12
    assert [(place.child_id, place.position) for place in places if place.status is BookingStatus.WAITING] == [
        (child(club, "IYC002").id, 1)
    ]
    marks = all_of(club, MarkRecord)
    assert len(marks) == 260
    assert {(mark.source, mark.happened_at) for mark in marks} == {(MarkSource.BOOK, None)}
    assert sum(mark.late for mark in marks) == 13
    assert sorted(mark.number for mark in marks) == list(range(1, 261))


def test_a_code_that_changed_is_a_correction_never_an_edit(club: Club, tmp_path: Path) -> None:
    niamh, september = child(club, "IYC001"), one(club, ActivityRecord, ActivityRecord.day == date(2025, 9, 6))
    here = (MarkRecord.child_id == niamh.id, MarkRecord.activity_id == september.id)
    (first,) = all_of(club, MarkRecord, *here)
    heading = "06/09/2025 September club"
    assert take(club, changed(tmp_path, "register", setting(1, heading, "A"))) == Taken(change=1, same=26)
    absent = one(club, MarkRecord, *here, MarkRecord.corrects_id == first.id)
    assert absent.kind is MarkKind.ABSENT
    blank = changed(tmp_path, "register", setting(1, heading, ""))
    take(club, blank)
    assert [mark.kind for mark in all_of(club, MarkRecord, *here)].count(MarkKind.VOID) == 2
    place = one(club, BookingRecord, BookingRecord.child_id == niamh.id, BookingRecord.activity_id == september.id)
    assert place.status is BookingStatus.CANCELLED
    assert not look(club, blank).writes


def test_a_waiting_child_who_got_the_place_and_a_booked_one_who_came(club: Club, tmp_path: Path) -> None:
    december = one(club, ActivityRecord, ActivityRecord.day == date(2026, 12, 5))

    def change(grid: Grid) -> None:
        setting(1, "05/12/2026 December club", "L")(grid)
        setting(2, "05/12/2026 December club", "B")(grid)

    take(club, changed(tmp_path, "register", change))
    mark = one(club, MarkRecord, MarkRecord.activity_id == december.id)
    assert (mark.kind, mark.late, mark.corrects_id) == (MarkKind.IN, True, None)
    place = one(
        club, BookingRecord, BookingRecord.child_id == child(club, "IYC002").id,
        BookingRecord.activity_id == december.id,
    )  # fmt: skip
    assert (place.status, place.position) == (BookingStatus.BOOKED, None)


def test_who_came_is_taken_in_whatever_became_of_the_place_here(club: Club, tmp_path: Path) -> None:
    day = one(club, ActivityRecord, ActivityRecord.day == SATURDAY).id
    booked, waiting = child(club, "IYC001").id, child(club, "IYC002").id
    places = {place.child_id: place.id for place in all_of(club, BookingRecord, BookingRecord.activity_id == day)}
    edit(club, BookingRecord, places[booked], status=BookingStatus.CANCELLED)
    edit(club, BookingRecord, places[waiting], status=BookingStatus.BOOKED, position=None)
    column = "05/12/2026 December club"

    def change(grid: Grid) -> None:
        setting(1, column, "/")(grid)
        setting(2, column, "L")(grid)

    book = changed(tmp_path, "register", change)
    take(club, book)
    marks = all_of(club, MarkRecord, MarkRecord.activity_id == day)
    assert {(mark.child_id, mark.kind, mark.late) for mark in marks} == {
        (booked, MarkKind.IN, False), (waiting, MarkKind.IN, True),
    }  # fmt: skip
    club.write(lambda uow: void_mark(uow, next(mark.id for mark in marks if mark.child_id == booked)), "A slip")
    assert not look(club, book).writes  # a mark taken back here stays taken back


def test_what_was_edited_here_is_kept_and_a_change_on_both_sides_is_shown(club: Club, tmp_path: Path) -> None:
    niamh = child(club, "IYC001")
    edit(club, ChildRecord, niamh.id, school="Another Primary", diet="Vegan")
    assert not look(club).writes
    take(club)
    assert child(club, "IYC001").school == "Another Primary"
    path = changed(tmp_path, "young-carers", setting(1, "Diet", "Halal"))
    (row,) = (row for row in file_of(look(club, path), "young carers").rows if row.fields)
    assert [(field.label, field.ours, field.new, field.conflict) for field in row.fields] == [
        ("Diet", "Vegan", "Halal", True)
    ]
    take(club, path)
    assert child(club, "IYC001").diet == "Vegan"
    assert not [row for row in file_of(look(club, path), "young carers").rows if row.fields]


def test_a_newer_file_changes_what_nobody_touched_here(club: Club, tmp_path: Path) -> None:

    def change(grid: Grid) -> None:
        for row in (5, 6):  # both rows of the Lee siblings
            setting(row, "Tel 2", "020 7946 0999")(grid)
        setting(5, "Trip consent signed", "01/12/2026")(grid)
        setting(5, "May collect", "Théo Lee - password: kite; Ruby Lee")(grid)

    assert take(club, changed(tmp_path, "young-carers", change)) == Taken(change=2, same=41)
    bintou = child(club, "IYC005")
    parent = one(
        club, ContactRecord, ContactRecord.family_id == bintou.family_id, ContactRecord.kind == ContactKind.PARENT
    )
    assert parent.other_phone == "020 7946 0999"
    trip = one(club, ConsentRecord, ConsentRecord.child_id == bintou.id, ConsentRecord.kind == ConsentKind.TRIP)
    assert trip.signed_on == date(2026, 12, 1)
    may = all_of(club, CollectorRecord, CollectorRecord.child_id == bintou.id)
    assert {(person.name, person.password) for person in may} == {("Théo Lee", "kite"), ("Ruby Lee", "")}


def test_a_parent_carer_told_of_on_one_siblings_row_stays_one_without_that_row(club: Club, tmp_path: Path) -> None:
    bintou = child(club, "IYC005")
    assert bintou.family_id == child(club, "IYC006").family_id
    without = changed(tmp_path, "young-carers", lambda grid: grid.__delitem__(5))
    assert take(club, without) == Taken(same=42)
    family = (ContactRecord.family_id == bintou.family_id, ContactRecord.kind == ContactKind.PARENT)
    assert one(club, ContactRecord, *family).parent_carer
    take(club, changed(tmp_path, "young-carers", setting(5, "Parent carer identified", "N")))
    assert not one(club, ContactRecord, *family).parent_carer


def test_one_of_two_siblings_who_moves_gets_a_family_of_its_own(club: Club, tmp_path: Path) -> None:
    take(club, changed(tmp_path, "young-carers", setting(6, "Address", "1 New Road")))
    stays, moved = child(club, "IYC005"), child(club, "IYC006")
    assert stays.family_id != moved.family_id
    assert one(club, FamilyRecord, FamilyRecord.id == moved.family_id).address == "1 New Road"
    assert one(club, FamilyRecord, FamilyRecord.id == stays.family_id).address != "1 New Road"


def test_both_siblings_who_move_stay_one_family(club: Club, tmp_path: Path) -> None:
    before = child(club, "IYC005").family_id

    def change(grid: Grid) -> None:
        for row in (5, 6):
            setting(row, "Address", "1 New Road")(grid)

    take(club, changed(tmp_path, "young-carers", change))
    assert {child(club, ref).family_id for ref in ("IYC005", "IYC006")} == {before}
    assert one(club, FamilyRecord, FamilyRecord.id == before).address == "1 New Road"


def test_an_activity_moved_here_is_known_again(club: Club) -> None:
    december = one(club, ActivityRecord, ActivityRecord.day == date(2026, 12, 5))
    edit(club, ActivityRecord, december.id, day=date(2026, 12, 12), title="Christmas club")
    again = look(club)
    assert again.clean
    assert not again.writes


def test_adults_of_an_activity_follow_the_file(club: Club, tmp_path: Path) -> None:
    path = changed(tmp_path, "activities", setting(25, "Other adults", "Marcus Hollis; Pauline Gray"))
    assert take(club, path) == Taken(change=1, same=25)
    december = one(club, ActivityRecord, ActivityRecord.day == date(2026, 12, 5))
    names = {adult.id: adult.name for adult in all_of(club, AdultRecord)}
    duties = all_of(club, DutyRecord, DutyRecord.activity_id == december.id)
    assert {names[duty.adult_id]: duty.role for duty in duties} == {
        "Denise Achebe": DutyRole.LEAD, "Marcus Hollis": DutyRole.WORKER, "Pauline Gray": DutyRole.VOLUNTEER,
    }  # fmt: skip


def test_a_likely_duplicate_is_asked_about_and_stays_out_until_answered(club: Club, tmp_path: Path) -> None:

    def change(grid: Grid) -> None:
        again = [*grid[1]]
        again[:3] = ["IYC044", "Nimah", "Walker"]
        grid.append(again)

    path = changed(tmp_path, "young-carers", change)
    preview = look(club, path)
    (ask,) = file_of(preview, "young carers").ask
    assert (ask.ref, ask.row, ask.like) == ("IYC044", 45, "IYC001 Niamh Walker")
    assert take(club, path) == Taken(same=43)
    same = {(ask.kind, ask.key): Answer.SAME}
    assert take(club, path, decisions=same) == Taken(same=44)
    assert look(club, path).clean
    assert len(all_of(club, ChildRecord)) == 43
    assert len(all_of(club, ImportedRecord, ImportedRecord.kind == "young carers")) == 44


def test_somebody_else_is_added_in_the_family_of_the_other(club: Club, tmp_path: Path) -> None:

    def change(grid: Grid) -> None:
        again = [*grid[1]]
        again[:3] = ["IYC044", "Nimah", "Walker"]
        grid.append(again)

    path = changed(tmp_path, "young-carers", change)
    decisions = {("young carers", "iyc044"): Answer.DIFFERENT}
    assert take(club, path, decisions=decisions) == Taken(add=1, same=43)
    assert child(club, "IYC044").family_id == child(club, "IYC001").family_id


def test_nothing_is_lost_of_what_has_no_place_of_its_own(empty: Club, tmp_path: Path) -> None:
    header = ["Ref", "First name", "Surname", "DOB", "Photo consent", "Tel 1", "Emergency tel", "Status", "Notes"]
    rows = [["A1", "Ada", "Obi", "01/02/2019", "Y", "020 7946 0101", "020 7946 0102", "Closed - big school", "Kind."]]
    (tmp_path / "some.csv").write_bytes(csv_bytes([header, *rows]))
    assert take(empty, tmp_path / "some.csv") == Taken(add=1)
    ada = child(empty, "A1")
    assert (ada.status, ada.notes) == (ChildStatus.CLOSED, "Kind.\nClosed - big school")
    contacts = all_of(empty, ContactRecord)
    assert [contact.name for contact in contacts] == ["Parent or carer", "Emergency contact"]
    photos = one(empty, ConsentRecord)
    assert (photos.signed_on, "has no date" in photos.note) == (THURSDAY, True)
    assert not look(empty, tmp_path / "some.csv").writes


def test_an_emergency_contact_taken_out_of_the_file_goes(club: Club, tmp_path: Path) -> None:
    def change(grid: Grid) -> None:
        setting(1, "Emergency contact", "")(grid)
        setting(1, "Emergency tel", "")(grid)

    take(club, changed(tmp_path, "young-carers", change))
    (only,) = all_of(club, ContactRecord, ContactRecord.family_id == child(club, "IYC001").family_id)
    assert only.kind is ContactKind.PARENT


def test_what_was_written_here_first_is_filled_up_and_never_written_over(empty: Club, tmp_path: Path) -> None:
    empty.write(lambda uow: a_child(uow, "Niamh", "Walker", ref="iyc001", school="", gp="Ours"), "Set up")
    path = changed(tmp_path, "young-carers", lambda grid: None)
    (row,) = (row for row in file_of(look(empty, path), "young carers").rows if row.ref == "IYC001")
    assert row.outcome is Outcome.CHANGE
    shown = {field.label: field.conflict for field in row.fields}
    assert (shown["School"], shown["GP"]) == (False, True)
    take(empty, path)
    niamh = one(empty, ChildRecord, ChildRecord.legal_first == "Niamh", ChildRecord.legal_last == "Walker")
    assert (niamh.school, niamh.gp) == ("Ladywell Fields Primary", "Ours")
    assert not look(empty, path).writes


def test_one_workbook_holds_several_sheets(empty: Club, tmp_path: Path) -> None:
    path = tmp_path / "club.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name in ("activities", "team", "venues"):
            sheet = book.add_worksheet(name)
            for at, row in enumerate(sample_grid(f"{name}.csv")):
                sheet.write_row(at, 0, row)
    preview = look(empty, path)
    assert [file.file for file in preview.files] == [
        "club.xlsx, sheet activities", "club.xlsx, sheet team", "club.xlsx, sheet venues",
    ]  # fmt: skip
    assert take(empty, path) == Taken(add=35)
