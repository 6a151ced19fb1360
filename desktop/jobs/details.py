"""What may be copied about an error: its type and where it happened, never a value."""

import traceback
from pathlib import Path

_ROOTS = ("desktop", "models")


def details_of(error: BaseException) -> str:
    """One line for the type, one for each place; messages and values are left out, as they can hold personal data."""
    lines: list[str] = []
    current: BaseException | None = error
    while current is not None:
        lines.append(type(current).__name__)
        frames = traceback.extract_tb(current.__traceback__)
        lines += [f"  {_inside(frame.filename)}:{frame.lineno} in {frame.name}" for frame in frames]
        current = current.__cause__ or current.__context__
    return "\n".join(lines)


def _inside(filename: str) -> str:
    """The path from the app's own folder on (a home folder can hold a person's name); otherwise only the file name."""
    parts = Path(filename).parts
    for at in range(len(parts) - 1, -1, -1):
        if parts[at] in _ROOTS:
            return "/".join(parts[at:])
    return parts[-1] if parts else "?"
