"""Ctrl+K over five thousand records: from a letter typed to the answers painted, in the real window.

The last letter of a word, and a first one just after somebody changed something, when all is read anew.

Run by hand: ``python tests/benchmarks/search.py``. Beside it the club's own search alone, and a plain LIKE over the
same names in a plain SQLite file, which knows neither accents nor slips of the finger.
"""

import json
import sqlite3
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.benchmarks.figures import Figure, in_a_new_process, ms, percentile, tell

AIM = 0.1
PAUSE_SECONDS = 0.15
"""From Ctrl+K to the first letter, of somebody quick."""
CHILDREN, ADULTS, ACTIVITIES = 4000, 500, 500
TYPED = (
    "mull",
    "niam",
    "child 39",
    "okafor",
    "swiatek",
    "zoe",
    "trip",
    "munich",
    "ngyuen",
    "T1",
    "december 7",
    "xyzzy",
)
FIRST = ("Niamh", "Maryam", "Zoë", "Yusuf", "Ayşe", "Amara", "Liam", "Eve", "Bilal", "Sophie")
LAST = ("Walker", "Müller", "Świątek", "Nguyễn", "Okafor", "O’Brien", "da Silva", "Hussain", "Adair", "Yılmaz")


def child() -> None:
    from PySide6.QtWidgets import QApplication

    from desktop.widgets import theme
    from tests.benchmarks.marks import Window

    qt = QApplication(["breather"])
    theme.apply(qt, dark=False)
    with tempfile.TemporaryDirectory() as folder:
        club = _five_thousand(Path(folder))
        window = Window(qt, club)
        window.desk.go("settings")
        window.settle()
        shown = [_typed(window, text) for text in TYPED for _ in range(3)]
        first = [_typed_first(window, text[:1]) for text in TYPED for _ in range(3)]
        alone = [_alone(club, text) for text in TYPED for _ in range(3)]
        plain = _plain(Path(folder))
        window.jobs.shutdown()
        club.close()
    print(json.dumps({"shown": shown, "first": first, "alone": alone, "plain": plain}), flush=True)


def _five_thousand(folder: Path) -> Any:
    from tests.clubs import a_child, a_family, an_activity, an_adult, new_club

    def fill(uow: Any) -> None:
        home = a_family(uow)
        for at in range(CHILDREN):
            a_child(uow, FIRST[at % 10], f"{LAST[at // 10 % 10]} {at}", home)
        for at in range(ADULTS):
            an_adult(uow, f"{FIRST[at // 10 % 10]} {LAST[at % 10]} {at}")
        for at in range(ACTIVITIES):
            an_activity(uow, f"Club {at}")

    club = new_club(folder)
    club.write(fill, "Set up")
    return club


def _typed(window: Any, text: str) -> float:
    """Seconds from the last letter to its answers painted."""
    from PySide6.QtTest import QTest

    box = _begun(window)
    QTest.keyClicks(box, text[:-1])
    window.settle()
    return _painted(window, box, text[-1:])


def _typed_first(window: Any, letter: str) -> float:
    """The same of a first letter soon after Ctrl+K, where something was changed since the search before."""
    from models.programme.service import add_venue

    window.jobs.change(lambda uow: add_venue(uow, {"name": f"Hall {uow.ids()}"}), "Added a venue")
    window.settle()
    box, pressed = _begun(window), time.perf_counter()
    window.until(lambda: time.perf_counter() - pressed > PAUSE_SECONDS)
    return _painted(window, box, letter)


def _begun(window: Any) -> Any:
    box = window.desk.search
    window.window.activateWindow()
    box.start()
    box.clear()
    return box


def _painted(window: Any, box: Any, letter: str) -> float:
    from PySide6.QtCore import QEvent, QObject
    from PySide6.QtTest import QTest

    painted: list[float] = []

    class Watch(QObject):
        def eventFilter(self, thing: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                painted.append(time.perf_counter())
            return False

    watch = Watch()
    box._list.viewport().installEventFilter(watch)
    asked = box._asked
    heard: list[int] = []
    plain = box._show
    box._show = lambda number, hits: (plain(number, hits), heard.append(len(painted)))
    began = time.perf_counter()
    QTest.keyClicks(box, letter)
    window.until(lambda: heard and box._asked > asked and len(painted) > heard[-1])
    took = time.perf_counter() - began
    box._show = plain
    box._list.viewport().removeEventFilter(watch)
    return took


def _alone(club: Any, text: str) -> float:
    from models.search.queries import find

    began = time.perf_counter()
    club.read(lambda uow: find(uow, text, 20))
    return time.perf_counter() - began


def _plain(folder: Path) -> list[float]:
    connection = sqlite3.connect(folder / "plain.db")
    connection.execute("CREATE TABLE names (name TEXT)")
    names = [(f"{FIRST[at % 10]} {LAST[at // 10 % 10]} {at}",) for at in range(CHILDREN + ADULTS + ACTIVITIES)]
    connection.executemany("INSERT INTO names VALUES (?)", names)
    taken = []
    for text in TYPED:
        began = time.perf_counter()
        connection.execute("SELECT name FROM names WHERE name LIKE ? LIMIT 20", (f"%{text}%",)).fetchall()
        taken.append(time.perf_counter() - began)
    connection.close()
    return taken


def measure() -> list[Figure]:
    told = json.loads(in_a_new_process("search", "--child"))
    alone, plain = median(told["alone"]), median(told["plain"])
    records = f"Ctrl+K over {CHILDREN + ADULTS + ACTIVITIES:,} records"
    found = []
    for letter, taken in (
        ("last letter", told["shown"]),
        (f"first letter {ms(PAUSE_SECONDS)} after Ctrl+K, after a change,", told["first"]),
    ):
        shown, worst = median(taken), percentile(taken, 0.95)
        found.append(
            Figure(f"{records}, {letter} to answers painted", f"p50 {ms(shown)}, p95 {ms(worst)}",
                   f"a search that reads all anew {ms(alone)}, a plain LIKE {ms(plain)}",
                   f"{shown / alone:.1f}× reading all anew", f"≤ {ms(AIM)}", worst <= AIM)
        )  # fmt: skip
    return found


if __name__ == "__main__":
    if "--child" in sys.argv:
        child()
    else:
        tell(measure())
