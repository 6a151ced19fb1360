"""What a club says of itself, and its house policy."""

from collections.abc import Mapping
from typing import Any

from models.access import queries, rules
from models.access.permissions import Permission, needs
from models.access.records import ClubRecord
from models.access.words import CLUB
from models.kernel.errors import BadInput
from models.storage.uow import UnitOfWork
from models.storage.values import checked, put_into


@needs(Permission.SETTINGS)
def edit_club(uow: UnitOfWork, version: int | None, values: Mapping[str, Any]) -> None:
    """Changes some of words.CLUB. Raises BadInput (with its field), Stale."""
    record = uow.edit(ClubRecord, queries.club(uow).id, version, "club")
    clean = checked(ClubRecord, values, CLUB)
    if not clean.get("name", record.name):
        raise BadInput("The club has no name.", "Type the name families know it by.", "name")
    for name, value in clean.items():
        fault = rules.out_of_range(name, value) if name in rules.RANGES else ""
        if fault:
            raise BadInput(f"The {CLUB[name]} is out of range.", fault, name)
    put_into(record, clean)


@needs(Permission.SETTINGS)
def set_logo(uow: UnitOfWork, picture: bytes | None, version: int | None = None) -> None:
    """Sets the picture on paper (PNG or JPEG, at most 1 MB); None takes it away. Raises BadInput, Stale."""
    fault = rules.logo_fault(picture) if picture is not None else ""
    if fault:
        raise BadInput(fault, "Choose a PNG or JPEG picture of at most 1 MB.", "logo")
    uow.edit(ClubRecord, queries.club(uow).id, version, "club").logo = picture
