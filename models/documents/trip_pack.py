"""The trip pack: everything a leader needs away from base, in numbered copies that come back and are shredded."""

from pathlib import Path

from models.documents import trip_forms
from models.documents.blocks import bullets, facts, heading, note, para, title, writing_lines
from models.documents.bus_list import journey_part
from models.documents.contacts_sheet import contacts_table, flagged, may_collect
from models.documents.facts import Holder, TripPack
from models.documents.ops import Block, gap
from models.documents.press import Press
from models.documents.register_sheet import adults_table, children_table
from models.documents.sheet import Sheet
from models.documents.table import Cell, Column, Mark, table
from models.documents.wording import headline, medicine_line, person, place_and_time, printed, when
from models.kernel.dates import clock_text
from models.kernel.words import counted

_POINTS = ("before leaving", "on the bus", "off the bus", "going in", "lunch", "coming out", "on the bus", "back")
_MOST_POINTS = 9
_BY_HAND = frozenset({"Leader", "Deputy", "Contact at base", "Safeguarding lead"})
"""Whoever leads must know these: where nothing is known there is a line to write on."""
_COPY = (Column("", 34, bold=True), Column("Date and time", 50), Column("Name", 90))
_DAY = (Column("Time", 20, bold=True), Column("What happens", 86), Column("Who", 46), Column("Count", 18))
_MEDICAL = (
    Column("Child", 43, bold=True),
    Column("Allergies", 43),
    Column("Medical needs and food", 46),
    Column("Medicine, where kept", 42),
)
_CONSENT = (Column("Consent", 56, bold=True), Column("Given", 20, number=True), Column("Not so, or to check", 98))


def trip_pack(pack: TripPack, fonts: Path | None = None) -> bytes:
    """The PDF: one sheet-set for each holder, numbered in order; only a leader's copy lists the collectors."""
    press = Press("Trip pack", pack.club.name, pack.made, fonts)
    first = pack.copies_before + 1
    return press.output([_copy(press, pack, number, holder) for number, holder in enumerate(pack.holders, start=first)])


def _copy(press: Press, pack: TripPack, number: int, holder: Holder) -> Sheet:
    named = f"Copy {number} of {pack.copies_before + len(pack.holders)}"
    label = f"Trip pack · {named}: {holder.name} · {printed(pack.made)}"
    sheet = press.sheet(pack.club.name, headline(pack.activity), label, pack.club.logo)
    _cover(sheet, pack, f"{named}: {holder.name}")
    _itinerary(sheet, pack)
    _groups(sheet, pack)
    _register(sheet, pack)
    _headcounts(sheet, pack)
    for journey in pack.journeys:
        sheet.new_page()
        journey_part(sheet, journey)
    _contacts(sheet, pack)
    _medical(sheet, pack)
    _consents(sheet, pack)
    _risks(sheet, pack)
    trip_forms.missing_child(sheet, pack)
    trip_forms.breakdown(sheet, pack)
    trip_forms.accident(sheet)
    trip_forms.medicine_given(sheet)
    if holder.leader:
        _collectors(sheet, pack)
    return sheet


def _cover(sheet: Sheet, pack: TripPack, copy: str) -> None:
    fonts, activity = sheet.fonts, pack.activity
    sheet.add(title(fonts, f"Trip pack: {activity.title}"))
    sheet.add(*facts(fonts, [pair for pair in _cover_pairs(pack) if pair[1] or pair[0] in _BY_HAND]))
    sheet.keep(gap(5), note(fonts, trip_forms.emergency_words(pack), bold_first="In an emergency"))
    rows = [("Given out", "", ""), ("Came back", "", ""), ("Shredded", "", "")]
    signed = table(fonts, _COPY, rows, row_height=11)
    words = para(
        fonts, "This pack is private. Keep it with you, show it to nobody who does not need it, and bring it back."
    )
    sheet.table(signed, above=[heading(fonts, copy), words])


def _cover_pairs(pack: TripPack) -> list[tuple[str, str]]:
    activity = pack.activity
    return [
        ("When", when(activity)),
        ("Where", activity.venue),
        ("Meet", place_and_time(activity.meet_where, activity.meet_at)),
        ("Back at", clock_text(activity.back_at) if activity.back_at else ""),
        ("Going", f"{_children(pack)} and {counted(len(pack.adults), 'adult')}"),
        ("Leader", person(pack.leader)),
        ("Deputy", person(pack.deputy)),
        ("Contact at base", person(pack.base)),
        ("Safeguarding lead", person(pack.safeguarding_lead)),
        ("This pack", ", ".join(part for part in (pack.version, printed(pack.made)) if part)),
    ]


def _children(pack: TripPack) -> str:
    return counted(len(pack.children), "child", "children")


