"""Who may do what, and what a club may set."""

from collections.abc import Iterable, Mapping
from dataclasses import Field, replace
from enum import StrEnum
from typing import Any, ClassVar, Protocol, TypeVar


class Row(Protocol):
    """Any frozen row a query answers with."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]


R = TypeVar("R", bound=Row)


class Permission(StrEnum):
    """What a verb or a query needs the acting person to hold."""

    SEE_DAY = "see the day"
    SEE_FAMILIES = "see families"
    EDIT_FAMILIES = "edit families"
    EDIT_TEAM = "edit the team"
    CLEAR_ADULTS = "clear adults to count"
    PLAN = "plan activities"
    CONFIRM = "confirm plans"
    GO_AHEAD = "go ahead anyway"
    CONSENTS = "record consents"
    TRANSPORT = "plan transport"
    REGISTER = "take the register"
    PRINT = "print documents"
    REPORT = "see reports"
    IMPORT = "bring in spreadsheets"
    SETTINGS = "change settings"
    PEOPLE = "say who can sign in"
    PRIVACY = "release, keep or erase what is held of a child"
    RESTORE = "restore and move the club file"
    CONCERNS = "see concerns"


class Role(StrEnum):
    """What a person is here to do. Somebody may be safeguarding lead beside another role."""

    SESSIONAL = "sessional worker"
    LEAD = "lead worker"
    MANAGER = "manager"
    SAFEGUARDING = "safeguarding lead"


class AccessKind(StrEnum):
    """What is remembered of the door."""

    DENIED = "denied"
    WRONG_PASSWORDS = "wrong passwords"
    FIRE_LIST = "fire list"
    RECOVERED = "recovery key used"
    REKEYED = "new key"
    KEYS_PUT_BACK = "keys put back"


_DAY = frozenset({Permission.SEE_DAY, Permission.REGISTER})
_LEAD = _DAY | {
    Permission.SEE_FAMILIES, Permission.EDIT_FAMILIES, Permission.EDIT_TEAM, Permission.PLAN, Permission.CONFIRM,
    Permission.CONSENTS, Permission.TRANSPORT, Permission.PRINT, Permission.REPORT, Permission.IMPORT,
}  # fmt: skip
_ROLES: Mapping[Role, frozenset[Permission]] = {
    Role.SESSIONAL: _DAY,
    Role.LEAD: _LEAD,
    # Concerns are sealed from managers too, since one may be about them.
    Role.MANAGER: frozenset(Permission) - {Permission.CONCERNS},
    Role.SAFEGUARDING: frozenset({Permission.SEE_DAY, Permission.SEE_FAMILIES, Permission.CONCERNS}),
}


def permissions_of(*roles: Role) -> frozenset[Permission]:
    """Everything these roles together may do (house policy: a role for each part of the charity's work)."""
    return frozenset().union(*(_ROLES[role] for role in roles))


def who_can(permission: Permission) -> str:
    """Who holds it, for a sentence: a lead worker or a manager."""
    return " or ".join(f"a {role}" for role, held in _ROLES.items() if permission in held)


def blank(row: R, names: Iterable[str]) -> R:
    """The row with nothing said in these fields: as it is shown to somebody who may not see them."""
    return replace(row, **{name: _NOTHING.get(type(getattr(row, name))) for name in names})


_NOTHING: Mapping[type, object] = {str: "", bool: False, int: 0, tuple: ()}


# Lowest and highest that make sense. The house policy is the charity's own, but never fewer than two adults (NSPCC),
# and never more than eight children to one: what guidance says of 8- to 12-year-olds.
RANGES: Mapping[str, tuple[int, int]] = {
    "children_per_adult": (1, 8),
    "min_adults": (2, 10),
    "late_minutes": (5, 60),
    "dbs_years": (1, 5),
    "safeguarding_years": (1, 5),
    "consent_months": (1, 24),
}

MOST_LOGO_BYTES = 1_000_000
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")


def out_of_range(name: str, value: int) -> str:
    """What is wrong with a number of the house policy, as a sentence; "" when it makes sense."""
    least, most = RANGES[name]
    return "" if least <= value <= most else f"Write a number from {least} to {most}."


def logo_fault(picture: bytes) -> str:
    """Why a picture cannot be the logo, as a sentence; "" when it can. A logo is a PNG or JPEG of at most 1 MB."""
    if not picture.startswith(_PICTURES):
        return "This is not a PNG or JPEG picture."
    return "This picture is larger than 1 MB." if len(picture) > MOST_LOGO_BYTES else ""
