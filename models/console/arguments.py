"""What can be typed after `breather`. Options stand after the verb."""

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import NoReturn

from models.access.rules import Role
from models.console.outcome import WrongUse
from models.kernel.errors import BadInput
from models.readiness.rules import RULES
from models.storage.server_address import Address, is_server

WHAT = ("children", "team", "activities", "vehicles")
PEOPLE = ("list", "add", "remove", "reset", "rename", "password", "recovery-key", "recover", "rekey")
ROLES = tuple(role.value.split()[0] for role in Role if role is not Role.SAFEGUARDING)
DOING = """What to do:
  list          everybody who can sign in
  add           let NAME sign in, with --role and --new-passphrase-file
  remove        NAME can sign in no more
  reset         give NAME another password (--new-passphrase-file), to be changed when they sign in
  rename        NAME was misspelt: put it right with --new-name; their password stays
  password      change your own password: --new-passphrase-file holds the new one
  recovery-key  print the key that opens the club when the last manager forgets (a new one, on a server)
  recover       open the club with that key (--recovery-key-file): NAME is a manager with a new password
  rekey         give the file a new key, for when somebody who left may have the old one"""
PAPERS = ("consent-pack", "trip-pack", "register", "manifest", "contacts")

JOURNAL = """The journal is held against this machine's own note of it and every backup in this machine's place.
It is not seen when somebody who can open the file changes a record with another tool and leaves the journal
alone; or writes the whole journal anew, and with it every backup and note that they can reach. They cannot
reach a backup kept somewhere else, or the note on another computer: keep one there, and give it with --backup."""
MOVE = """One of the two is a file and the other postgresql://OWNER:PASSWORD@server/database, with the name and password
of whoever owns the database. It asks for your own password (--as NAME). What is copied from stays as it is.
On the server everybody but you needs a new password: breather people postgresql://... reset NAME.\n"""
_CODES = "Exit codes: 0 done; 1 refused or not ready, with the reasons; 2 not understood."


class Parser(argparse.ArgumentParser):
    """One that raises WrongUse, so that whoever asked for JSON hears it in JSON; how it is used goes to stderr."""

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        raise WrongUse(f"{self.prog}: {message}.", "See --help.")


def parser() -> argparse.ArgumentParser:
    """The whole command line. Parsing raises WrongUse for what is not understood."""
    top = Parser(
        prog="breather", description="Breather without a window: a club file from the command line.", epilog=_CODES
    )
    verbs = top.add_subparsers(dest="verb", required=True, metavar="VERB")
    new = _verb(verbs, "new", "make a new, empty club file")
    new.add_argument("--name", required=True, help="the club's name, as families know it")
    _add_verify(verbs)
    _add_import(verbs)
    figures = _verb(verbs, "figures", "the figures of a period")
    figures.add_argument(
        "--from", dest="first", type=day, metavar="YYYY-MM-DD", help="default: the school year's start"
    )
    figures.add_argument("--to", dest="last", type=day, metavar="YYYY-MM-DD", help="default: today")
    listing = _verb(verbs, "list", "list what is in the club")
    listing.add_argument("what", choices=WHAT)
    _add_check(verbs)
    paper = _verb(verbs, "print", "make a document as a PDF")
    paper.add_argument("what", choices=PAPERS)
    _add_activity(paper)
    paper.add_argument("-o", dest="output", type=Path, required=True, metavar="FILE.pdf", help="where to save it")
    _add_backups(verbs)
    _add_people(verbs)
    _add_move(verbs)
    return top


