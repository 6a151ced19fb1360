"""Older club files that restores kept beside this one, as far as somebody who was taken off still opens them."""

from contextlib import suppress
from pathlib import Path
from uuid import UUID

from models.kernel.errors import BreatherError
from models.kernel.words import listed
from models.storage import keys
from models.storage.restoring import kept_aside


def aside_of(path: Path, account: UUID) -> tuple[str, ...]:
    """What is to be told of them, naming each; nothing where the person's password opens none."""
    theirs = [name for name in kept_aside(path) if _opened_by(path.with_name(name), account)]
    if not theirs:
        return ()
    opens = f"Their password still opens what was kept beside the club file by putting back a backup: {listed(theirs)}."
    return (f"{opens} Delete it, with its keys file, when nobody needs it any more.",)


def _opened_by(path: Path, account: UUID) -> bool:
    with suppress(BreatherError, OSError):
        ring = keys.read_ring(path)
        return bool(ring.old) or ring.slot_of(account) is not None
    return False
