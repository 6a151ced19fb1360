"""What a club may set, and what it may not."""

from collections.abc import Mapping

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