def day(text: str) -> date:
    """A day as YYYY-MM-DD; what argparse calls for such an option."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is not a day; write it like 2026-12-05") from None


def place(text: str) -> Path | Address:
    """Where a club is: a file, or a database on a server; what argparse calls for such an option."""
    if not is_server(text):
        return Path(text)
    try:
        return Address.read(text)
    except BadInput as error:
        raise argparse.ArgumentTypeError(str(error)) from None


_Verbs = argparse._SubParsersAction  # the only name argparse has for it


def _verb(
    verbs: "_Verbs[Parser]", name: str, help_text: str, epilog: str = "", *, file: str = "CLUB.breather"
) -> Parser:
    verb = verbs.add_parser(
        name, help=help_text, description=f"{help_text[:1].upper()}{help_text[1:]}.", epilog=epilog or _CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False,
    )  # fmt: skip
    what = "the club file, or postgresql://server/database" if file == "CLUB.breather" else "the backup"
    verb.add_argument("club", type=place, metavar=file, help=what)
    verb.add_argument(
        "--as", dest="person", metavar="NAME", help="who you are; default: whoever the password belongs to"
    )
    verb.add_argument("--passphrase-file", type=Path, metavar="F", help="a file that holds the person's password")
    verb.add_argument("--today", type=day, metavar="YYYY-MM-DD", help="act as if this were today")
    verb.add_argument("--json", action="store_true", help="one JSON object on standard output")
    return verb


def _add_import(verbs: "_Verbs[Parser]") -> None:
    verb = _verb(verbs, "import", "bring in spreadsheets, all of them or none")
    verb.add_argument("files", type=Path, nargs="+", metavar="FOLDER_OR_FILES", help="csv, xlsx and ods are read")
    verb.add_argument("--dry-run", action="store_true", help="only say what would happen")
    verb.add_argument(
        "--skip", action="store_true", help="leave out rows that are refused or would have to be asked about"
    )


def _add_move(verbs: "_Verbs[Parser]") -> None:
    verb = _verb(verbs, "move", "copy a club file to a server, or back, and prove the copy the same", MOVE)
    _verb(verbs, "upgrade", "bring the tables of a club on a server up to date, as whoever owns its database")
    verb.add_argument("to", type=place, metavar="TO", help="an empty database on a server, or a new club file")


def _add_verify(verbs: "_Verbs[Parser]") -> None:
    verb = _verb(verbs, "verify", "check a club file to its last page", f"{JOURNAL}\n\n{_CODES}")
    verb.add_argument(
        "--backup", type=Path, action="append", default=[], metavar="ARCHIVE.breather-backup",
        help="hold the journal against this backup too; may be given several times",
    )  # fmt: skip


def _add_backups(verbs: "_Verbs[Parser]") -> None:
    backup = _verb(verbs, "backup", "make a backup, read back and compared")
    backup.add_argument("--to", type=Path, metavar="FOLDER", help="default: where Breather's window puts them")
    restore = _verb(verbs, "restore", "put a backup in place as a club file", file="ARCHIVE.breather-backup")
    restore.add_argument(
        "--to", type=Path, required=True, metavar="CLUB.breather",
        help="where it will stand; a file of the same club that is there is kept beside it",
    )  # fmt: skip


def _add_people(verbs: "_Verbs[Parser]") -> None:
    verb = _verb(verbs, "people", "who can sign in, and what they may do", f"{DOING}\n\n{_CODES}")
    verb.add_argument("what", choices=PEOPLE, nargs="?", default="list", help="default: list")
    verb.add_argument("name", nargs="?", metavar="NAME", help="whom it is about")
    verb.add_argument("--role", choices=ROLES, help="what they are here to do")
    verb.add_argument("--safeguarding", action="store_true", help="they are a safeguarding lead, beside a role or not")
    verb.add_argument("--new-name", metavar="NAME", help="what they are called, for rename")
    verb.add_argument("--new-passphrase-file", type=Path, metavar="F", help="a file that holds the new password")
    verb.add_argument(
        "--lose-concerns", action="store_true",
        help="remove, reset or recover the last one who can read the concerns, though nobody can read them afterwards",
    )  # fmt: skip
    verb.add_argument("--recovery-key-file", type=Path, metavar="F", help="a file that holds the recovery key")
    verb.add_argument(
        "--to", type=Path, metavar="CLUB.breather", help="recover from a backup: where it will stand as a club file"
    )


def _add_check(verbs: "_Verbs[Parser]") -> None:
    width = max(len(rule.name) for rule in RULES) + 2
    rules = "\n".join(f"  {rule.name:<{width}}{rule.help} ({rule.kind.value})" for rule in RULES)
    verb = _verb(verbs, "check", "whether an activity can run", f"Rules:\n{rules}\n\n{_CODES}")
    _add_activity(verb)


def _add_activity(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--date", type=day, required=True, metavar="YYYY-MM-DD", help="the activity's day")
    verb.add_argument("--title", help="its title, or part of it, where the day has several")
