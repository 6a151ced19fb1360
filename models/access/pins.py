"""The short PIN for register mode: kept as an Argon2id hash, and never enough to open the file."""

from typing import Any

from models.kernel.errors import BadInput, WrongPassphrase

LEAST, MOST = 4, 8
_RUNS = ("01234567890", "09876543210", "2580", "0852")


def check_pin(pin: str) -> None:
    """Raises BadInput for what is no PIN, or one that anybody would try first."""
    if not (pin.isascii() and pin.isdigit() and LEAST <= len(pin) <= MOST):
        raise BadInput(f"A PIN is {LEAST} to {MOST} figures.", "Type figures only.", "pin")
    half = pin[: len(pin) // 2]
    if len(set(pin)) < 3 or any(pin in run for run in _RUNS) or half * 2 == pin or _year(pin):
        raise BadInput("This PIN is one of the first that somebody would try.", "Choose another one.", "pin")


def _year(pin: str) -> bool:
    return len(pin) == 4 and 1940 <= int(pin) <= 2039


def hash_of(pin: str) -> str:
    """The hash that is kept."""
    return str(_hasher().hash(pin))


def check_hash(kept: str, pin: str) -> None:
    """Raises WrongPassphrase for another PIN, or where none is set."""
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        _hasher().verify(kept, pin)
    except (VerificationError, InvalidHashError):
        raise WrongPassphrase("That name and PIN do not belong together.", "Type them again.") from None


def _hasher() -> Any:
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=3, memory_cost=65_536, parallelism=4)
