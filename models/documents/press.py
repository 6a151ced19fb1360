"""Turns filled sheets into PDF bytes: the only module that calls fpdf2.

The same sheets and the same `made` give the same bytes. Latin lines go out through `text()` (no shaping, about
fifteen times faster than fpdf2's own cells); only lines that need joining or reordering go through a shaped cell.
"""

import io
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from models.documents.fonts import MISSING, FontBook
from models.documents.ops import MARGIN, POINT, RIGHT, SMALL, Box, Line, Op, Picture, Text, hairline, moved
from models.documents.sheet import FOOT, Placed, Sheet
from models.kernel.errors import BadInput
from models.kernel.places import resources

if TYPE_CHECKING:
    from models.documents.pdf import Pdf

_FOOTER = 8.5
_LOST_WORDS = f"{MISSING} stands for a letter our fonts cannot print. Please write the word by hand."


class Press:
    """Prints one document."""

    def __init__(self, title: str, club: str, made: datetime, fonts: Path | None = None) -> None:
        """`title` goes into the file's properties, so it names no child; `made` (aware) is its creation date."""
        self._pdf = _blank(title, club, made)
        self.fonts = FontBook(self._pdf, fonts or resources() / "fonts")
        self._font: tuple[str, bool, float] | None = None
        self._line = (0.0, 0)
        self._lost = False

    def sheet(self, club: str, name: str, label: str, logo: bytes | None = None) -> Sheet:
        """A new sheet-set to fill; hand it to `output` when done."""
        return Sheet(self.fonts, club, name, label, logo)

    def output(self, sheets: Iterable[Sheet]) -> bytes:
        """The PDF. Each sheet-set counts its own pages; with several, the whole is counted too. Use a press once.

        `sheets` may be filled as they are asked for; the fonts are let go of whatever happens.
        """
        try:
            ready = [sheet for sheet in sheets if sheet.pages]
            whole = sum(len(sheet.pages) for sheet in ready)
            done = 0
            for sheet in ready:
                for number, page in enumerate(sheet.pages, start=1):
                    done += 1
                    self._page(page)
                    count = f"Page {number} of {len(sheet.pages)}"
                    self._footer(sheet.label, count, f"{done} of {whole} in all" if len(ready) > 1 else "")
            return bytes(self._pdf.output())
        finally:
            self.fonts.close()

    def _page(self, page: Iterable[Placed]) -> None:
        self._pdf.add_page()
        self._font = None
        self._lost = False
        for placed in page:
            for op in placed.block.ops:
                self._draw(op, placed.y)

    def _footer(self, label: str, count: str, whole: str) -> None:
        said = f"{whole}  ·  " if whole else ""
        start = RIGHT - self.fonts.width(count, SMALL, True)
        before = start - self.fonts.width(said, _FOOTER)
        self._draw(hairline(FOOT - 5), 0)
        if self._lost:
            self._text(Text(MARGIN, FOOT - 6.3, _LOST_WORDS, _FOOTER))
        first = self.fonts.wrap(label, before - MARGIN - 4, _FOOTER)[0]
        self._text(Text(MARGIN, FOOT, first, _FOOTER))
        self._text(Text(before, FOOT, said, _FOOTER))
        self._text(Text(start, FOOT, count, SMALL, True))

    def _draw(self, op: Op, down: float) -> None:
        if isinstance(op, Text):
            self._text(op, down)
        elif isinstance(op, Line):
            self._line_style(op.thick, op.shade)
            self._pdf.line(op.x1, op.y1 + down, op.x2, op.y2 + down)
        elif isinstance(op, Box):
            self._box(op, down)
        else:
            self._picture(moved(op, down))

    def _text(self, op: Text, down: float = 0.0) -> None:
        x, y = op.x, op.y + down
        for run in self.fonts.runs(op.text, op.bold):
            self._set_font(run.family, op.bold, op.size)
            if run.shaped:
                self._shaped(x, y, run.text, op.size)
            else:
                self._pdf.text(x, y, run.text)
            x += run.width * op.size * POINT / 1000
            self._lost = self._lost or (MISSING in run.text and MISSING not in op.text)

    def _shaped(self, x: float, y: float, text: str, size: float) -> None:
        # fpdf2 sets a cell's baseline at half its height plus 0.3 of the font size.
        self._pdf.set_text_shaping(True)
        self._pdf.set_xy(x, y - 0.3 * size * POINT)
        self._pdf.cell(w=0, h=0, text=text)
        self._pdf.set_text_shaping(False)

    def _set_font(self, family: str, bold: bool, size: float) -> None:
        wanted = (family, bold, size)
        if wanted != self._font:
            self.fonts.font(family, bold)
            self._pdf.set_font(family, "B" if bold else "", size)
            self._font = wanted

    def _line_style(self, thick: float, shade: int = 0) -> None:
        if (thick, shade) != self._line:
            self._pdf.set_line_width(thick)
            self._pdf.set_draw_color(shade)
            self._line = (thick, shade)

    def _box(self, op: Box, down: float) -> None:
        self._line_style(op.thick)
        if op.grey is None:
            self._pdf.rect(op.x, op.y + down, op.width, op.height)
            return
        self._pdf.set_fill_color(op.grey)
        self._pdf.rect(op.x, op.y + down, op.width, op.height, style="FD")
        self._pdf.set_fill_color(0)

    def _picture(self, op: Op) -> None:
        if isinstance(op, Picture):
            try:
                self._pdf.image(io.BytesIO(op.data), op.x, op.y, op.width, op.height, keep_aspect_ratio=True)
            except (OSError, ValueError) as trouble:
                raise BadInput(
                    "The club’s logo is not a picture that can be printed.", "Choose a PNG or JPEG picture in Settings."
                ) from trouble


def _blank(title: str, club: str, made: datetime) -> "Pdf":
    from models.documents.pdf import Pdf

    pdf = Pdf()
    pdf.set_title(title)
    pdf.set_author(club)
    pdf.set_creator("Breather")
    pdf.set_lang("en-GB")
    pdf.set_creation_date(made)
    return pdf
