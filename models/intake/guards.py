"""What is refused before it is opened: empty, huge, or made to fill the memory."""

import zipfile
from pathlib import Path

from models.kernel.errors import BadInput

LARGEST_FILE = 50 * 1024 * 1024
LARGEST_UNPACKED = 200 * 1024 * 1024
MOST_PARTS = 5_000
# A real sheet packs 10 to 40 times smaller; a bomb about a thousand times.
STEEPEST_RATIO = 150
_RATIO_MATTERS_FROM = 5 * 1024 * 1024
MOST_CELLS = 4_000_000


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


def check_sizes(parts: list[zipfile.ZipInfo], name: str) -> None:
    """Refuses, by BadInput, an archive that says it would unpack to too much (that it says so truly is checked as its
    parts are read: a part longer than declared fails its checksum)."""
    total = sum(part.file_size for part in parts)
    steep = any(
        part.file_size > _RATIO_MATTERS_FROM and part.file_size > STEEPEST_RATIO * max(part.compress_size, 1)
        for part in parts
    )
    if total > LARGEST_UNPACKED or steep or len(parts) > MOST_PARTS:
        raise BadInput(
            f"{name} would unpack to far more than a club's spreadsheet holds, so it was not opened.",
            "Ask whoever sent it for a plain copy, saved as .xlsx or .csv.",
        )


def unreadable(name: str) -> BadInput:
    """The refusal of a workbook that cannot be read."""
    return BadInput(
        f"{name} cannot be read; it may be damaged, locked with a password or not a spreadsheet.",
        "Open it in a spreadsheet, save it again as .xlsx or .csv, and try again.",
    )


def too_far(name: str) -> BadInput:
    """The refusal of a sheet whose used area is larger than the memory should hold."""
    return BadInput(
        f"{name} has a cell far away from the others, so it is too large to open.",
        "Delete what stands in the furthest row or column, and try again.",
    )
