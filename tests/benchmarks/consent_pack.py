"""How fast a consent pack for 60 children is set, beside the same paragraphs by fpdf2's own cells and by ReportLab.

Run by hand: ``python tests/benchmarks/consent_pack.py``. It prints ratios, which hold from machine to machine; the
timings do not. Every way makes the whole PDF, fonts read and embedded, and gets the same texts, sizes and widths.
"""

import io
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from models.documents import consent_pack as module  # the checkout is put on the path first
from models.documents.blocks import LABEL_WIDTH  # as above
from models.documents.fonts import FontBook  # as above
from models.documents.ops import POINT, WIDTH  # as above
from tests.benchmarks.figures import Figure, paired, tell  # as above
from tests.documents import paper  # as above

CHILDREN = 60
ROUNDS = 3


class Said(NamedTuple):
    """One paragraph as the pack asked for it to be wrapped."""

    text: str
    width: float
    size: float
    bold: bool


def pack() -> Any:
    """Sixty children with different facts, so that nothing but the wording repeats."""
    children = (paper.child(f"Child{number} Nguyễn") for number in range(CHILDREN))
    return paper.consents(*children)


def listen(facts: Any) -> tuple[list[Said], int]:
    """Every paragraph of the pack in order, and its number of pages."""
    heard: list[Said] = []
    plain = FontBook.wrap

    def wrap(self: FontBook, text: str, width: float, size: float, bold: bool = False) -> tuple[str, ...]:
        heard.append(Said(text, width, size, bold))
        return plain(self, text, width, size, bold)

    FontBook.wrap = wrap  # type: ignore[method-assign]  # listens for one run and is put back below
    try:
        pages = len(paper.read(module.consent_pack(facts)))
    finally:
        FontBook.wrap = plain  # type: ignore[method-assign]  # as it was
    return heard, pages


def by_cells(heard: list[Said]) -> bytes:
    """The same words by `multi_cell`, the facts by `table`."""
    from fpdf import FPDF

    pdf = FPDF(format="A4")
    pdf.add_font("inter", "", paper.FONTS / "Inter-Regular.ttf")
    pdf.add_font("inter", "B", paper.FONTS / "Inter-SemiBold.ttf")
    pdf.set_margins(18, 18, 18)
    pdf.add_page()
    rows: list[tuple[str, str]] = []
    at = 0
    while at < len(heard):
        said = heard[at]
        if said.width == LABEL_WIDTH - 3 and at + 1 < len(heard):
            rows.append((said.text, heard[at + 1].text))
            at += 2
            continue
        _table(pdf, rows)
        rows = []
        pdf.set_font("inter", "B" if said.bold else "", said.size)
        pdf.multi_cell(said.width, said.size * POINT * 1.42, said.text, new_x="LMARGIN", new_y="NEXT")
        at += 1
    return bytes(pdf.output())


def _table(pdf: Any, rows: list[tuple[str, str]]) -> None:
    if rows:
        pdf.set_font("inter", "", 10.5)
        widths = (LABEL_WIDTH, WIDTH - LABEL_WIDTH)
        with pdf.table(rows, col_widths=widths, first_row_as_headings=False, borders_layout="HORIZONTAL_LINES"):
            pass


def by_canvas(heard: list[Said], pages: int) -> bytes:
    """The same words by ReportLab's canvas and its own line splitter, spread over as many pages."""
    from reportlab.lib.utils import simpleSplit
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    for name, file in (("inter", "Inter-Regular.ttf"), ("interB", "Inter-SemiBold.ttf")):
        pdfmetrics.registerFont(TTFont(name, str(paper.FONTS / file)))
    out = io.BytesIO()
    canvas = Canvas(out, pageCompression=1)
    a_page = -(-len(heard) // pages)
    for start in range(0, len(heard), a_page):
        y = 800.0
        for said in heard[start : start + a_page]:
            font = "interB" if said.bold else "inter"
            canvas.setFont(font, said.size)
            for line in simpleSplit(said.text, font, said.size, said.width / 25.4 * 72):
                canvas.drawString(51, y, line)
                y -= 6
            canvas.line(51, y, 544, y)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def seconds(work: Callable[[], bytes]) -> float:
    """How long one run takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def measure() -> list[Figure]:
    """Three speeds as two ratios."""
    facts = pack()
    heard, pages = listen(facts)
    module.consent_pack(facts)  # once unmeasured: imports
    mine = lambda: seconds(lambda: module.consent_pack(facts))  # noqa: E731 - twice below
    ours, canvas, slower = paired(mine, lambda: seconds(lambda: by_canvas(heard, pages)), 2 * ROUNDS)
    cells, slowest = paired(mine, lambda: seconds(lambda: by_cells(heard)), ROUNDS)[1:]
    what = f"A consent pack for {CHILDREN} children, {pages} pages, {len(heard)} paragraphs"
    speed = f"{pages / ours:.0f} pages/s"
    return [
        Figure(what, speed, f"fpdf2's table() and multi_cell(), {pages / cells:.0f} pages/s",
               f"{1 / slowest:.1f}× as fast", "≥ 5×", 1 / slowest >= 5),
        Figure(what, speed, f"ReportLab's canvas, {pages / canvas:.0f} pages/s", f"{1 / slower:.2f}× as fast",
               "≥ 1×", 1 / slower >= 1),
    ]  # fmt: skip


if __name__ == "__main__":
    tell(measure())
