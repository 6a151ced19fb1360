"""`breather backup` and `breather restore`."""

import argparse

from models.access.queries import may_carry_the_file
from models.bootstrap import Place, read_place
from models.bootstrap import restore as put_back
from models.console.opening import clock_of, opened, passphrase
from models.console.outcome import Outcome, WrongUse
from models.kernel.words import counted
from models.privacy.since import after_restore
from models.storage.device import device_id, home
from models.storage.snapshot import Facts


def back_up(options: argparse.Namespace) -> Outcome:
    """A backup of a club file, which may be open elsewhere. Raises WrongUse for a folder that is not there."""
    if options.to is not None and not options.to.is_dir():
        raise WrongUse(f"There is no folder {options.to}.", "Check what stands after --to.")
    place = read_place(home()) if options.to is None else Place(options.to, chosen=True)
    with opened(options) as club:
        if options.to is not None:
            club.read(may_carry_the_file)
        made = club.back_up(place)
        facts = made.facts or club.facts()
    lines = [f"{made.path}: {counts_words(facts)}. Read back and compared: the same."]
    return Outcome({"backup": str(made.path), "made_at": made.made_at.isoformat(), **_counts(facts)}, lines)


def restore(options: argparse.Namespace) -> Outcome:
    """A club file from a backup; what it replaces is kept beside it."""
    if not options.to.absolute().parent.is_dir():
        raise WrongUse(f"There is no folder {options.to.parent}.", "Check what stands after --to.")
    club = put_back(
        options.club, options.to, passphrase(options), name=options.person, device=device_id(),
        clock=clock_of(options), data=home(),
    )  # fmt: skip
    try:
        facts = club.facts()
        again, back = club.read(after_restore)
        club.note_journal(home())
    finally:
        club.close()
    lines = [
        f"{options.to} is as it was: {counts_words(facts)}. It opens with the passwords of that day.",
        *([f"{counted(again, 'record')} erased after the backup: erased again."] if again else ()),
        *(
            [f"{counted(back, 'record')} erased after the backup: back. Erase again in Breather, at Privacy."]
            if back
            else ()
        ),
    ]
    said = {"file": str(options.to), "club": club.name, **_counts(facts), "erased_again": again, "still_to_erase": back}
    return Outcome(said, lines)


def counts_words(facts: Facts) -> str:
    """How much is in a club file, in words."""
    children = counted(facts.children, "child", "children")
    activities = counted(facts.activities, "club or trip", "clubs and trips")
    return f"{children}, {activities}, {counted(facts.marks, 'mark')} in the registers"


def _counts(facts: Facts) -> dict[str, int]:
    return {"children": facts.children, "activities": facts.activities, "marks": facts.marks}
