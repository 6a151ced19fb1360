"""The book of results itself: rows come back as they were written, and a run replaces only its own files' rows."""

from pathlib import Path

from tests.faults import ledger
from tests.faults.ledger import Line


def a_line(test: str = "T1", what: str = "points", file: str = "test_t01_kill.py") -> Line:
    return Line(test, what, 1500, "0 lost", 7, 12.5, "2026-12-03", file)


def test_rows_are_read_back_as_they_were_written(tmp_path: Path) -> None:
    lines = [a_line(), a_line("T26", "backups", "test_t26_backups.py")]
    results = tmp_path / "RESULTS.md"
    results.write_text(ledger.page(lines), "utf-8")
    assert ledger.read(results) == lines
    assert ledger.read(tmp_path / "none.md") == []


def test_a_run_replaces_the_rows_of_its_own_files() -> None:
    before = [a_line(what="old"), a_line("T10", "kept", "test_t10_upgrade.py")]
    now = [a_line(what="new"), a_line("T9", "two", "test_t09_two.py")]
    assert [line.what for line in ledger.merged(before, now)] == ["new", "two", "kept"]
