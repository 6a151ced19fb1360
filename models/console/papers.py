"""`breather print`: one document for one activity, saved as a PDF."""

import argparse
from functools import partial

from models.console.choosing import chosen
from models.console.opening import opened
from models.console.outcome import Outcome, WrongUse
from models.documents import service
from models.documents.service import What
from models.kernel.words import counted
from models.storage.keys import replace_file


def make(options: argparse.Namespace) -> Outcome:
    """Makes the document and saves it, whole or not at all. A register is numbered, to be keyed back in row order.

    Raises WrongUse where there is no such folder to save it in.
    """
    if options.output.is_dir() or not options.output.absolute().parent.is_dir():
        raise WrongUse(f"{options.output} is no file in a folder that is there.", "Check what stands after -o.")
    with opened(options) as club:
        activity = club.read(partial(chosen, options=options))
        if options.what == What.REGISTER:
            numbered = partial(service.make_and_note, what=options.what, activity_id=activity.id)
            made = club.write(numbered, f"Print the register of {activity.title}").value
        else:
            made = club.read(partial(service.make, what=options.what, activity_id=activity.id))
    replace_file(options.output, made.pdf)
    said = {"document": options.what, "file": str(options.output), "activity": activity.title, "bytes": len(made.pdf)}
    return Outcome(said, [f"{made.title}: saved as {options.output} ({counted(made.sheets, 'part')})."])