def _itinerary(sheet: Sheet, pack: TripPack) -> None:
    rows: list[tuple[Cell, ...]] = [
        (clock_text(row.at) if row.at else "", row.what, row.who, Mark.TICK if row.count else "")
        for row in pack.itinerary
    ]
    rows += [("", "", "", "")] * (0 if rows else 6)
    sheet.new_page()
    sheet.add(title(sheet.fonts, "The day"))
    sheet.table(table(sheet.fonts, _DAY, rows, row_height=9))


def _register(sheet: Sheet, pack: TripPack) -> None:
    sheet.new_page()
    sheet.add(title(sheet.fonts, "Register"))
    children_table(sheet, pack.children, spare=2)
    adults_table(sheet, pack.adults)


def _headcounts(sheet: Sheet, pack: TripPack) -> None:
    """Points are numbered, because their names do not fit above a column of ticks."""
    points = tuple(row.what for row in pack.itinerary if row.count)[:_MOST_POINTS] or _POINTS
    columns = [Column("Name", 54, bold=True), *(Column(str(at), 13) for at in range(1, len(points) + 1))]
    rows: list[list[Cell]] = [[child.name, *([Mark.TICK] * len(points))] for child in pack.children]
    rows += [["Time", *([""] * len(points))], ["Counted, by", *([""] * len(points))]]
    fonts = sheet.fonts
    sheet.new_page()
    sheet.add(title(fonts, "Headcounts"))
    sheet.add(para(fonts, "Tick each name when you see the child. If one is missing, stop and call the names again."))
    sheet.add(para(fonts, "\n".join(f"{at}  {point}" for at, point in enumerate(points, start=1))))
    sheet.space(2)
    sheet.table(table(fonts, columns, rows, row_height=7.5))


def _groups(sheet: Sheet, pack: TripPack) -> None:
    if not pack.groups:
        return
    columns = (Column("Adult", 54, bold=True), Column("Children", 100), Column("How many", 20, number=True))
    rows = [(group.adult, "\n".join(group.children), str(len(group.children) or "")) for group in pack.groups]
    how = para(sheet.fonts, "Write each child beside the adult who looks after them today.")
    above = [heading(sheet.fonts, "Groups"), *([how] if any(not group.children for group in pack.groups) else [])]
    sheet.table(table(sheet.fonts, columns, rows, row_height=14), above=above)


def _contacts(sheet: Sheet, pack: TripPack) -> None:
    sheet.new_page()
    sheet.add(title(sheet.fonts, "Emergency contacts"))
    contacts_table(sheet, pack.contacts, collectors=False)


def _medical(sheet: Sheet, pack: TripPack) -> None:
    rows = [
        (
            row.name,
            "\n".join(row.allergies),
            "\n".join(part for part in (row.medical, f"Food: {row.diet}" if row.diet else "") if part),
            "\n".join([*(medicine_line(one) for one in row.medicines), *([f"Kept: {row.kept}"] if row.kept else [])]),
        )
        for row in pack.medical
    ]
    fonts = sheet.fonts
    sheet.new_page()
    sheet.add(title(fonts, "Allergies, medical needs and medicines"))
    sheet.add(
        para(fonts, "Give a medicine only with the family’s written permission for that medicine, and write it down.")
    )
    if rows:
        sheet.table(table(fonts, _MEDICAL, rows, row_height=9))
    else:
        sheet.add(para(fonts, "Nothing is written down for any child on this trip."))


def _consents(sheet: Sheet, pack: TripPack) -> None:
    rows = [
        (line.kind, f"{line.granted} of {len(pack.children)}", "\n".join(line.exceptions)) for line in pack.consents
    ]
    laid = table(sheet.fonts, _CONSENT, rows, row_height=8)
    sheet.table(laid, above=[heading(sheet.fonts, "Consents")])


def _risks(sheet: Sheet, pack: TripPack) -> None:
    fonts = sheet.fonts
    said: list[Block] = [bullets(fonts, pack.risk_notes)] if pack.risk_notes else []
    first = para(fonts, "What could go wrong, and what we do about it. Add what you notice on the day.")
    sheet.keep(heading(fonts, "Risk assessment notes"), first, *said, *writing_lines(3))


def _collectors(sheet: Sheet, pack: TripPack) -> None:
    fonts = sheet.fonts
    columns = (Column("Child", 54, bold=True), Column("May collect", 80), Column("Collected by", 40))
    rows = [(flagged(child), may_collect(child), "") for child in pack.contacts]
    sheet.new_page()
    sheet.add(title(fonts, "Who may collect"))
    sheet.add(para(fonts, "Leader’s copy only. Somebody else at the door? Ring the family before the child goes."))
    sheet.table(table(fonts, columns, rows, row_height=10))
