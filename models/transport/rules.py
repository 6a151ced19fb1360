"""Rules about minibuses: who may drive what, how many fit, and who may sit where."""

from enum import StrEnum


class Direction(StrEnum):
    """Out to the place, or back."""

    OUT = "out"
    BACK = "back"
