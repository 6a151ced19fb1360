"""From process start to first paint: Breather beside a bare PySide6 window, in turn.

Run by hand: ``python tests/benchmarks/start.py``. The ratio holds from machine to machine; the timings do not.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.benchmarks.figures import ROOT, Figure, environment, ms, paired, tell

ROUNDS = 11
AIM = 1.5

WATCH = """
from PySide6 import QtWidgets
from PySide6.QtCore import QEvent, QObject
class Watch(QObject):
    def eventFilter(self, thing, event):
        if event.type() == QEvent.Type.Paint:
            print("painted", flush=True)
            import os; os._exit(0)
        return False
class Application(QtWidgets.QApplication):
    def __init__(self, *given):
        super().__init__(*given)
        self.watch = Watch()
        self.installEventFilter(self.watch)
QtWidgets.QApplication = Application
"""
BARE = f"""
{WATCH}
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
qt = QApplication([])
window = QMainWindow(); window.setCentralWidget(QLabel("Breather")); window.resize(1366, 768); window.show()
qt.exec()
"""
APP = f"""
{WATCH}
import sys; sys.argv = ["breather"]
from desktop.__main__ import main
main()
"""


def first_paint(code: str, home: str) -> float:
    """Seconds from starting a new process to its first paint."""
    began = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", code], env=environment(XDG_DATA_HOME=home), stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, text=True, cwd=ROOT,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        line = process.stdout.readline()
        took = time.perf_counter() - began
    if line.strip() != "painted":
        raise SystemExit("the window was never painted")
    return took


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory() as home:
        for code in (BARE, APP):  # once each unmeasured: files read, bytecode written
            first_paint(code, home)
        app, bare, ratio = paired(lambda: first_paint(APP, home), lambda: first_paint(BARE, home), ROUNDS)
    return [
        Figure("Process start to first paint", ms(app), f"a bare PySide6 window, {ms(bare)}", f"{ratio:.2f}×",
               f"≤ {AIM}×", ratio <= AIM)
    ]  # fmt: skip


if __name__ == "__main__":
    tell(measure())
