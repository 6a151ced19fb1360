"""How the reports speak."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.kernel.words import counted, listed
from models.reports.attendance import Tally
from models.reports.figures import Figures

COUNTED = ("Places", "Came", "Late", "Absent, told us", "Did not come", "Hours")


def hours(value: float) -> str:
    """1,199 or 12.5: no more places than it has."""
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def tally_cells(tally: Tally) -> tuple[str, ...]:
    """A line's numbers, in the order of `COUNTED`."""
    whole = (tally.booked, tally.came, tally.late, tally.absent, tally.no_show)
    return (*(f"{number:,}" for number in whole), hours(tally.hours))


def chart_words(tallies: Sequence[Tally], what: str) -> str:
    """What a chart of visits shows, in a sentence or two. `what`: "month" or "activity"."""
    if not tallies:
        return "Nobody was marked as here in these days."
    least, most = min(one.came for one in tallies), max(one.came for one in tallies)
    where, each = ("in", "a month") if what == "month" else ("at", "at each activity")
    said = f"{counted(sum(one.came for one in tallies), 'visit')} in all."
    if least == most:
        return f"{said} {most:,} {each}."
    top = listed([_named(one) for one in tallies if one.came == most], 2)
    return f"{said} Between {least:,} and {most:,} {each}; the most {where} {top}."


def _named(tally: Tally) -> str:
    return f"{tally.label} on {tally.detail}" if tally.detail else tally.label


@dataclass(frozen=True)
class Tile:
    """One large number, what it counts, and a sentence or two more."""

    number: int
    words: str
    more: tuple[str, ...]


def tiles(figures: Figures) -> tuple[Tile, ...]:
    """Who came, what took place, how places were used, and the tracker."""
    attendance, tracker = figures.attendance, figures.tracker
    came, took_place = attendance.distinct_children_attended, attendance.activities_delivered
    return (
        Tile(came, "child came" if came == 1 else "children came", (
            f"{counted(attendance.child_sessions, 'visit')}, each one child at one activity.",
            f"{hours(attendance.respite_hours)} hours of a break. {figures.hours_note()}",
        )),
        Tile(took_place, "activity took place" if took_place == 1 else "activities took place", (
            f"{counted(attendance.clubs, 'club')} and {counted(attendance.trips, 'trip')}.",
        )),
        Tile(attendance.booked_places, "place booked" if attendance.booked_places == 1 else "places booked", (
            f"{counted(attendance.child_sessions, 'time')} a child came, {attendance.late:,} of them late.",
            f"{attendance.absent_told:,} absent and told us. {attendance.no_shows:,} did not come, no word.",
        )),
        Tile(tracker.referrals, "child on the tracker" if tracker.referrals == 1 else "children on the tracker", (
            f"Referred by {counted(tracker.referring_agencies, 'kind of agency', 'kinds of agency')}.",
            f"{counted(tracker.parent_carers_identified, 'parent was', 'parents were')} found to be carers themselves.",
        )),
    )  # fmt: skip
