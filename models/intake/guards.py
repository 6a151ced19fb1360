"""What is refused before it is opened: empty, huge, or made to fill the memory."""

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from models.kernel.errors import BadInput

LARGEST_FILE = 50 * 1024 * 1024
LARGEST_UNPACKED = 200 * 1024 * 1024
MOST_PARTS = 5_000
# A real sheet packs 10 to 40 times smaller; a bomb about a thousand times.
STEEPEST_RATIO = 150
_RATIO_MATTERS_FROM = 5 * 1024 * 1024
MOST_CELLS = 4_000_000

_CHUNK = 1 << 20
_OVERLAP = 512
_DECLARES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_FULL_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*[^/]>')


def load(source: Path | bytes, name: str) -> bytes:
    """The file's bytes. Raises BadInput when there are none, too many, or they cannot be read."""
    try:
        size = len(source) if isinstance(source, bytes) else source.stat().st_size
        if size > LARGEST_FILE:
            raise BadInput(f"{name} is larger than 50 MB.", "Take out pictures, or split it into smaller files.")
        data = source if isinstance(source, bytes) else source.read_bytes()
    except OSError as error:
        raise BadInput(f"{name} cannot be opened: {error.strerror}.", "Close it elsewhere and try again.") from error
    if not data:
        raise BadInput(f"{name} is empty (0 bytes).", "Look for another copy of it.")
    return data


def check_archive(data: bytes, name: str) -> None:
    """Reads a workbook's parts as a stream and refuses, by BadInput, one that would unpack to too much."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            _check_sizes(parts, name)
            for part in parts:
                if part.filename.lower().endswith((".xml", ".rels")):
                    _check_part(archive, part, name)
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, RuntimeError, NotImplementedError) as error:
        raise unreadable(name) from error
    except Exception as error:
        # zlib, lzma and bz2 each raise errors of their own over damaged data.
        if isinstance(error, BadInput):
            raise
        raise unreadable(name) from error


def unreadable(name: str) -> BadInput:
    """The refusal of a workbook that cannot be read."""
    return BadInput(
        f"{name} cannot be read; it may be damaged, locked with a password or not a spreadsheet.",
        "Open it in a spreadsheet, save it again as .xlsx or .csv, and try again.",
    )


def _check_sizes(parts: list[zipfile.ZipInfo], name: str) -> None:
    total = sum(part.file_size for part in parts)
    steep = any(
        part.file_size > _RATIO_MATTERS_FROM and part.file_size > STEEPEST_RATIO * max(part.compress_size, 1)
        for part in parts
    )
    # Parts that share the same packed bytes are the other way to build a bomb: more is packed than the file holds.
    if total > LARGEST_UNPACKED or steep or len(parts) > MOST_PARTS:
        raise _bomb(name)


def _bomb(name: str) -> BadInput:
    return BadInput(
        f"{name} would unpack to far more than a club's spreadsheet holds, so it was not opened.",
        "Ask whoever sent it for a plain copy, saved as .xlsx or .csv.",
    )


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, name: str) -> None:
    sheet = "worksheets/" in part.filename
    widest, lowest, read = 0, 0, 0
    for window in _windows(archive, part):
        read += len(window)
        if read > 2 * LARGEST_UNPACKED:
            raise _bomb(name)
        if _DECLARES.search(window):
            raise BadInput(
                f"{name} holds hidden instructions (an XML declaration), so it was not opened.",
                "Open it in a spreadsheet, save it again as .xlsx or .csv, and try again.",
            )
        for found in _FULL_CELL.finditer(window) if sheet else ():
            widest, lowest = max(widest, _column(found[1])), max(lowest, int(found[2]))
    if widest * lowest > MOST_CELLS:
        raise BadInput(
            f"{name} has a cell far away from the others, so it is too large to open.",
            "Delete what stands in the furthest row or column, and try again.",
        )


def _windows(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The part's bytes in overlapping pieces, so that nothing hides on a seam; NULs out, for UTF-16."""
    tail = b""
    with archive.open(part) as stream:
        while piece := stream.read(_CHUNK):
            piece = piece.replace(b"\0", b"")
            yield tail + piece
            tail = piece[-_OVERLAP:]


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
