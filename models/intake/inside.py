"""Looks through a workbook's parts before calamine opens it.

calamine makes room for every cell between the first and the furthest, and ends the whole program when there is no more
memory: so how far the cells reach is measured first, part by part, with a real XML parser. It also shows a formula only
by its last value (or not at all, if never worked out); a formula's cell is refused when its column is imported, the
same as "=…" in a CSV file, since nobody can tell whether the value kept with it is the one on screen.
"""

import io
import posixpath
import zipfile
from collections.abc import Mapping
from xml.etree import ElementTree as ET
from xml.parsers import expat

from models.intake import guards
from models.intake.walkers import OdsWalker, Places, Walker, XlsxWalker
from models.kernel.errors import BadInput

Formulas = dict[str, Places]

_CHUNK = 1 << 18
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def look(data: bytes, name: str, ending: str) -> Formulas:
    """By sheet name, the formulas by (row, column) counted from 0, each starting "=".

    Raises BadInput for a bomb, a workbook whose cells reach too far, entities, or damage.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            guards.check_sizes(archive.infolist(), name)
            _check_kind({part.lower().lstrip("/") for part in archive.namelist()}, ending)
            found = {part.filename: _walk(archive, part, name, ending) for part in archive.infolist()}
            if ending == ".ods":
                return found["content.xml"]
            return {sheet: found.get(part, {}).get("", {}) for sheet, part in _xlsx_sheets(archive).items()}
    except BadInput:
        raise
    except Exception as error:
        # zipfile, zlib, lzma, bz2 and the XML parser each have errors of their own for damaged data.
        raise guards.unreadable(name) from error


def _check_kind(parts: set[str], ending: str) -> None:
    """calamine goes by content, not by ending; a binary or doubled workbook would slip past the checks made here."""
    wanted, other = ("content.xml", "xl/workbook.xml") if ending == ".ods" else ("xl/workbook.xml", "content.xml")
    if wanted not in parts or other in parts or "xl/workbook.bin" in parts:
        raise ValueError("the parts do not fit the ending")


def _walk(archive: zipfile.ZipFile, part: zipfile.ZipInfo, name: str, ending: str) -> Formulas:
    """Reads one part to its end, whatever it is called: a workbook's list may point to any of them as a sheet."""
    walker: Walker = OdsWalker(name) if ending == ".ods" else XlsxWalker(name)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = walker.start
    parser.EndElementHandler = walker.end
    parser.CharacterDataHandler = walker.text
    parser.StartDoctypeDeclHandler = lambda *_: _refuse_entities(name)
    with archive.open(part) as stream:
        piece = stream.read(_CHUNK)
        is_xml = _is_xml(piece)
        try:
            while is_xml and piece:
                parser.Parse(piece)
                piece = stream.read(_CHUNK)
        except expat.ExpatError:
            # Old comment boxes (.vml) are often not good XML, and nothing is read from them.
            if not part.filename.lower().endswith(".vml") or walker.saw_cells:
                raise
        while stream.read(_CHUNK):
            pass
    return walker.formulas


def _is_xml(piece: bytes) -> bool:
    return piece.startswith(_MARKS) or piece.lstrip().startswith(b"<")


def _refuse_entities(name: str) -> None:
    raise BadInput(
        f"{name} holds hidden instructions (an XML declaration), so it was not opened.",
        "Open it in a spreadsheet, save it again as .xlsx or .csv, and try again.",
    )


def _xlsx_sheets(archive: zipfile.ZipFile) -> Mapping[str, str]:
    """Each sheet's name and the part that holds it."""
    book = next(part for part in archive.namelist() if part.lower().lstrip("/") == "xl/workbook.xml")
    folder = posixpath.dirname(book)
    relations = ET.fromstring(archive.read(f"{folder}/_rels/workbook.xml.rels"))
    targets = {element.get("Id", ""): element.get("Target", "") for element in relations}
    found = {}
    for element in ET.fromstring(archive.read(book)).iter():
        if element.tag.rpartition("}")[2] == "sheet":
            relation = next((value for key, value in element.attrib.items() if key.endswith("}id")), "")
            target = targets.get(relation, "")
            absolute = target.startswith("/")
            part = target.lstrip("/") if absolute else posixpath.normpath(posixpath.join(folder, target))
            found[element.get("name", "")] = part
    return found
