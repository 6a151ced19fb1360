"""T25: pages looked at, printed and saved, and the app killed in the middle: no file left, no name anywhere."""

import random
from pathlib import Path

import pytest

from tests.faults.conftest import Amount, Figures
from tests.faults.living import ENDS, at_home, live
from tests.faults.traces import TYPED, a_club, expected, left, readable


@pytest.mark.parametrize("number", range(4))
def test_printing_and_crashing_leave_no_file_and_no_name(
    tmp_path: Path, amount: Amount, figures: Figures, rng: random.Random, number: int
) -> None:
    """Each run is in the same home as the one before, so that what one leaves meets the next."""
    folder = tmp_path / "machine"
    planted, activity = a_club(folder, rng, 1)
    words = [*planted[0].words, TYPED]
    runs = amount(2, 13)
    for run in range(runs):
        end = ENDS[(number * runs + run) % len(ENDS)]
        code = live(folder, planted[0].child_id, activity, TYPED, end)
        assert code == (-9 if end.startswith("kill") else 0), (folder / "home" / "log").read_text("utf-8")[-3000:]
        assert readable(left(folder), words) == [], end
        assert {file.name for file in left(folder)} - expected(folder) == set(), end
        assert not [file for file in left(folder) if file.suffix.lower() in (".pdf", ".ps", ".png", ".html")]
    figures.say("preview, print and crash runs", runs, "no file left, no name readable")


def test_a_file_or_a_name_left_anywhere_would_be_found(tmp_path: Path, rng: random.Random) -> None:
    """What the runs above look with does see: a page in the temporary folder, a name in what was used last."""
    folder = tmp_path / "machine"
    a_club(folder, rng, 1)
    at_home(folder)
    (folder / "temp" / "page.pdf").write_bytes(b"%PDF")
    (folder / "home" / "data" / "recently-used.xbel").write_text(f"<a href='file:///{TYPED}.pdf'/>", "utf-16-le")
    assert {file.name for file in left(folder)} - expected(folder) == {"page.pdf", "recently-used.xbel"}
    assert readable(left(folder), [TYPED]) == [("recently-used.xbel", TYPED)]
