"""The paper register: numbered rows to fill in by hand and key back afterwards in the same order."""

from pathlib import Path

from models.documents.blocks import facts, heading, para, sign_row, title
from models.documents.facts import RegisterAdult, RegisterChild, RegisterSheet
from models.documents.ops import Block, gap
from models.documents.press import Press
from models.documents.sheet import Sheet
from models.documents.table import Cell, Column, table
from models.documents.wording import headline, printed, when
from models.kernel.words import counted

WRITING = 10.0
_CHILDREN = (
    Column("No.", 9),
    Column("Name", 46, bold=True),
    Column("See", 18),
    Column("In", 17),
    Column("Out", 17),
    Column("Collected by", 36),
    Column("Notes", 31),
)
_ADULTS = (Column("No.", 12), Column("Name", 54, bold=True), Column("Role", 60), Column("In", 24), Column("Out", 24))


def register_sheet(register: RegisterSheet, fonts: Path | None = None) -> bytes:
    """The PDF. Children are rows 1, 2, 3 in the order given, spare rows go on from there; adults are A1, A2."""
    press = Press("Register", register.club.name, register.made, fonts)
    label = f"Register {register.sheet_id} · {printed(register.made)}"
    sheet = press.sheet(register.club.name, headline(register.activity), label, register.club.logo)
    sheet.add(title(sheet.fonts, f"Register: {register.activity.title}"))
    due = f"{counted(len(register.children), 'child', 'children')}, {counted(len(register.adults), 'adult')}"
    pairs = [("When", when(register.activity)), ("Where", register.activity.venue), ("Due", due)]
    sheet.add(*facts(sheet.fonts, [*pairs, ("Sheet", register.sheet_id)]))
    sheet.space(3)
    sheet.add(para(sheet.fonts, _HOW))
    children_table(sheet, register.children, register.spare_rows)
    adults_table(sheet, register.adults)
    sheet.keep(*_checked(sheet))
    return press.output([sheet])


_HOW = (
    "Write the time as 10:05. A mark under See means: ask the lead before this child eats, takes medicine or "
    "goes home. "
    "Came but not on the list? Use a spare row. Did not come? Write “told us” or “no word” in Notes."
)


def children_table(sheet: Sheet, children: tuple[RegisterChild, ...], spare: int) -> None:
    """Numbered rows for the children due, then empty ones for those who come unexpected."""
    rows: list[tuple[Cell, ...]] = [
        (str(number), child.name, child.see, "", "", "", "") for number, child in enumerate(children, start=1)
    ]
    rows += [(str(len(children) + extra), "", "", "", "", "", "") for extra in range(1, spare + 1)]
    sheet.table(table(sheet.fonts, _CHILDREN, rows, row_height=WRITING))


def adults_table(sheet: Sheet, adults: tuple[RegisterAdult, ...]) -> None:
    """The adults due, with two empty rows for visitors."""
    rows = [(f"A{number}", adult.name, adult.role, "", "") for number, adult in enumerate(adults, start=1)]
    rows += [(f"A{len(adults) + extra}", "", "", "", "") for extra in (1, 2)]
    sheet.table(
        table(sheet.fonts, _ADULTS, rows, row_height=WRITING), above=[heading(sheet.fonts, "Adults and visitors")]
    )


def _checked(sheet: Sheet) -> list[Block]:
    return [
        gap(4),
        sign_row(sheet.fonts, [("Lead: everyone signed out at", 2), ("Signature", 3)]),
        sign_row(sheet.fonts, [("Keyed into the computer on", 2), ("By", 3)]),
    ]
