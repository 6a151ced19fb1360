"""The recovery key on one page, for an envelope: what opens the club when every manager has forgotten."""

from collections.abc import Sequence
from pathlib import Path

from models.documents.blocks import bullets, fact, para, title
from models.documents.facts import RecoveryKey
from models.documents.fonts import FontBook
from models.documents.ops import MARGIN, POINT, SMALL, Block, Box, Op, Text, gap, stack
from models.documents.press import Press
from models.documents.wording import printed

_LETTER = 16.0  # points: read easily by somebody typing it off the page
_CELL, _TALL = 7.4, 10.0  # millimetres, each letter in a box of its own so that none is taken for two
_BETWEEN = 7.0
_ACROSS = 4  # groups in a line


def recovery_sheet(recovery: RecoveryKey, fonts: Path | None = None) -> bytes:
    """The PDF, always one page. The key stands in it as given, in its groups."""
    press = Press("Recovery key", recovery.club, recovery.made, fonts)
    sheet = press.sheet(recovery.club, "", f"Recovery key · {printed(recovery.made)} · keep it sealed")
    book = sheet.fonts
    sheet.add(title(book, "Recovery key"))
    what, used, kept = (_WHAT_ON_SERVER, _USED_ON_SERVER, _SAFE) if recovery.server else (_WHAT, _USED, _KEPT)
    sheet.add(para(book, what))
    sheet.add(gap(3), *_groups(book, recovery.key.replace("-", " ").split()), gap(2))
    address = [para(book, f"Address of the club: {recovery.server}")] if recovery.server else []
    sheet.section("How it is used", [bullets(book, used), *address])
    sheet.section("Where to keep it", [bullets(book, kept)])
    sheet.section("Who holds it", [fact(book, label, "", room=9) for label in _HELD])
    return press.output([sheet])


_WHAT = (
    "This key opens the club file when nobody who may add people remembers their password, and its backups when the "
    "laptop is lost. It does not open concerns, which have a key of their own. Whoever has this page and the file or a "
    "backup can read all the rest, so guard it like the file."
)
_WHAT_ON_SERVER = (
    "This key opens the club on its server when nobody who may add people remembers their password. It does not open "
    "concerns, which have a key of their own. Whoever has this page and can reach the server can read all the rest."
)
_TYPED = (
    "Type the letters and figures in their order. Capitals, gaps and dashes do not matter.",
    "There is no letter O, I or L: what looks like one is the figure 0 or 1.",
)
_USED = (
    "On the first screen of Breather choose “I forgot my password”, type the key, then choose a new password.",
    *_TYPED,
    "Each time it is shown or used is written down in the journal.",
    "This key goes on working until a new file key is made.",
)
_USED_ON_SERVER = (
    "On the first screen of Breather choose “Use a server” and type the address that stands below.",
    "There choose “I forgot my password”, type the key, then choose a new password.",
    *_TYPED,
    "Each use is written down in the journal. When another key is made this one ends: shred this page.",
)
_SAFE = (
    "In a sealed envelope, signed across the flap, in a locked drawer or safe.",
    "Not with the laptop, and not as a photo or in an e-mail.",
)
_KEPT = (
    *_SAFE,
    "When a new file key is made, print a new page and shred this one, once the backups from before have gone.",
)
_HELD = ("Held by", "Kept at and sealed on")


def _groups(fonts: FontBook, groups: Sequence[str]) -> list[Block]:
    """The groups, so many in a line, each with its number above."""
    return [_line(fonts, groups[at : at + _ACROSS], at) for at in range(0, len(groups), _ACROSS)]


def _line(fonts: FontBook, groups: Sequence[str], before: int) -> Block:
    ops: list[Op] = []
    x = MARGIN
    for number, group in enumerate(groups, start=before + 1):
        ops.append(Text(x, 3.4, f"{number}", SMALL))
        for letter in group:
            ops.append(Box(x, 5, _CELL, _TALL, 0.2))
            middle = x + (_CELL - fonts.width(letter, _LETTER, True)) / 2
            ops.append(Text(middle, 5 + _TALL / 2 + _LETTER * POINT * 0.36, letter, _LETTER, True))
            x += _CELL
        x += _BETWEEN
    return stack([Block(5 + _TALL, tuple(ops)), gap(3.5)])
