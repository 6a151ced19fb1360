"""The sample club's seven files: read without an error, and worth the figures its office counted."""

import json
from collections import Counter
from datetime import date
from typing import TypeVar

from models.intake.across import Known, check_across
from models.intake.likeness import likely
from models.intake.typed import ActivityRow, AdultRow, ChildRow, RegisterRow, VenueRow
from models.kernel.dates import minutes_between
from tests.intake.helpers import SAMPLE, sample_sheets

T = TypeVar("T")


def _rows(kind: type[T]) -> list[T]:
    return [row for sheet in sample_sheets() for row in sheet.rows if isinstance(row, kind)]


def test_all_seven_files_are_read_and_nothing_is_refused() -> None:
    checked = check_across(sample_sheets(), Known())
    assert {sheet.kind: len(sheet.rows) for sheet in checked.sheets} == {
        "young carers": 43, "team": 7, "venues": 2, "minibuses": 2, "activities": 26, "register": 27, "terms": 3,
    }  # fmt: skip
    assert [refusal for sheet in checked.sheets for refusal in sheet.refusals] == []
    assert "Children’s theatre" in checked.implied_venues
    assert "Ringway Community Centre" not in checked.implied_venues


def test_nobody_in_the_sample_is_asked_about() -> None:
    assert likely(_rows(ChildRow), []) == []
    assert likely(_rows(AdultRow), []) == []


def test_tracker_figures_come_straight_from_the_rows() -> None:
    totals = json.loads((SAMPLE / "totals.json").read_text("utf-8"))
    children = _rows(ChildRow)
    agencies = Counter(child.referred_by for child in children)
    assert len(children) == totals["referrals"]
    assert dict(agencies) == totals["referrals_by_agency"]
    assert len(agencies) == totals["referring_agencies"]
    assert dict(Counter(child.status for child in children)) == totals["children_by_status"]
    carers = {(child.carer, child.tel_1) for child in children if child.parent_carer_identified}
    assert len(carers) == totals["parent_carers_identified"]
    assert [child.ref for child in children if child.status == "Active" and not child.trip_consent] == totals[
        "active_without_trip_consent"
    ]


def test_attendance_figures_come_straight_from_the_rows() -> None:
    totals = json.loads((SAMPLE / "totals.json").read_text("utf-8"))
    activities = {(row.day, row.title): row for row in _rows(ActivityRow)}
    day = date.fromisoformat(totals["as_of"])
    marks = [
        (line.ref, activities[mark], code)
        for line in _rows(RegisterRow)
        for mark, code in line.marks.items()
        if mark[0] <= day
    ]
    came = [(ref, activity) for ref, activity, code in marks if code in "/L"]
    codes = Counter(code for _, _, code in marks)
    delivered = {activity.ref: activity.kind for _, activity in came}
    assert len(delivered) == totals["activities_delivered"]
    assert Counter(delivered.values()) == {"club": totals["clubs"], "trip": totals["trips"]}
    assert len(came) == totals["child_sessions"]
    assert len({ref for ref, _ in came}) == totals["distinct_children_attended"]
    hours = sum(minutes_between(activity.start, activity.end) for _, activity in came) / 60
    assert hours == totals["respite_hours"]
    assert sum(codes[code] for code in "/LAN") == totals["booked_places"]
    assert (codes["A"], codes["N"], codes["L"]) == (totals["absent_told"], totals["no_shows"], totals["late"])


def test_the_finer_points_of_cells_are_understood() -> None:
    children = {child.ref: child for child in _rows(ChildRow)}
    first, barred = children["IYC001"], children["IYC002"]
    assert first.emergency_contact == ("Leila Sivakumar", "neighbour")
    assert first.may_collect == (("Finn Walker", ""), ("Leila Sivakumar", "penguin"))
    assert (first.sun_cream, first.plasters) == (False, True)
    assert barred.must_not_collect == (("Samuel Roberts", "court order"),)
    assert barred.values["must_not_collect"] == [["Samuel Roberts", "court order"]]
    assert (barred.height_cm, barred.values["dob"]) == (126, "2019-11-24")
    assert {venue.ref: venue.hire for venue in _rows(VenueRow)}["All Saints Community Centre"] == 5250
    assert {adult.ref: adult.licence for adult in _rows(AdultRow)}["Owen Tse"] == "B since 2007, D1 since 2015"


def test_every_value_survives_json() -> None:
    for sheet in sample_sheets():
        for row in sheet.rows:
            assert json.loads(json.dumps(row.values)) == row.values
