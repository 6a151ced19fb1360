"""What holds for every document: names as typed, within the margins, joined scripts, honest about missing letters."""

import io
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pypdfium2
import pytest
from PIL import Image
from pypdf import PdfReader

from models.documents.bus_list import bus_list
from models.documents.consent_pack import consent_pack
from models.documents.contacts_sheet import contacts_sheet
from models.documents.register_sheet import register_sheet
from models.documents.report_pdf import report_pdf
from models.documents.trip_pack import trip_pack
from models.kernel.errors import BadInput
from tests.documents import paper

Maker = Callable[[tuple[str, ...]], bytes]
DOCUMENTS: dict[str, Maker] = {
    "consent pack": lambda names: consent_pack(paper.consents(*(paper.child(name) for name in names))),
    "register": lambda names: register_sheet(paper.register(names)),
    "bus list": lambda names: bus_list(paper.buses(names)),
    "contacts": lambda names: contacts_sheet(paper.contacts(names)),
    "trip pack": lambda names: trip_pack(paper.trip(names)),
    "report": lambda names: report_pdf(paper.report(names)),
}
every = pytest.mark.parametrize("make", DOCUMENTS.values(), ids=DOCUMENTS.keys())
MILLIMETRE = 72 / 25.4
LONG = "Maximiliana " * 12 + "X" * 100 + " Wolfe-" + "Schlegelstein-" * 4
MARKUP = ("<b>x</b>", "**x**", "{{x}}", "{nb}", "__x__", "%s %d", "&lt;i&gt;", "(a)\\n)", "=cmd|x", "[a](b)")


@every
def test_names_come_out_as_typed(make: Maker) -> None:
    said = "\n".join(paper.read(make(paper.NAMES[:4])))
    for name in paper.NAMES[:4]:
        assert unicodedata.normalize("NFC", name) in said


@every
@pytest.mark.parametrize("name", MARKUP)
def test_markup_is_printed_as_typed(make: Maker, name: str) -> None:
    assert name in "\n".join(paper.read(make((f"{name} Osei",))))


@every
def test_pages_are_counted_and_none_is_blank(make: Maker) -> None:
    pages = paper.read(make(paper.NAMES))
    assert all("Page " in page and len(page) > 150 for page in pages)


@every
def test_the_same_bytes_again(make: Maker) -> None:
    assert make(paper.NAMES) == make(paper.NAMES)


@every
def test_a_very_long_name_stays_within_the_margins(make: Maker) -> None:
    """Measured on the finished pages: ink beyond the 18 mm margins, whatever drew it, fails."""
    document = pypdfium2.PdfDocument(make((LONG, "Niamh O’Brien")))
    for page in document:
        picture = page.render(scale=2, grayscale=True).to_pil()
        left, top, right, bottom = picture.point(lambda shade: 255 if shade < 200 else 0).getbbox()
        edge = 2 * 17.7 * MILLIMETRE
        assert left >= edge
        assert top >= edge
        assert right <= picture.width - edge
        assert bottom <= picture.height - edge + 2 * MILLIMETRE


@every
def test_a_very_long_name_is_whole(make: Maker) -> None:
    said = "".join("".join(paper.read(make((LONG,)))).split())
    assert "".join(LONG.split()) in said


@every
def test_joined_scripts_have_their_fonts_and_no_missing_glyph(make: Maker) -> None:
    pdf = make(paper.NAMES)
    fonts = " ".join(paper.fonts_in(pdf))
    for family in ("Inter", "NotoSansArabic", "NotoSansTamil", "NotoSansBengali"):
        assert family in fonts
    assert "□" not in "".join(paper.read(pdf))


@every
def test_letters_of_no_font_are_shown_as_missing(make: Maker) -> None:
    pages = paper.read(make(("張偉 😀 Osei",)))
    assert "□" in "".join(pages)
    assert "Please write the word by hand" in "".join(pages)


@every
@pytest.mark.parametrize("name", ["", " ", "\x00\x1b a", "\ud800 b", "a\u202eb", "\u200d", "e\u0301\u0327x", "١٢٣"])
def test_odd_text_is_no_trouble(make: Maker, name: str) -> None:
    assert make((f"{name} Osei",)).startswith(b"%PDF")


@every
def test_properties_name_no_child(make: Maker) -> None:
    properties: Any = PdfReader(io.BytesIO(make(paper.NAMES))).metadata
    assert "O’Brien" not in str(dict(properties))
    assert properties.author == paper.CLUB.name


def test_printing_is_on_one_side_and_at_its_own_size() -> None:
    """On two sides one family's form would stand on the back of another's."""
    root: Any = PdfReader(io.BytesIO(consent_pack(paper.consents(paper.NIAMH)))).trailer["/Root"]
    wishes = root["/ViewerPreferences"]
    assert wishes["/Duplex"] == "/Simplex"
    assert wishes["/PrintScaling"] == "/None"


def test_a_logo_is_printed() -> None:
    drawn = io.BytesIO()
    Image.new("RGB", (40, 20), "black").save(drawn, "PNG")
    club = replace(paper.CLUB, logo=drawn.getvalue())
    reader = PdfReader(io.BytesIO(consent_pack(paper.consents(paper.NIAMH, club=club))))
    assert all(len(page.images) == 1 for page in reader.pages)


def test_a_logo_that_is_no_picture_is_said_so() -> None:
    club = replace(paper.CLUB, logo=b"not a picture")
    with pytest.raises(BadInput, match="logo"):
        consent_pack(paper.consents(paper.NIAMH, club=club))
