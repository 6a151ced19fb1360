"""`breather verify`: every page of a club file, its journal, and what is known of the journal elsewhere."""

import argparse
from collections.abc import Iterator
from dataclasses import replace

from models.bootstrap import Club, Compared
from models.console.opening import opened
from models.console.outcome import DONE, REFUSED, Outcome
from models.kernel.words import counted
from models.storage.device import home
from models.storage.erasing import taken_out
from models.storage.heads import OLDER_COPY
from models.storage.journal_check import verify_chain

LIMITS = (
    "This cannot show what somebody who can open the file wrote with another tool, journal and all, together with "
    "every backup and note within their reach. A backup kept somewhere else can: breather verify --backup FILE."
)


def verify(options: argparse.Namespace) -> Outcome:
    """A check of every page and of the journal, also against what is known of it; exit 1 where anything is wrong.

    Raises BadBackup for a `--backup` that is altered or of another club.
    """
    with opened(options) as club:
        # The journal of a file with damaged pages cannot be trusted to be read at all.
        found, held = club.faults(), Compared((), (), ())
        if not found:
            found, held = _journal(club, options)
            held = replace(held, notes=(*held.notes, *_erasures(club)))
    said = {
        "file": str(options.club), "ok": not found, "faults": found, "notes": list(held.notes),
        "held_against": [one.called for one in held.fitting], "limits": LIMITS,
    }  # fmt: skip
    return Outcome(said, _lines(options.club.name, found, held), REFUSED if found else DONE)


def _journal(club: Club, options: argparse.Namespace) -> tuple[list[str], Compared]:
    held = club.check_journal(home(), *options.backup)
    return [*club.read(verify_chain), *held.faults], held


def _erasures(club: Club) -> Iterator[str]:
    """What to compare by hand: somebody with the key could write an erasure down that nobody ordered."""
    erasures, entries = club.read(taken_out)
    if erasures:
        times, parts = counted(erasures, "erasure"), counted(entries, "entry", "entries")
        yield f"{times} took something out of {parts} of the journal: compare them with the lists under Privacy"


def _lines(name: str, found: list[str], held: Compared) -> list[str]:
    lines = [f"{name}: {fault.rstrip('.')}." for fault in found] or [f"{name} is whole."]
    if held.faults:
        lines.append(OLDER_COPY)
    lines += [f"{note}." for note in held.notes]
    if held.fitting:
        more = len(held.fitting) - 1
        others = f" and {counted(more, 'other', 'others')}" if more else ""
        lines.append(f"The journal agrees with {held.fitting[-1].called}{others}.")
    elif not found:
        lines.append("There is no backup and no note of the journal on this computer to hold it against.")
    return [*lines, LIMITS]
