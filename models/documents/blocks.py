"""The parts a form is made of: paragraphs, headings, facts, tick questions, lines to sign on."""

from collections.abc import Iterable, Sequence

from models.documents.fonts import FontBook
from models.documents.ops import (
    BODY,
    MARGIN,
    POINT,
    RIGHT,
    SMALL,
    TICK,
    WIDTH,
    Block,
    Box,
    Line,
    Op,
    Text,
    gap,
    hairline,
    stack,
)

SIGN_HEIGHT = 9.0
LABEL_WIDTH = 46.0
_LEADING = 1.42
_RISE = 0.36
"""Half the height of a capital, as a share of the size: what centres a line in its room."""


def line_height(size: float) -> float:
    """Millimetres from one baseline to the next."""
    return size * POINT * _LEADING


def baseline(size: float) -> float:
    """Millimetres from a line's top to its baseline."""
    return line_height(size) / 2 + size * POINT * _RISE


def lines(
    fonts: FontBook, text: str, *, size: float = BODY, bold: bool = False, x: float = MARGIN, width: float = WIDTH
) -> list[Block]:
    """The text as one block a line, so that a long one may run over to the next page."""
    height, base = line_height(size), baseline(size)
    return [Block(height, (Text(x, base, line, size, bold),)) for line in fonts.wrap(text, width, size, bold)]


def para(
    fonts: FontBook, text: str, *, size: float = BODY, bold: bool = False, x: float = MARGIN, width: float = WIDTH
) -> Block:
    """A paragraph that stays together, with a little space after it."""
    return stack([*lines(fonts, text, size=size, bold=bold, x=x, width=width), gap(1.6)])


def title(fonts: FontBook, text: str) -> Block:
    """The one title of a sheet."""
    return stack([*lines(fonts, text, size=18, bold=True), gap(2)])


def heading(fonts: FontBook, text: str) -> Block:
    """A section's heading with its space above."""
    return stack([gap(4), *lines(fonts, text, size=12.5, bold=True), gap(1.2)])


def bullets(fonts: FontBook, points: Iterable[str]) -> Block:
    """Short points, each behind a dot."""
    return stack(
        Block(block.height, (Text(MARGIN, baseline(BODY), "•"), *block.ops))
        for point in points
        for block in [para(fonts, point, x=MARGIN + 5, width=WIDTH - 5)]
    )


def numbered(fonts: FontBook, steps: Iterable[str]) -> Block:
    """Steps to follow in order, numbered, in an outlined box."""
    inset = MARGIN + 4
    rows = [
        Block(block.height, (Text(inset, baseline(BODY), f"{at}.", bold=True), *block.ops))
        for at, step in enumerate(steps, start=1)
        for block in [para(fonts, step, x=inset + 7, width=WIDTH - 15)]
    ]
    words = stack([gap(3), *rows, gap(1.4)])
    return Block(words.height + 3, (Box(MARGIN, 0, WIDTH, words.height, 0.4), *words.ops))


def fact(fonts: FontBook, label: str, value: str, *, room: float = 0) -> Block:
    """A label and its value above a hairline; an empty value leaves room to write, at least `room` millimetres."""
    left = stack(lines(fonts, label, size=SMALL, bold=True, width=LABEL_WIDTH - 3))
    right = stack(lines(fonts, value, x=MARGIN + LABEL_WIDTH, width=WIDTH - LABEL_WIDTH)) if value else gap(0)
    height = max(left.height, right.height, room) + 2.2
    nudge = (line_height(BODY) - line_height(SMALL)) / 2
    ops: list[Op] = [op._replace(y=op.y + 1.1 + nudge) for op in left.ops if isinstance(op, Text)]
    ops += [op._replace(y=op.y + 1.1) for op in right.ops if isinstance(op, Text)]
    return Block(height, (*ops, hairline(height)))


def facts(fonts: FontBook, pairs: Iterable[tuple[str, str]]) -> list[Block]:
    """One fact a row; an empty value leaves a line to write on."""
    return [fact(fonts, label, value, room=0 if value else SIGN_HEIGHT - 2.2) for label, value in pairs]


def tick(fonts: FontBook, x: float, label: str) -> tuple[Op, ...]:
    """A 5 mm box with its word, from the block's top."""
    return Box(x, 0.6, TICK, TICK, 0.3), Text(x + TICK + 1.8, 0.6 + TICK / 2 + BODY * POINT * _RISE, label)


def question(
    fonts: FontBook, text: str, *, ours: str = "", answers: Sequence[str] = ("Yes", "No"), rule: bool = True
) -> Block:
    """A question on the left, boxes to tick on the right; `ours` is what our record says, under the question."""
    step = 19.0
    start = RIGHT - step * len(answers) + 2
    room = start - MARGIN - 6
    asked = lines(fonts, text, width=room)
    said = lines(fonts, ours, size=SMALL, width=room) if ours else []
    words = stack([gap(0.6), *asked, *said])
    boxes = [op for at, answer in enumerate(answers) for op in tick(fonts, start + step * at, answer)]
    height = max(words.height, TICK + 1.2) + 2.4
    return Block(height, (*words.ops, *boxes, *([hairline(height - 1)] if rule else [])))


def acknowledge(fonts: FontBook, text: str) -> Block:
    """One box to tick in front of a sentence."""
    words = stack([gap(0.7), *lines(fonts, text, x=MARGIN + TICK + 3, width=WIDTH - TICK - 3)])
    return Block(max(words.height, TICK + 1.2) + 2, (Box(MARGIN, 0.6, TICK, TICK, 0.3), *words.ops))


def sign_row(fonts: FontBook, fields: Sequence[tuple[str, float]]) -> Block:
    """Lines to write on, 9 mm high, side by side, each with its label below; a field is (label, share of the width)."""
    between = 6.0
    room = WIDTH - between * (len(fields) - 1)
    whole = sum(share for _, share in fields)
    x = MARGIN
    ops: list[Op] = []
    deepest = 0.0
    for label, share in fields:
        wide = room * share / whole
        ops.append(Line(x, SIGN_HEIGHT, x + wide, SIGN_HEIGHT, 0.3))
        named = stack([gap(SIGN_HEIGHT + 0.6), *lines(fonts, label, size=SMALL, x=x, width=wide)])
        ops.extend(named.ops)
        deepest = max(deepest, named.height)
        x += wide + between
    return Block(deepest + 1.5, tuple(ops))


def writing_lines(count: int, *, apart: float = SIGN_HEIGHT) -> list[Block]:
    """Empty ruled lines."""
    return [Block(apart, (hairline(apart),))] * count


def note(fonts: FontBook, text: str, *, bold_first: str = "") -> Block:
    """Words in an outlined box, with an optional bold first line."""
    inset, width = MARGIN + 4, WIDTH - 8
    first = lines(fonts, bold_first, bold=True, x=inset, width=width) if bold_first else []
    rest = lines(fonts, text, x=inset, width=width) if text else []
    words = stack([gap(3), *first, *rest, gap(3)])
    return Block(words.height + 3, (Box(MARGIN, 0, WIDTH, words.height, 0.4), *words.ops))
