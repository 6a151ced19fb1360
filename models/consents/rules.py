"""Rules about consents: what is needed, what still stands, and what only warns."""

from enum import StrEnum


class ConsentKind(StrEnum):
    """What is asked of a parent. Safeguarding is an acknowledgement; trip covers the minibus."""

    SAFEGUARDING = "safeguarding"
    TRIP = "trip"
    EMERGENCY_CARE = "emergency care"
    PHOTOS = "photos"
    SUN_CREAM = "sun cream"
    PLASTERS = "plasters"


class ConsentState(StrEnum):
    """Where a consent stands. EXPIRED is worked out, never stored."""

    NOT_ASKED = "not asked"
    ASKED = "asked"
    SIGNED = "signed"
    GRANTED = "granted"
    PHONE = "phone"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class Authority(StrEnum):
    """By what right somebody signed."""

    PARENTAL_RESPONSIBILITY = "parental responsibility"
    DELEGATED = "delegated"
    NOT_KNOWN = "not known"


class Method(StrEnum):
    """How the answer came."""

    PAPER = "paper"
    PHONE = "phone"
    EMAIL = "email"
    IMPORTED = "imported"
