"""What must not stand anywhere in the house: unfinished marks, one machine's paths, addresses beside the pins."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OUTSIDE = {".git", ".venv", "out", "build", "dist", "__pycache__", ".hypothesis", ".benchmarks"}
TEXT = {".py", ".md", ".toml", ".txt", ".ini", ".json", ".csv", ".yml", ".yaml", ".svg", ".qss", ".mako", ".sh", ""}

# A letter in square brackets keeps a pattern from finding itself.
UNFINISHED = re.compile(r"\b(T[O]DO|F[I]XME|X[X]X|H[A]CK)\b|raise N[o]tImplementedError|(?i:c[o]ming soon)")
MACHINE = re.compile(r"(?<![\w.~])/(?:w[o]rk|r[o]ot|h[o]me|U[s]ers|t[m]p)/[\w.-]|\b[A-Z]:\\U[s]ers\\")
ADDRESS = re.compile(r"https?://|--(?:extra-)?index-url|--find-links")


def texts() -> list[Path]:
    """Every text file of the checkout, whether or not it came with git."""
    found: list[Path] = []
    for top in ROOT.iterdir():
        if top.name in OUTSIDE or top.name.endswith((".egg-info", "_cache")):
            continue
        found += [top] if top.is_file() else [path for path in top.rglob("*") if not OUTSIDE & set(path.parts)]
    return sorted(path for path in found if path.is_file() and path.suffix in TEXT)


def lines_with(pattern: re.Pattern[str], paths: list[Path]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}"
        for path in paths
        for number, line in enumerate(path.read_text("utf-8", errors="replace").splitlines(), 1)
        if pattern.search(line)
    ]


def test_nothing_is_marked_as_unfinished() -> None:
    assert lines_with(UNFINISHED, texts()) == []


def test_no_path_of_one_machine() -> None:
    assert lines_with(MACHINE, texts()) == []


def test_pins_name_no_address() -> None:
    pins = sorted((ROOT / "installer" / "requirements").iterdir())
    assert pins
    assert lines_with(ADDRESS, pins) == []


def test_a_silenced_checker_says_why() -> None:
    """`noqa` and `type: ignore` stand only with a reason on the same line."""
    silent = re.compile(r"#\s*(?:n[o]qa(?::\s*[A-Z0-9, ]+)?|type:\s*i[g]nore(?:\[[\w, -]+\])?)\s*$")
    python = [path for path in texts() if path.suffix == ".py"]
    assert lines_with(silent, python) == []


def test_no_test_is_skipped() -> None:
    skip = re.compile(r"pytest\.(?:mark\.)?(?:s[k]ip|x[f]ail)|pytest\.importors[k]ip|unittest\.s[k]ip")
    assert lines_with(skip, [path for path in texts() if path.suffix == ".py"]) == []


@pytest.mark.parametrize(
    ("pattern", "line"),
    [
        (UNFINISHED, "# TO~DO later"),
        (MACHINE, "open('/ho~me/sam/x')"),
        (MACHINE, "see /wo~rk/notes"),
        (ADDRESS, "--index-~url x"),
    ],
)
def test_each_would_be_seen(pattern: re.Pattern[str], line: str) -> None:
    assert pattern.search(line.replace("~", ""))
