"""The lists by child, by activity and by month."""

from collections.abc import Sequence

from desktop.reports.words import COUNTED, hours, tally_cells
from desktop.widgets.list_model import Column
from desktop.widgets.metrics import scale
from desktop.widgets.table import ListTable
from models.kernel.dates import parse_date
from models.reports.attendance import Tally


def tally_table(name: str, first: Sequence[str]) -> ListTable[Tally]:
    """A list of tallies; `first` are the headings of the label and, if shown, the detail."""
    months = first[0] == "Month"

    def large(width: int) -> int:
        # At large text the list is rather moved sideways than cut short.
        return width if scale() >= 1.5 else 0

    columns = [Column[Tally](first[0], lambda one: one.label, sort=_month if months else None, width=large(250))]
    if len(first) > 1:
        columns.append(
            Column(first[1], lambda one: one.detail, sort=_day if first[1] == "Date" else None, width=large(130))
        )
    columns += [_number(words, at) for at, words in enumerate(COUNTED)]
    table: ListTable[Tally] = ListTable(columns, row_id=lambda one: (one.label, one.detail), name=name, spoken=_spoken)
    table.set_empty("Nobody was marked in these days. Choose other days, or take a register.")
    return table


_WIDTHS = (84, 80, 72, 140, 132, 88)


def _number(words: str, at: int) -> Column[Tally]:
    names = ("booked", "came", "late", "absent", "no_show", "hours")
    return Column(
        words, lambda one: tally_cells(one)[at], sort=lambda one: getattr(one, names[at]), width=_WIDTHS[at], right=True
    )


def _month(tally: Tally) -> object:
    return parse_date(f"1 {tally.label}")


def _day(tally: Tally) -> object:
    return parse_date(tally.detail)


def _spoken(tally: Tally) -> str:
    return f"{tally.label} {tally.detail}, {tally.came} of {tally.booked} came, {hours(tally.hours)} hours"
