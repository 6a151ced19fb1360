"""The pins and pyproject.toml say the same."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", re.MULTILINE)
NAME = re.compile(r"^[A-Za-z0-9._-]+")


def pins(name: str) -> set[tuple[str, str]]:
    text = (ROOT / "installer" / "requirements" / f"{name}.txt").read_text("utf-8")
    return {(found[1].lower(), found[2]) for found in PIN.finditer(text)}


def asked(requirements: list[str]) -> set[str]:
    return {found[0].lower() for found in map(NAME.match, requirements) if found}


def test_everything_asked_for_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    run = asked(project["project"]["dependencies"]) | asked(project["dependency-groups"]["setup"])
    assert run <= {name for name, _ in pins("run")}
    assert run | asked(project["dependency-groups"]["test"]) <= {name for name, _ in pins("test")}


def test_the_app_runs_on_what_was_tested() -> None:
    assert pins("run") <= pins("test")


def test_every_pin_has_its_hash() -> None:
    for name in ("run", "test"):
        blocks = re.split(r"\n(?=\S)", (ROOT / "installer" / "requirements" / f"{name}.txt").read_text("utf-8"))
        assert [block for block in blocks if "--hash=sha256:" not in block] == []
