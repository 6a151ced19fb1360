"""Rooms stay comfortable: nobody should have to scroll through a file, a class or a function for ever."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("models", "desktop", "installer", "tests")
FILE, FUNCTION, CLASS = 500, 60, 299


def sources() -> list[Path]:
    return sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))


def length(node: ast.stmt) -> int:
    """Lines from the first decorator to the last line of the body."""
    decorators = getattr(node, "decorator_list", [])
    return (node.end_lineno or node.lineno) - min([node.lineno, *(item.lineno for item in decorators)]) + 1


def too_large(name: str, text: str) -> Iterator[str]:
    """A line for each thing in `text` that outgrew the house."""
    lines = text.count("\n") + 1
    if lines > FILE + 1:
        yield f"{name}: {lines} lines, {FILE} at most"
    for node in ast.walk(ast.parse(text)):
        limit = FUNCTION if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) else CLASS
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and length(node) > limit:
            yield f"{name}:{node.lineno} {node.name}: {length(node)} lines, {limit} at most"


def test_nothing_has_outgrown_its_room() -> None:
    found = [line for path in sources() for line in too_large(str(path.relative_to(ROOT)), path.read_text("utf-8"))]
    assert found == []


@pytest.mark.parametrize(
    "text",
    [
        "x = 1\n" * (FILE + 1),
        "def long():\n" + "    x = 1\n" * FUNCTION,
        "class Long:\n" + "    x = 1\n" * CLASS,
    ],
)
def test_a_large_one_would_be_seen(text: str) -> None:
    assert list(too_large("planted.py", text))


@pytest.mark.parametrize(
    "text",
    [
        "x = 1\n" * FILE,
        "def long():\n" + "    x = 1\n" * (FUNCTION - 1),
        "class Long:\n" + "    x = 1\n" * (CLASS - 1),
    ],
)
def test_the_limit_itself_is_allowed(text: str) -> None:
    assert list(too_large("planted.py", text)) == []
