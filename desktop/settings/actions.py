"""One function per thing somebody can do in the settings."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from desktop.jobs import Jobs
from models.kernel.errors import BadInput

Done = Callable[[Any], object]
Failed = Callable[[Exception], object]


def save_club(jobs: Jobs, version: int, values: Mapping[str, Any], done: Done, failed: Failed) -> None:
    """Changes what the club says of itself, or its house policy."""

    def change(uow: Any) -> None:
        from models.access.service import edit_club

        edit_club(uow, version, values)

    jobs.change(change, "Changed the settings", done, failed)


def save_logo(jobs: Jobs, picture: Path | None, done: Done, failed: Failed) -> None:
    """Sets the picture on paper from a file; None takes it away."""

    def change(uow: Any) -> None:
        from models.access.service import set_logo

        set_logo(uow, _read(picture) if picture is not None else None)

    jobs.change(change, "Changed the logo" if picture else "Took the logo away", done, failed)


def save_term(
    jobs: Jobs, term_id: UUID | None, version: int | None, values: Mapping[str, Any], done: Done, failed: Failed
) -> None:
    """Adds a school term, or changes the one given."""

    def change(uow: Any) -> None:
        from models.programme.service import add_term, edit_term

        if term_id is None:
            add_term(uow, values)
        else:
            edit_term(uow, term_id, version, values)

    jobs.change(change, f"{'Added' if term_id is None else 'Changed'} {values['name'] or 'a term'}", done, failed)


def remove_term(jobs: Jobs, term_id: UUID, name: str, done: Done, failed: Failed) -> None:
    """Takes a school term away."""

    def change(uow: Any) -> None:
        from models.programme.service import remove_term as remove

        remove(uow, term_id)

    jobs.change(change, f"Removed {name}", done, failed)


def _read(picture: Path) -> bytes:
    try:
        with picture.open("rb") as file:
            return file.read(2_000_000)  # more than a logo may have: enough to be told so
    except OSError:
        raise BadInput(f"{picture.name} cannot be read.", "Choose another picture.", "logo") from None
