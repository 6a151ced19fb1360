"""Fills pages from top to bottom. One sheet-set is what one reader gets: it counts its own pages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from models.documents.blocks import heading, line_height, lines
from models.documents.fonts import FontBook
from models.documents.ops import (
    MARGIN,
    PAGE_HEIGHT,
    RIGHT,
    SMALL,
    WIDTH,
    Block,
    Op,
    Picture,
    Text,
    cut,
    hairline,
    stack,
)
from models.documents.table import Table

FOOT = PAGE_HEIGHT - MARGIN
"""The baseline of the footer."""
BOTTOM = FOOT - 9
_LOGO = 12.0
_SHORT = 75.0


@dataclass(frozen=True, slots=True)
class Placed:
    """A block at its place on a page."""

    y: float
    block: Block


class Sheet:
    """The pages of one sheet-set, being filled."""

    def __init__(self, fonts: FontBook, club: str, name: str, label: str, logo: bytes | None = None) -> None:
        """`name` (the child's, or the activity's) and the club stand on top of every page; `label` in every footer."""
        self.fonts = fonts
        self.label = label
        self.pages: list[list[Placed]] = []
        self._head = _header(fonts, club, name, logo)
        self._top = MARGIN + self._head.height
        self._y = BOTTOM

    def add(self, *blocks: Block) -> None:
        """Puts blocks one under the other, each whole on one page."""
        room = BOTTOM - self._top
        for block in blocks:
            for part in cut(block, room) if block.height > room else (block,):
                self._put(part)

    def keep(self, *blocks: Block) -> None:
        """Puts blocks one under the other and all on one page."""
        self.add(stack(blocks))

    def section(self, text: str, blocks: Sequence[Block], *, first: int = 1) -> None:
        """A heading and what belongs under it; the heading and the `first` blocks are never parted."""
        self.keep(heading(self.fonts, text), *blocks[:first])
        self.add(*blocks[first:])

    def text(self, words: str) -> None:
        """A long text, running over pages line by line; a page never begins or ends with a single line of it."""
        made = lines(self.fonts, words)
        if len(made) < 4:
            self.keep(*made)
        else:
            self.add(stack(made[:2]), *made[2:-2], stack(made[-2:]))

    def table(self, laid: Table, *, above: Iterable[Block] = ()) -> None:
        """A table; its head is repeated on each page it runs to. `above` stays with the head and first row.

        A short table is never parted.
        """
        if laid.head.height + sum(row.height for row in laid.rows) <= _SHORT:
            self.keep(*above, laid.head, *laid.rows)
            return
        self.keep(*above, laid.head, *laid.rows[:1])
        for row in laid.rows[1:]:
            if self._y + row.height > BOTTOM:
                self.new_page()
                self._put(laid.head)
            self.add(row)

    def space(self, height: float) -> None:
        """Empty space, but none at the top of a page."""
        self._y = min(self._y + height, BOTTOM) if self._y > self._top else self._y

    def new_page(self) -> None:
        """Whatever comes next begins a page; nothing coming leaves no blank one."""
        self._y = BOTTOM

    def _put(self, block: Block) -> None:
        if not self.pages or self._y + block.height > BOTTOM:
            self.pages.append([Placed(MARGIN, self._head)])
            self._y = self._top
        self.pages[-1].append(Placed(self._y, block))
        self._y += block.height


def _header(fonts: FontBook, club: str, name: str, logo: bytes | None) -> Block:
    left = MARGIN + (_LOGO + 3 if logo else 0)
    half = WIDTH / 2 - 4
    named = [
        Text(RIGHT - fonts.width(line, 10.5, True), 3.4 + at * line_height(10.5), line, 10.5, True)
        for at, line in enumerate(fonts.wrap(name, half, 10.5, True))
    ]
    ours = [
        Text(left, 3.4 + at * line_height(SMALL), line, SMALL)
        for at, line in enumerate(fonts.wrap(club, half - (left - MARGIN), SMALL))
    ]
    tall = max(line_height(10.5) * max(len(named), len(ours)), _LOGO if logo else 0.0) + 1.5
    ops: list[Op] = [*ours, *named, hairline(tall)]
    if logo:
        ops.append(Picture(MARGIN, 0, _LOGO, _LOGO, logo))
    return Block(tall + 5, tuple(ops))
