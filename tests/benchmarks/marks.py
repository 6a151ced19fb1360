"""A mark at the door: from the click to its row painted with the time, which stands there only once it is committed.

Run by hand: ``python tests/benchmarks/marks.py``. The real window without a screen, sixty children, each signed in by a
click on the button of its row; with nothing else going on, and while a consent pack for the sixty is being made.
"""

import gc
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.benchmarks.figures import Figure, in_a_new_process, ms, percentile, tell

ROUNDS = 4
AIM = 0.05


def child(busy: bool) -> None:
    """Signs sixty children in, and prints the seconds of each mark: to its commit, and to its paint."""
    from PySide6.QtWidgets import QApplication

    from desktop.widgets import theme
    from tests.benchmarks.clubs import sixty

    qt = QApplication(["breather"])
    theme.apply(qt, dark=False)
    with tempfile.TemporaryDirectory() as folder:
        club, activity, children = sixty(Path(folder))
        door = _Door(qt, club, activity)
        gc.freeze()  # as the app does once it is open
        door.others = int(busy)
        packs = _Packs(door.jobs, activity) if busy else None
        taken = [door.sign_in(one) for one in children]
        made = packs.end() if packs else 0
        door.jobs.shutdown()
        club.close()
    print(json.dumps({"taken": taken, "packs": made}), flush=True)
    os._exit(0)  # on a busy machine a last pack may still be at it, and the interpreter would wait for it in vain


class Window:
    """The real window with a club open, and a person's patience.

    Attributes:
        others: jobs under way that nobody waits for.
    """

    def __init__(self, qt: Any, club: Any) -> None:
        from PySide6.QtCore import QTimer

        from desktop.jobs import Jobs
        from desktop.settings.preferences import LIGHT, Look
        from desktop.shell.desk import Desk
        from desktop.shell.session import Session
        from desktop.shell.window import MainWindow

        self.qt = qt
        self.others = 0
        self.jobs = Jobs(club, club.clock)
        self.desk = Desk(Session(club, self.jobs), Look(LIGHT))
        self.window = MainWindow()
        self.window.show_inside(self.desk)
        self.window.show()
        self.heartbeat = QTimer(interval=100)  # so that something that never comes is noticed
        self.heartbeat.start()

    def until(self, true: Callable[[], object]) -> None:
        from PySide6.QtCore import QEventLoop

        deadline = time.perf_counter() + 30
        while not true():
            # Asleep until something happens, as the app is: a loop that spins would keep the other threads waiting.
            self.qt.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            if time.perf_counter() > deadline:
                raise SystemExit("what was waited for was never shown")

    def settle(self) -> None:
        """Until nothing is being saved or read any more, and all is painted."""
        self.until(lambda: len(self.jobs._open) <= self.others)
        self.qt.processEvents()


class _Door(Window):
    """The register of the day in it."""

    def __init__(self, qt: Any, club: Any, activity: Any) -> None:
        from desktop.registers.page import RegisterPage

        super().__init__(qt, club)
        self.desk.go("register", activity)
        page = self.desk.pages.shown()
        assert isinstance(page, RegisterPage)
        self.page = page
        self.until(lambda: page.register() is not None)
        self.settle()
        self.committed = 0.0
        self.jobs.saved.connect(self._saved)

    def sign_in(self, child: Any) -> tuple[float, float]:
        from PySide6.QtCore import QEvent, QObject, Qt
        from PySide6.QtTest import QTest

        row = self.page.staff.finder.people.widget_of(child)
        # Into sight first, as a finger would have it; that is no part of the mark.
        self.page.staff.finder.people.show_row(child)
        self.settle()
        painted: list[float] = []

        class Watch(QObject):
            def eventFilter(self, thing: QObject, event: QEvent) -> bool:
                if event.type() == QEvent.Type.Paint and row.status().startswith("In "):
                    painted.append(time.perf_counter())
                return False

        watch = Watch()
        row._status.installEventFilter(watch)
        began = time.perf_counter()
        QTest.mouseClick(row.tap_button, Qt.MouseButton.LeftButton)
        self.until(lambda: bool(painted))
        ended = time.perf_counter()  # the pass of events that painted it is over
        row._status.removeEventFilter(watch)
        return self.committed - began, ended - began

    def _saved(self, _at: object) -> None:
        self.committed = time.perf_counter()


class _Packs:
    """Makes consent packs for everybody, one after another, on the slow lane."""

    def __init__(self, jobs: Any, activity: Any) -> None:
        self._jobs, self._activity, self._going, self.made = jobs, activity, True, 0
        self._next()

    def end(self) -> int:
        self._going = False
        return self.made

    def _next(self) -> None:
        from models.documents import service

        if self._going:
            self._jobs.long_query(
                lambda uow, work: service.make(uow, "consent-pack", activity_id=self._activity, step=work.step),
                self._done,
            )

    def _done(self, _made: object) -> None:
        self.made += 1
        self._next()


def measure() -> list[Figure]:
    found = []
    quiet_p99 = 0.0
    for busy in (False, True):
        told = [json.loads(in_a_new_process("marks", "--busy" if busy else "--quiet")) for _ in range(ROUNDS)]
        painted = [mark[1] for one in told for mark in one["taken"]]
        committed = [mark[0] for one in told for mark in one["taken"]]
        p99 = percentile(painted, 0.99)
        quiet_p99 = quiet_p99 or p99
        packs = sum(one["packs"] for one in told)
        with_what = f"while {packs} consent packs for sixty were made" if busy else "with nothing else going on"
        found.append(
            Figure(f"A mark, click to painted, {with_what} ({len(painted)} marks)",
                   f"p50 {ms(median(painted))}, p99 {ms(p99)}",
                   f"to its commit alone: p50 {ms(median(committed))}, p99 {ms(percentile(committed, 0.99))}",
                   f"p99 {p99 / quiet_p99:.1f}× of quiet", f"p99 ≤ {ms(AIM)}", p99 <= AIM)
        )  # fmt: skip
    return found


if __name__ == "__main__":
    if "--busy" in sys.argv or "--quiet" in sys.argv:
        child("--busy" in sys.argv)
    else:
        tell(measure())
