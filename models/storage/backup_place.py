"""Where this machine puts backups, and what went wrong with the last one: kept outside every club file.

Without a choice it is a folder among what belongs to this machine's user, so that a club's own folder can be moved,
tidied or deleted and the backups stay.
"""

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from models.storage.keys import replace_file

FOLDER = "Breather backups"
_NAME = "backups.json"


@dataclass(frozen=True)
class Place:
    """Where backups go, whether somebody chose it, and why the last one failed ("" where it did not)."""

    folder: Path
    chosen: bool = False
    trouble: str = ""

    @property
    def there(self) -> bool:
        """Whether backups can go there: one that was chosen is never made anew (a stick that is not plugged in)."""
        return not self.chosen or self.folder.is_dir()

    @property
    def nearest(self) -> Path:
        """The folder itself, or the nearest one above it that is there."""
        return next((one for one in (self.folder, *self.folder.parents) if one.is_dir()), self.folder)

    def same_disk(self, club_file: Path) -> bool:
        """Whether one broken disk would take the club file and its backups."""
        try:
            return self.nearest.stat().st_dev == club_file.stat().st_dev
        except OSError:
            return False


def read_place(data: Path) -> Place:
    """The place kept in this machine's folder; a missing or damaged note gives the default."""
    default = Place(data / FOLDER)
    try:
        kept: Any = json.loads((data / _NAME).read_text("utf-8"))
        folder, trouble = str(kept["folder"]), str(kept["trouble"])
    except (OSError, ValueError, KeyError, TypeError):
        return default
    return Place(Path(folder), True, trouble) if folder else replace(default, trouble=trouble)


def choose_folder(data: Path, folder: Path | None) -> Place:
    """Keeps another folder; None for the default. Raises OSError."""
    return _keep(data, Place(folder, True) if folder is not None else Place(data / FOLDER))


def note_trouble(data: Path, words: str) -> Place:
    """Keeps why the last backup failed, "" once one has worked. Raises OSError."""
    now = read_place(data)
    return now if now.trouble == words else _keep(data, replace(now, trouble=words))


def _keep(data: Path, place: Place) -> Place:
    data.mkdir(parents=True, exist_ok=True)
    said = asdict(place) | {"folder": str(place.folder) if place.chosen else ""}
    replace_file(data / _NAME, json.dumps(said, indent=1).encode())
    return place
