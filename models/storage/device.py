"""Which machine this is: a random id kept outside every club file, so that two machines' marks can be told apart."""

import contextlib
import os
import secrets
from pathlib import Path

HOME_VARIABLE = "BREATHER_HOME"
_NAME = "device"


def home() -> Path:
    """Where this machine keeps what belongs to no club: the folder BREATHER_HOME names, else the system's own place."""
    from platformdirs import user_data_dir

    said = os.environ.get(HOME_VARIABLE)
    return Path(said) if said else Path(user_data_dir("Breather", appauthor=False))


def device_id(folder: Path | None = None) -> str:
    """This machine's id, made the first time it is asked for and kept in `folder` (None: `home()`).

    Where nothing can be written there, an id for this run alone.
    """
    path = (folder or home()) / _NAME
    made = secrets.token_hex(16)
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with path.open("x", encoding="ascii") as file:
                file.write(made)
        except FileExistsError:
            kept = path.read_text(encoding="ascii", errors="replace").strip()
            if kept and len(kept) <= 64 and kept.isalnum():
                return kept
            path.write_text(made, encoding="ascii")
    return made
