"""What stands on a page: text, lines, boxes and pictures at millimetres from the top left of an A4 sheet."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

PAGE_WIDTH = 210.0
PAGE_HEIGHT = 297.0
MARGIN = 18.0
RIGHT = PAGE_WIDTH - MARGIN
WIDTH = PAGE_WIDTH - 2 * MARGIN
TICK = 5.0
"""The side of a tick box."""
BODY = 10.5
"""Body text in points."""
SMALL = 9.5
"""Table heads, labels and footers in points."""
POINT = 25.4 / 72
"""Millimetres in a point."""


def hairline(y: float) -> "Line":
    """A quiet rule across the page; it survives a photocopier and carries no meaning."""
    return Line(MARGIN, y, RIGHT, y, 0.15, 165)


class Text(NamedTuple):
    """One line of text; `y` is its baseline, `size` in points."""

    x: float
    y: float
    text: str
    size: float = BODY
    bold: bool = False


class Line(NamedTuple):
    """A straight line of that thickness in millimetres; `shade` is 0 black to 255 white."""

    x1: float
    y1: float
    x2: float
    y2: float
    thick: float = 0.2
    shade: int = 0


class Box(NamedTuple):
    """A rectangle; `grey` fills it (0 black to 255 white) before its outline is drawn."""

    x: float
    y: float
    width: float
    height: float
    thick: float = 0.2
    grey: int | None = None


class Picture(NamedTuple):
    """A PNG or JPEG, fitted into the box without stretching."""

    x: float
    y: float
    width: float
    height: float
    data: bytes


Op = Text | Line | Box | Picture


@dataclass(frozen=True, slots=True)
class Block:
    """Things that stay together on one page, drawn from the block's own top (y = 0), `height` millimetres tall."""

    height: float
    ops: tuple[Op, ...] = ()


def moved(op: Op, down: float) -> Op:
    """The same thing, lower down."""
    if isinstance(op, Line):
        return op._replace(y1=op.y1 + down, y2=op.y2 + down)
    return op._replace(y=op.y + down)


def stack(blocks: Iterable[Block]) -> Block:
    """Blocks one under the other as one, which then stays together."""
    ops: list[Op] = []
    y = 0.0
    for block in blocks:
        ops.extend(moved(op, y) for op in block.ops)
        y += block.height
    return Block(y, tuple(ops))


def gap(height: float) -> Block:
    """Empty space."""
    return Block(height)


def cut(block: Block, room: float) -> list[Block]:
    """A block too tall for any page as several, cut between lines of text; taller boxes are shortened."""
    parts: list[list[Op]] = [[]]
    start = 0.0
    for op in sorted(block.ops, key=_top):
        if _top(op) - start > room - 6 and parts[-1]:
            parts.append([])
            start = _top(op) - 5
        lifted = moved(op, -start)
        parts[-1].append(lifted._replace(height=min(lifted.height, room)) if isinstance(lifted, Box) else lifted)
    return [Block(room if part is not parts[-1] else block.height - start, tuple(part)) for part in parts]


def _top(op: Op) -> float:
    return min(op.y1, op.y2) if isinstance(op, Line) else op.y
