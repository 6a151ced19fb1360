"""The floors of the house hold, and a wrong import breaks them."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"
OPTIONS = ("--no-cache", "--config", "pyproject.toml")


def lint(folder: Path, *contracts: str) -> subprocess.CompletedProcess[str]:
    wanted = [part for contract in contracts for part in ("--contract", contract)]
    command = [sys.executable, "-c", LINT, *OPTIONS, *wanted]
    environment = {**os.environ, "PYTHONUTF8": "1"}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )


def test_imports_only_point_down() -> None:
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture
def small_house(tmp_path: Path) -> Path:
    """A house with a few bare rooms and the real contracts, to plant things in."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for room in (
        "models/kernel", "models/storage", "models/people", "models/team", "models/documents", "models/reports",
        "models/migrations",
        "desktop/jobs", "desktop/widgets", "desktop/people", "desktop/team",
    ):  # fmt: skip
        (tmp_path / room).mkdir(parents=True)
        (tmp_path / room / "__init__.py").touch()
    for name in (
        "models/__init__", "desktop/__init__", "models/people/rules", "models/people/records", "models/kernel/clock",
        "models/kernel/places", "models/schema",
    ):  # fmt: skip
        (tmp_path / f"{name}.py").touch()
    return tmp_path


def test_the_small_house_itself_is_sound(small_house: Path) -> None:
    done = lint(small_house)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("room", "line", "contract"),
    [
        ("models/kernel/planted.py", "import PySide6", "models-without-screen"),
        ("models/people/planted.py", "import desktop.widgets", "models-without-screen"),
        ("models/kernel/planted.py", "import models.people", "models-floors"),
        ("models/people/planted.py", "import models.team", "models-floors"),
        ("models/attic/__init__.py", "", "models-floors"),
        ("desktop/people/planted.py", "import desktop.team", "desktop-floors"),
        ("desktop/jobs/planted.py", "import desktop.widgets", "desktop-floors"),
        ("desktop/attic/__init__.py", "", "desktop-floors"),
        ("models/people/rules.py", "import models.people.records", "rules-pure"),
        ("models/people/rules.py", "import sqlalchemy", "rules-pure"),
        ("models/people/rules.py", "import models.kernel.clock", "rules-pure"),
        ("models/kernel/planted.py", "import sqlalchemy", "kernel-pure"),
        ("desktop/people/planted.py", "import sqlalchemy", "desktop-without-store"),
        ("desktop/people/planted.py", "import models.people.records", "store-inside-models"),
        ("desktop/people/planted.py", "import models.storage", "store-inside-models"),
        ("desktop/people/planted.py", "import models.schema", "store-inside-models"),
        ("models/reports/planted.py", "import fpdf", "fpdf-in-documents"),
        ("models/documents/planted.py", "import pandas", "pandas-in-reports"),
    ],
)
def test_a_planted_wrong_import_is_seen(small_house: Path, room: str, line: str, contract: str) -> None:
    planted = small_house / room
    planted.parent.mkdir(exist_ok=True)
    planted.write_text(f"{line}\n", "utf-8")
    assert lint(small_house, contract).returncode == 1


def test_a_rule_that_reaches_the_store_by_way_of_a_friend_is_seen(small_house: Path) -> None:
    (small_house / "models/people/friend.py").write_text("import sqlalchemy\n", "utf-8")
    (small_house / "models/people/rules.py").write_text("import models.people.friend\n", "utf-8")
    assert lint(small_house, "rules-pure").returncode == 1


def test_a_cycle_hidden_inside_functions_is_seen(small_house: Path) -> None:
    for one, other in (("first", "second"), ("second", "first")):
        text = f"def later():\n    import models.people.{other}\n"
        (small_house / f"models/people/{one}.py").write_text(text, "utf-8")
    assert lint(small_house, "no-cycles").returncode == 1
