"""fpdf2's page with a quicker `text()`. Imported only when something is printed, because fpdf2 is slow to load."""

from fpdf import FPDF
from fpdf.enums import Duplex
from fpdf.prefs import ViewerPreferences

from models.documents.ops import MARGIN


class Pdf(FPDF):
    """An A4 document in millimetres that breaks no page by itself."""

    def __init__(self) -> None:
        super().__init__(unit="mm", format="A4")
        self._encoded: dict[tuple[str, str], str] = {}
        self.set_auto_page_break(False)
        self.set_margins(MARGIN, MARGIN, MARGIN)
        self.c_margin = 0
        self.set_fill_color(0)
        # One side only: on two, one family's form would stand on the back of another's. Own size: boxes are 5 mm.
        self.viewer_preferences = ViewerPreferences(duplex=Duplex.SIMPLEX, print_scaling="None", display_doc_title=True)

    def text(self, x: float, y: float, text: str = "") -> None:
        """One unshaped line of an embedded font in black, its baseline at y; no underline and no links.

        fpdf2 encodes each line letter by letter; forms repeat their wording, so the encoded line is remembered. The
        letters of a font's subset never change their number, so what is remembered stays true.
        """
        font = self.current_font
        if font is None:
            raise ValueError("set_font comes before text")
        if not self.current_font_is_set_on_page:
            self._out(self._set_font_for_page(font, self.font_size_pt))
        encoded = self._encoded.get((font.fontkey, text))
        if encoded is None:
            encoded = self._encoded[font.fontkey, text] = font.encode_text(text)
        self._out(f"BT {x * self.k:.2f} {(self.h - y) * self.k:.2f} Td {encoded} ET")
