"""What this machine prefers, kept outside any club file: look, text size, the last file's path.

Of people it keeps nothing but the name each club file was last opened with.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

SIZES = (1.0, 1.15, 1.3, 1.5, 1.75, 2.0)
"""Text sizes on offer, as a part of 100 %."""

MINUTES = range(1, 16)
"""Minutes without input until the app locks, as they may be chosen; there is no never."""
USUAL_MINUTES = 5

LIGHT, DARK, SYSTEM = "light", "dark", "system"


@dataclass(frozen=True)
class Look:
    """How the screens look: `theme` is light, dark or system; `size` one of SIZES."""

    theme: str = SYSTEM
    size: float = 1.0

    @property
    def dark(self) -> bool | None:
        """As `theme.apply` wants it; None follows the system."""
        return {DARK: True, LIGHT: False}.get(self.theme)

    def next_size(self, by: int) -> "Look":
        """One size up (1) or down (-1), within what is on offer."""
        at = min(max(SIZES.index(self.size) + by, 0), len(SIZES) - 1)
        return replace(self, size=SIZES[at])

    def other_theme(self, dark_now: bool) -> "Look":
        """Light where it is dark now, and dark where it is light."""
        return replace(self, theme=LIGHT if dark_now else DARK)


@dataclass(frozen=True)
class Preferences:
    """Everything kept. `last` is the path of the club file last open, "" for none; `lock_minutes` how long nobody
    touches this machine before it locks; `names` who signed in last, by the path of the club file or the address of
    the server; `server` the address of the club last open on a server, without anybody's name or password.
    """

    look: Look = Look()
    last: str = ""
    lock_minutes: int = USUAL_MINUTES
    names: Mapping[str, str] = field(default_factory=dict)
    server: str = ""

    def opened(self, path: Path, name: str) -> "Preferences":
        """The same once this file was opened, by this person ("": it asks no name)."""
        names = {**self.names, str(path): name} if name else dict(self.names)
        return replace(self, last=str(path), names=names)

    def opened_on_server(self, address: str, name: str) -> "Preferences":
        """The same once the club at this address was opened, by this person."""
        return replace(self, last="", server=address, names={**self.names, address: name})


def home() -> Path:
    """This machine's folder for what belongs to no club: where BREATHER_HOME says, else the system's own place."""
    from platformdirs import user_data_dir

    said = os.environ.get("BREATHER_HOME")
    return Path(said) if said else Path(user_data_dir("Breather", appauthor=False))


class PreferencesFile:
    """`preferences.json` in a folder of this machine's user."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._path = folder / "preferences.json"

    def read(self) -> Preferences:
        """What is kept; a missing or damaged file gives the defaults."""
        try:
            kept: Any = json.loads(self._path.read_text("utf-8"))
            look = Look(str(kept["look"]["theme"]), float(kept["look"]["size"]))
            minutes = kept.get("lock_minutes")
            names = {str(path): str(name) for path, name in dict(kept.get("names", {})).items()}
            minutes = minutes if minutes in MINUTES else USUAL_MINUTES
            found = Preferences(look, str(kept["last"]), minutes, names, str(kept.get("server", "")))
        except (OSError, ValueError, KeyError, TypeError):
            return Preferences()
        sound = look.theme in (LIGHT, DARK, SYSTEM) and look.size in SIZES
        return found if sound else replace(found, look=Look())

    def write(self, preferences: Preferences) -> None:
        """Keeps them. Raises OSError."""
        self.folder.mkdir(parents=True, exist_ok=True)
        half = self._path.with_name(self._path.name + ".new")
        half.write_text(json.dumps(asdict(preferences), indent=1), "utf-8")
        half.replace(self._path)
