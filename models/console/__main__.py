"""`breather`: a door without a window, for nightly jobs, an IT volunteer and tests."""

import io
import json
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

from models.console.arguments import parser
from models.console.outcome import REFUSED, WRONG_USE, Outcome, WrongUse
from models.console.verbs import run
from models.kernel.errors import BreatherError


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one verb; returns 0 done, 1 refused or not ready, 2 wrong use. Answers on stdout, complaints on stderr."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A pipe on Windows would not know a child called Świątek.
            stream.reconfigure(encoding="utf-8")
    typed = sys.argv[1:] if arguments is None else list(arguments)
    outcome = _outcome(typed)
    try:
        if "--json" in typed:
            print(json.dumps(outcome.said, ensure_ascii=False, indent=2))
        elif outcome.lines:
            print("\n".join(outcome.lines))
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever listened (`| head`) has heard enough; what is left unsaid must not fail at the very end either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return outcome.code


def _outcome(typed: Sequence[str]) -> Outcome:
    from sqlalchemy.exc import OperationalError

    try:
        return run(parser().parse_args(typed))
    except WrongUse as error:
        return _complaint(error.what, error.next_step, WRONG_USE)
    except BreatherError as error:
        return _complaint(error.what, error.next_step, REFUSED)
    except OperationalError:
        return _complaint(
            "Another program is busy with this club file.", "Close Breather there and try again.", REFUSED
        )
    except OSError as error:
        named = f"{error.filename}: " if error.filename else ""
        return _complaint(f"{named}{error.strerror or 'a file could not be read or written'}.", "", REFUSED)
    except KeyboardInterrupt:
        return _complaint("Stopped.", "Nothing was left half done.", REFUSED)
    except Exception as error:
        # A slip of ours: say where, so that it can be reported, but nothing that may hold a child's name.
        place = traceback.extract_tb(error.__traceback__)[-1]
        what = (
            f"Breather made a mistake and stopped ({type(error).__name__}, {Path(place.filename).name}:{place.lineno})."
        )
        return _complaint(what, "The club file is as it was. Tell whoever looks after Breather.", REFUSED)


def _complaint(what: str, next_step: str, code: int) -> Outcome:
    print(f"{what} {next_step}".strip(), file=sys.stderr)
    return Outcome({"error": what, "next": next_step}, (), code)


if __name__ == "__main__":
    sys.exit(main())
