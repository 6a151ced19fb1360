"""The command line as a user of it sees it: answers, complaints and exit codes."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from models.bootstrap import open_club
from models.console.__main__ import main
from models.people import queries as people
from models.people import service as people_service
from models.readiness.rules import RULES
from models.storage.engine import connect
from tests.clubs import PASSPHRASE, new_club
from tests.intake.helpers import csv_bytes, sample_grid

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "resources" / "sample"
TODAY = ("--today", "2026-12-03")


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an empty club and one the sample was taken into, both quick to open."""
    folder = tmp_path_factory.mktemp("console")
    new_club(folder).close()
    (folder / "secret").write_text(PASSPHRASE + "\n", "utf-8")
    for suffix in ("", ".keys"):
        shutil.copy(folder / f"club.breather{suffix}", folder / f"empty.breather{suffix}")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BREATHER_HOME", str(folder / "home"))
        assert main(["import", str(folder / "club.breather"), str(SAMPLE), *secret(folder), *TODAY]) == 0
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it for one test, where the commands are typed."""
    for file in made.iterdir():
        if file.is_file():
            shutil.copy(file, tmp_path)
    monkeypatch.setenv("BREATHER_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def secret(folder: Path) -> tuple[str, str]:
    return "--passphrase-file", str(folder / "secret")


@contextmanager
def reaching_in(file: Path) -> Iterator[Any]:
    """A connection as somebody with the passphrase and a database tool would have it."""
    club = open_club(file, PASSPHRASE, device="test")
    connection = connect(file, club._store.key)
    yield connection
    connection.close()
    club.close()


class Console:
    """Types a command and keeps what it said."""

    def __init__(self, folder: Path, captured: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.captured = captured

    def __call__(self, *words: str) -> tuple[int, str, str]:
        self.captured.readouterr()
        try:
            code = main([*words, *secret(self.folder)])
        except SystemExit as stopped:
            code = int(str(stopped.code))
        said = self.captured.readouterr()
        return code, said.out, said.err

    def json(self, *words: str) -> tuple[int, Any]:
        code, out, _ = self(*words, "--json")
        return code, json.loads(out)


@pytest.fixture
def console(folder: Path, capsys: pytest.CaptureFixture[str]) -> Console:
    return Console(folder, capsys)


def bad_sample(folder: Path) -> Path:
    """The tracker with an impossible birth date, and the register."""
    files = folder / "files"
    files.mkdir()
    grid = sample_grid("young-carers.csv")
    grid[1][grid[0].index("DOB")] = "31/02/2019"
    (files / "young-carers.csv").write_bytes(csv_bytes(grid))
    for name in ("register.csv", "activities.csv", "team.csv", "README.md"):
        shutil.copy(SAMPLE / name, files)
    return files


def test_a_new_club_is_made_opened_and_whole(folder: Path, console: Console) -> None:
    assert console("new", "harbour.breather", "--name", "Harbour")[0] == 0
    assert (folder / "harbour.breather.keys").exists()
    code, whole = console.json("verify", "harbour.breather")
    assert (code, whole["file"], whole["ok"], whole["faults"]) == (0, "harbour.breather", True, [])
    code, _, complaint = console("new", "harbour.breather", "--name", "Harbour")
    assert (code, "already a file called harbour.breather" in complaint) == (1, True)


def test_a_club_with_a_name_of_300_letters_is_not_made(folder: Path, console: Console) -> None:
    code, _, complaint = console("new", "long.breather", "--name", "N" * 300)
    assert (code, "too long" in complaint) == (1, True)
    assert not list(folder.glob("long*"))


def test_verify_finds_an_altered_page(folder: Path, console: Console) -> None:
    file = folder / "club.breather"
    data = bytearray(file.read_bytes())
    data[-100] ^= 1
    file.write_bytes(data)
    code, answer = console.json("verify", "club.breather")
    assert code == 1
    assert answer.get("faults") or answer.get("error")


def test_verify_finds_a_journal_that_was_edited_behind_the_apps_back(folder: Path, console: Console) -> None:
    assert console("verify", "club.breather")[0] == 0
    with reaching_in(folder / "club.breather") as connection:
        connection.execute("UPDATE journal_change SET actor_name = 'Somebody' WHERE number = 1")
    code, answer = console.json("verify", "club.breather")
    assert (code, answer["ok"]) == (1, False)
    assert all("no longer says what it said" in fault for fault in answer["faults"])
    code, out, _ = console("verify", "club.breather")
    assert code == 1
    assert sum("no longer says what it said" in line for line in out.splitlines()) == len(answer["faults"])
    assert out.startswith("club.breather: Entry 1 (")


def test_figures_are_the_offices_own(console: Console) -> None:
    expected = json.loads((SAMPLE / "totals.json").read_text("utf-8"))
    del expected["import"]
    assert console.json("figures", "club.breather", "--from", "2025-09-01", "--to", "2026-11-21") == (0, expected)
    _, out, _ = console("figures", "club.breather", "--from", "2025-09-01", "--to", "2026-11-21")
    assert "Hours of respite: 1199.0" in out
    assert console("figures", "club.breather", "--from", "2026-09-02", "--to", "2026-09-01")[0] == 2


def test_figures_without_days_are_of_the_school_year_so_far(console: Console) -> None:
    assert console.json("figures", "club.breather", *TODAY)[1]["as_of"] == "2026-12-03"


def test_import_writes_nothing_while_anything_is_refused(folder: Path, console: Console) -> None:
    files = bad_sample(folder)
    code, answer = console.json("import", "empty.breather", str(files))
    assert (code, answer["written"], answer["skipped"]) == (1, False, ["README.md"])
    tracker = next(file for file in answer["files"] if file["kind"] == "young carers")
    assert set(tracker) == {"file", "kind", "add", "change", "same", "refused", "ask"}
    (refused,) = tracker["refused"]
    assert set(refused) == {"ref", "row", "column", "value", "reason"}
    assert (refused["ref"], refused["row"], refused["column"], refused["value"]) == ("IYC001", 2, "DOB", "31/02/2019")
    assert console.json("list", "empty.breather", "children")[1] == {"children": []}


def test_skip_leaves_the_bad_rows_out_and_a_dry_run_only_says_so(folder: Path, console: Console) -> None:
    files = str(bad_sample(folder))
    assert console("import", "empty.breather", files, "--dry-run")[0] == 1
    code, out, _ = console("import", "empty.breather", files, "--dry-run", "--skip")
    assert code == 0
    assert "Left out: IYC001: Row 2, DOB" in out
    assert console.json("list", "empty.breather", "team")[1] == {"team": []}
    assert console("import", "empty.breather", files, "--skip")[0] == 0
    assert len(console.json("list", "empty.breather", "children")[1]["children"]) == 42


def test_the_sample_again_is_all_the_same(console: Console) -> None:
    code, answer = console.json("import", "club.breather", str(SAMPLE))
    assert code == 0
    assert [(file["add"], file["change"]) for file in answer["files"]] == [(0, 0)] * 7
    assert answer["skipped"] == ["README.md", "totals.json"]


def test_what_was_edited_here_stays_and_is_reported(folder: Path, console: Console) -> None:
    club = open_club(folder / "club.breather", PASSPHRASE, device="test")
    child = next(one for one in club.read(people.children) if one.ref == "IYC001")
    club.write(lambda uow: people_service.edit_child(uow, child.id, None, {"school": "Dock Lane"}), "School")
    club.close()
    grid = sample_grid("young-carers.csv")
    grid[1][grid[0].index("School")] = "Hill Street"
    (folder / "later.csv").write_bytes(csv_bytes(grid))
    _, said, _ = console("import", "club.breather", "later.csv", "--dry-run", *TODAY)
    assert "Kept as it is here: IYC001, School: “Dock Lane” (the file says “Hill Street”)." in said
    code, answer = console.json("import", "club.breather", "later.csv", *TODAY)
    row = {"file": "later.csv", "ref": "IYC001", "row": 2, "column": "School"}
    assert (code, answer["kept"]) == (0, [row | {"here": "Dock Lane", "value": "Hill Street"}])


def test_a_folder_without_a_spreadsheet_is_no_success(folder: Path, console: Console) -> None:
    (folder / "letters").mkdir()
    (folder / "letters" / "note.txt").write_text("hello", "utf-8")
    code, answer = console.json("import", "club.breather", "letters")
    assert (code, answer["files"], answer["skipped"], answer["written"]) == (1, [], ["note.txt"], False)
    assert "no spreadsheet" in console("import", "club.breather", "letters")[1]


def test_what_has_to_be_asked_stops_an_import(folder: Path, console: Console) -> None:
    grid = sample_grid("young-carers.csv")
    grid = [grid[0], ["IYC044", "Nimah", *grid[1][2:]]]
    (folder / "more.csv").write_bytes(csv_bytes(grid))
    code, answer = console.json("import", "club.breather", "more.csv")
    assert (code, answer["written"]) == (1, False)
    (asked,) = answer["files"][0]["ask"]
    assert set(asked) == {"ref", "row", "reason", "like"}
    assert (asked["ref"], asked["like"]) == ("IYC044", "IYC001 Niamh Walker")


def test_check_answers_in_the_agreed_shape(console: Console) -> None:
    code, answer = console.json("check", "club.breather", "--date", "2026-12-05", *TODAY)
    assert (code, answer["activity"], answer["date"], answer["ready"]) == (0, "December club", "2026-12-05", True)
    for line in answer["lines"]:
        assert set(line) == {"rule", "level", "kind", "text", "fix", "people"}
    rules = [line["rule"] for line in answer["lines"]]
    assert len(rules) == len(set(rules))
    assert set(rules) <= {rule.name for rule in RULES}
    code, trip = console.json("check", "club.breather", "--date", "2026-12-22", *TODAY)
    assert (code, trip["ready"]) == (1, False)
    consent = next(line for line in trip["lines"] if line["rule"] == "trip-consent")
    assert (consent["level"], "Rafael Świątek" in consent["people"]) == ("block", True)


def test_no_activity_that_day_or_several_is_wrong_use(folder: Path, console: Console) -> None:
    assert console("check", "club.breather", "--date", "2026-12-25")[0] == 2
    grid = sample_grid("activities.csv")
    extra = ["05/12/2026", "Saturday club", "December party", "All Saints Community Centre", "15:00", "17:00", "None"]
    (folder / "more.csv").write_bytes(csv_bytes([grid[0], [*extra, "Denise Achebe", "", "Draft"]]))
    assert console("import", "club.breather", "more.csv")[0] == 0
    code, _, complaint = console("check", "club.breather", "--date", "2026-12-05")
    assert (code, "--title" in complaint) == (2, True)
    assert console.json("check", "club.breather", "--date", "2026-12-05", "--title", "party")[1]["activity"] == (
        "December party"
    )


def test_the_help_names_every_rule(console: Console) -> None:
    code, out, _ = console("check", "--help")
    assert code == 0
    assert all(rule.name in out for rule in RULES)


@pytest.mark.parametrize("what", ["children", "team", "activities", "vehicles"])
def test_lists(console: Console, what: str) -> None:
    code, answer = console.json("list", "club.breather", what)
    assert (code, len(answer[what])) == (0, {"children": 43, "team": 7, "activities": 26, "vehicles": 2}[what])
    assert len(console("list", "club.breather", what)[1].splitlines()) == len(answer[what])


@pytest.mark.parametrize("what", ["consent-pack", "trip-pack", "register", "manifest", "contacts"])
def test_print_saves_a_pdf(folder: Path, console: Console, what: str) -> None:
    code, answer = console.json("print", "club.breather", what, "--date", "2026-12-22", "-o", "out.pdf", *TODAY)
    assert (code, answer["activity"]) == (0, "Pantomime")
    assert (folder / "out.pdf").read_bytes().startswith(b"%PDF")


def test_a_paper_is_saved_only_as_a_file_in_a_folder_that_is_there(folder: Path, console: Console) -> None:
    for output in (folder, folder / "nowhere" / "out.pdf"):
        code, _, complaint = console("print", "club.breather", "contacts", "--date", "2026-12-22", "-o", str(output))
        assert (code, "after -o" in complaint, ".new" in complaint) == (2, True, False)


def test_a_bus_list_without_a_bus_says_what_to_do(folder: Path, console: Console) -> None:
    code, _, complaint = console("print", "club.breather", "manifest", "--date", "2026-12-05", "-o", "out.pdf")
    assert (code, "Transport" in complaint, (folder / "out.pdf").exists()) == (1, True, False)


def test_each_way_a_file_can_be_wrong_has_its_sentence(folder: Path, console: Console) -> None:
    (folder / "nothing.breather").write_bytes(b"")
    shutil.copy(folder / "club.breather", folder / "alone.breather")
    for name in ("nothing.breather", "alone.breather", "missing.breather"):
        code, out, complaint = console("verify", name)
        assert (code, out) == (1, "")
        assert complaint.endswith(".\n")
        assert "Traceback" not in complaint
    code, answer = console.json("verify", "missing.breather")
    assert (code, set(answer)) == (1, {"error", "next"})


def test_a_wrong_passphrase_and_a_missing_passphrase_file(folder: Path, console: Console) -> None:
    (folder / "secret").write_text("something else\n", "utf-8")
    code, _, complaint = console("verify", "club.breather")
    assert (code, "does not open this club file" in complaint) == (1, True)
    (folder / "secret").unlink()
    assert console("verify", "club.breather")[0] == 2


def test_only_one_trailing_newline_is_ignored(folder: Path, console: Console) -> None:
    (folder / "secret").write_bytes(PASSPHRASE.encode())
    assert console("verify", "club.breather")[0] == 0
    (folder / "secret").write_bytes(PASSPHRASE.encode() + b"\n\n")
    assert console("verify", "club.breather")[0] == 1


@pytest.mark.parametrize(
    "words", [(), ("--json", "verify", "x"), ("check", "x"), ("figures", "x", "--from", "5/12/26"), ("new", "x")]
)
def test_wrong_use(console: Console, words: tuple[str, ...]) -> None:
    code, _, complaint = console(*words)
    assert (code, complaint.startswith("usage:")) == (2, True)


def test_wrong_use_is_one_json_object_where_json_was_asked_for(console: Console) -> None:
    for words in (("check", "club.breather"), ("list", "club.breather", "venues"), ("--json", "verify", "x")):
        code, answer = console.json(*words)
        assert (code, set(answer)) == (2, {"error", "next"})


def breather(folder: Path, *words: str, code: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", code] if code else [sys.executable, "-m", "models.console"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "BREATHER_HOME": str(folder / "home")}
    return subprocess.run(
        [*command, *words], cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8",
        stdin=subprocess.DEVNULL, check=False,
    )  # fmt: skip


def test_the_process_ends_with_the_right_code_and_no_traceback(folder: Path) -> None:
    ready = breather(folder, "check", "club.breather", "--date", "2026-12-05", *secret(folder), *TODAY, "--json")
    assert (ready.returncode, ready.stderr, json.loads(ready.stdout)["ready"]) == (0, "", True)
    unready = breather(folder, "check", "club.breather", "--date", "2026-12-22", *secret(folder), *TODAY)
    assert unready.returncode == 1
    nobody = breather(folder, "verify", "club.breather")
    assert (nobody.returncode, "--passphrase-file" in nobody.stderr) == (2, True)
    assert "Traceback" not in ready.stderr + unready.stderr + nobody.stderr


def test_no_screen_is_imported(folder: Path) -> None:
    code = (
        "import sys; from models.console.__main__ import main; main(sys.argv[1:]);"
        "heavy = ('PySide6', 'shiboken6', 'desktop', 'pandas', 'fpdf', 'alembic');"
        "sys.exit(str([name for name in sys.modules if name.startswith(heavy)]))"
    )
    done = breather(folder, "check", "club.breather", "--date", "2026-12-05", *secret(folder), *TODAY, code=code)
    assert done.stderr.strip() == "[]"


def test_a_slip_of_ours_is_a_sentence_too(console: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    def slip(_: object) -> None:
        raise RuntimeError("Niamh Walker")

    monkeypatch.setattr("models.console.__main__.run", slip)
    code, _, complaint = console("verify", "club.breather")
    assert code == 1
    assert "RuntimeError, test_console.py" in complaint
    assert "Niamh" not in complaint
