"""Tables with wrapped cells; the head row comes again on every page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from models.documents.blocks import baseline, line_height
from models.documents.fonts import FontBook
from models.documents.ops import MARGIN, SMALL, TICK, WIDTH, Block, Box, Line, Op, Text

_PAD = 1.6
_AIR = 0.5
"""Room above and below the words of a row that had to grow, in millimetres."""
HEAD_GREY = 236


class Mark(Enum):
    """A cell with no words."""

    TICK = "an empty box to tick"


Cell = str | Mark


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `share` of the width; numbers are set to the right."""

    title: str
    share: float
    bold: bool = False
    number: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Laid-out rows and the head to repeat."""

    head: Block
    rows: tuple[Block, ...]


def table(
    fonts: FontBook,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell]],
    *,
    row_height: float = 7.5,
    size: float = 10.0,
    width: float = WIDTH,
) -> Table:
    """Lays a table out; `row_height` is the least a row has (9 mm or more where people write in it)."""
    edges = _edges(columns, width)
    head = _row(fonts, columns, edges, [column.title for column in columns], 7.0, SMALL, head=True)
    return Table(head, tuple(_row(fonts, columns, edges, cells, row_height, size) for cells in rows))


def _edges(columns: Sequence[Column], width: float) -> list[float]:
    whole = sum(column.share for column in columns)
    edges = [MARGIN]
    for column in columns:
        edges.append(edges[-1] + width * column.share / whole)
    return edges


def _row(
    fonts: FontBook,
    columns: Sequence[Column],
    edges: Sequence[float],
    cells: Sequence[Cell],
    least: float,
    size: float,
    *,
    head: bool = False,
) -> Block:
    laid = [_cell(fonts, column, edges[at], edges[at + 1], cells[at], size, head) for at, column in enumerate(columns)]
    tallest = max(tall for tall, _ in laid)
    height = least if tallest <= least else tallest + 2 * _AIR
    ops: list[Op] = [Box(edges[0], 0, edges[-1] - edges[0], height, 0.15, HEAD_GREY if head else None)]
    ops += [Line(edge, 0, edge, height, 0.15) for edge in edges[1:-1]]
    for tall, inside in laid:
        drop = (height - tall) / 2 if height <= least else _AIR
        ops += [op._replace(y=op.y + drop) for op in inside]
    return Block(height, tuple(ops))


def _cell(
    fonts: FontBook, column: Column, left: float, right: float, cell: Cell, size: float, head: bool
) -> tuple[float, list[Text | Box]]:
    if isinstance(cell, Mark):
        return TICK + 1.2, [Box((left + right - TICK) / 2, 0.6, TICK, TICK, 0.3)]
    if not cell:
        return 0.0, []
    bold = head or column.bold
    height, base = line_height(size), baseline(size)
    placed: list[Text | Box] = []
    wrapped = fonts.wrap(cell, right - left - 2 * _PAD, size, bold)
    for at, line in enumerate(wrapped):
        x = right - _PAD - fonts.width(line, size, bold) if column.number else left + _PAD
        placed.append(Text(x, 1.0 + at * height + base, line, size, bold))
    return 2.0 + height * len(wrapped), placed
