"""The user guide speaks of what is there: every control it names is on a screen, and every screen has its page."""

import ast
import re
import shlex
from pathlib import Path

import pytest

from desktop.help.pages import folder, topic_there
from desktop.shell.places import existing
from models.access.rules import Permission, Role, permissions_of
from models.console.arguments import parser
from models.kernel import errors
from models.kernel.errors import ClubFileError

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(path.name for path in folder().glob("*.md"))
NAMED = re.compile(r"(?<!\*)\*([^*\n]+)\*(?!\*)")
COMMAND = re.compile(r"`(breather [^`]+)`|^ {4}(breather .+)$", re.MULTILINE)
TOPIC = re.compile(r'^ {4}help_topic = "(\w+)"', re.MULTILINE)

# Each file that does not open, and how the guide knows it: what it says on the screen.
OPENING = {
    errors.WrongPassphrase: ("not open this club file", "this password has been changed since"),
    errors.TooManyGuesses: ("too many wrong passwords",),
    errors.Damaged: ("is damaged", "does not belong to it", "keys file beside this club file is not whole"),
    errors.EmptyFile: ("holds nothing at all",),
    errors.KeysMissing: ("is not beside it",),
    errors.NewerVersion: ("was last used with a newer Breather",),
    errors.InUse: ("is already open in another Breather",),
    errors.ReadOnly: ("can be read here but not changed",),
    errors.DiskTrouble: ("no room left on the disk", "does not answer"),
    errors.OnNetwork: ("is in a shared folder of another computer",),
    errors.BadBackup: ("A backup that was altered",),
    errors.NoServer: ("does not answer",),
    errors.NoAnswer: ("does not answer",),
}

# What stands in a row of the table of roles, by how the row begins.
MAY = {
    "See today": {Permission.SEE_DAY},
    "Take the register": {Permission.REGISTER},
    "See families": {Permission.SEE_FAMILIES},
    "Change families": {Permission.EDIT_FAMILIES},
    "Plan and confirm": {Permission.PLAN, Permission.CONFIRM},
    "Change the team": {Permission.EDIT_TEAM},
    "Consents, transport": {Permission.CONSENTS, Permission.TRANSPORT, Permission.PRINT, Permission.REPORT},
    "Bring in spreadsheets": {Permission.IMPORT},
    "Clear an adult": {Permission.CLEAR_ADULTS},
    "Go ahead anyway": {Permission.GO_AHEAD},
    "Settings of the club": {Permission.SETTINGS, Permission.PEOPLE},
    "Release an answer": {Permission.PRIVACY},
    "Restore a backup": {Permission.RESTORE},
    "Open concerns": {Permission.CONCERNS},
}


def guide(page: str) -> str:
    return (folder() / page).read_text("utf-8")


def rows(page: str, columns: int) -> list[list[str]]:
    """The rows of a page's tables that have so many columns, their headings too."""
    lines = [line for line in guide(page).splitlines() if line.startswith("|") and not line.startswith("|---")]
    found = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [row for row in found if len(row) == columns]


def commands() -> list[tuple[str, str]]:
    """Every `breather …` that the guide and the README type, with where."""
    places = [(page, guide(page)) for page in PAGES] + [("README.md", (ROOT / "README.md").read_text("utf-8"))]
    return [(name, one or other) for name, text in places for one, other in COMMAND.findall(text)]


def said_anywhere() -> str:
    """Every text in the code, each as Python reads it, so that one written over two lines is whole."""
    found: list[str] = []
    for path in [*(ROOT / "models").rglob("*.py"), *(ROOT / "desktop").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.append(node.value)
    return "\n".join(found)


@pytest.mark.parametrize("page", PAGES)
def test_what_the_guide_names_is_on_a_screen(page: str) -> None:
    screens = "\n".join(path.read_text("utf-8") for path in (ROOT / "desktop").rglob("*.py")).lower()
    named = NAMED.findall(guide(page))
    assert [words for words in named if words.strip("… ").lower() not in screens and words != "*.keys"] == []


def test_every_screen_has_a_page_of_its_own() -> None:
    for place in existing():
        assert topic_there(place.key) == place.key


def test_f1_leads_to_a_page_on_every_screen() -> None:
    topics = [topic for path in (ROOT / "desktop").rglob("page.py") for topic in TOPIC.findall(path.read_text("utf-8"))]
    assert len(topics) >= len(existing())
    assert [topic for topic in topics if f"{topic}.md" not in PAGES] == []


def test_the_index_leads_to_every_page_and_no_link_is_dead() -> None:
    linked = set(re.findall(r"\]\((\S+?\.md)\)", guide("index.md")))
    assert linked == set(PAGES) - {"index.md"}
    for page in PAGES:
        for target in re.findall(r"\]\((\S+?\.md)\)", guide(page)):
            assert target in PAGES, f"{page} leads to {target}"


@pytest.mark.parametrize(("where", "typed"), commands())
def test_what_the_guide_types_is_understood(where: str, typed: str) -> None:
    whole = re.sub(r"\[|\]", "", typed)
    words = [word.split("|")[0] for word in shlex.split(whole)[1:]]
    if words[0] == "VERB":
        return
    assert f" {words[0]} " in parser().format_help(), where
    if len(words) > 1 and words[-1] != "--help":
        parser().parse_args(words)


def test_every_verb_is_in_the_guide() -> None:
    typed = {shlex.split(one)[1] for where, one in commands() if where == "command-line.md"}
    verbs = set(re.findall(r"^ {4}(\w+) ", parser().format_help(), re.MULTILINE))
    assert "people" in verbs
    assert verbs - typed == set()


def test_every_file_that_does_not_open_has_its_line() -> None:
    kinds = {one for one in vars(errors).values() if isinstance(one, type) and issubclass(one, ClubFileError)}
    assert kinds - {ClubFileError} == set(OPENING)
    page, said = guide("not-opening.md"), said_anywhere()
    for phrases in OPENING.values():
        for phrase in phrases:
            assert phrase in page
    quoted = [words for row in rows("not-opening.md", 2)[1:] for words in re.findall("“([^”]+)”", row[0])]
    assert quoted
    assert [words for words in quoted if words not in said] == []


def test_the_table_of_roles_is_what_the_roles_may() -> None:
    _, *lines = rows("access.md", 2)
    assert set.union(*MAY.values()) == set(Permission)
    assert len(lines) == len(MAY)
    for begins, asked in MAY.items():
        who = next(line[1] for line in lines if line[0].startswith(begins)).lower()
        may = [role for role in Role if asked <= permissions_of(role)]
        assert who == ("everybody" if set(may) == set(Role) else ", ".join(may)), begins
        for role in Role:  # never half of what a row says
            assert asked & permissions_of(role) in (set(), asked), begins
