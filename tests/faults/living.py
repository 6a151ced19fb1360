"""Lives a day in the real window, in a process of its own, and ends in the way asked for.

    python -m tests.faults.living FOLDER CHILD ACTIVITY WORD END

FOLDER holds club.breather; everything a program leaves behind on a machine is to be found in it too (see `at_home`).
END is "close", or where it is killed or goes wrong: "kill preview", "kill print", "kill backup", "error", "kill work".
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn
from uuid import UUID

ROOT = Path(__file__).resolve().parents[2]
ENDS = ("close", "kill preview", "kill print", "kill backup", "error", "kill work")
HOMES = {
    "HOME": "home", "XDG_CONFIG_HOME": "home/config", "XDG_DATA_HOME": "home/data", "XDG_CACHE_HOME": "home/cache",
    "XDG_STATE_HOME": "home/state", "XDG_RUNTIME_DIR": "home/run", "TMPDIR": "temp", "BREATHER_HOME": "breather",
}  # fmt: skip
OWN = "documents"
"""Where the person saves what they print: their own file, made on purpose."""


def at_home(folder: Path) -> dict[str, str]:
    """The environment in which a program writes nowhere but into the folder."""
    for each in (*HOMES.values(), OWN):
        (folder / each).mkdir(parents=True, exist_ok=True)
    (folder / "home" / "run").chmod(0o700)
    said = {name: str(folder / each) for name, each in HOMES.items()}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
    return kept | said | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT), "QT_LOGGING_RULES": ""}


def live(folder: Path, child: UUID, activity: UUID, word: str, end: str) -> int:
    """Runs this file in a process of its own; its output is kept beside what else it leaves. Returns its exit code."""
    command = [sys.executable, "-m", "tests.faults.living", str(folder), str(child), str(activity), word, end]
    with (folder / "home" / "log").open("ab") if (folder / "home").is_dir() else _made(folder) as log:
        done = subprocess.run(command, cwd=ROOT, env=at_home(folder), stdout=log, stderr=log, check=False, timeout=120)
    return done.returncode


def _made(folder: Path) -> Any:
    at_home(folder)
    return (folder / "home" / "log").open("ab")


class Day:
    """The app with a club open, and what a person does with it."""

    def __init__(self, folder: Path, end: str) -> None:
        from PySide6.QtWidgets import QApplication

        from desktop.app import begin
        from desktop.shell.window import MainWindow
        from models.bootstrap import open_club
        from tests.clubs import DEVICE, PASSPHRASE

        self.qt = QApplication(["breather"])
        self.qt.setApplicationName("Breather")
        self.folder, self.end = folder, end
        self.app = begin(self.qt, MainWindow(), [])
        self.until(lambda: self.app.welcome is not None)
        self.app._opened(open_club(folder / "club.breather", PASSPHRASE, device=DEVICE))
        self.until(lambda: self.app.desk is not None)
        assert self.app.desk is not None
        assert self.app.session is not None
        self.desk, self.jobs, self.session = self.app.desk, self.app.session.jobs, self.app.session
        self.titles: set[str] = set()

    def until(self, true: Callable[[], object]) -> None:
        deadline = time.monotonic() + 60
        while not true():
            self.qt.processEvents()
            time.sleep(0.002)
            if time.monotonic() > deadline:
                raise SystemExit(f"what was waited for in line {true.__code__.co_firstlineno} never came")
        self.titles = {each.windowTitle() for each in self.qt.topLevelWidgets()} if true else set()

    def settle(self) -> None:
        answered: list[object] = []
        for lane in ("quick", "slow"):
            self.jobs.query(lambda _uow: 1, answered.append, lane=lane)  # type: ignore[arg-type]  # both are lanes
        self.until(lambda: len(answered) == 2)
        print("titles:", sorted(self.titles), flush=True)

    def dies(self, where: str) -> None:
        """The power of the person, or of fate: ends the process here if that is what was asked for."""
        if self.end == where:
            kill()

    def search(self, word: str) -> None:
        self.desk.search.start()
        self.desk.search.setText(word)
        self.settle()
        self.desk.search.clear()

    def change(self, child: UUID, word: str) -> None:
        """A change, and its undo: the word stands in the journal alone."""
        from models.people import service

        saved: list[object] = []
        self.jobs.saved.connect(saved.append)
        notes = {"notes": f"{word} notes {os.getpid()}"}  # not what an earlier run that was killed left there
        self.jobs.change(lambda uow: service.edit_child(uow, child, None, notes), f"Wrote {word}")
        self.until(lambda: len(saved) == 1)
        self.dies("kill work")
        self.desk.go("children", child)
        self.settle()
        self.desk.backwards.undo()
        self.until(lambda: len(saved) == 2)

    def print(self, what: str, item: object) -> None:
        from PySide6.QtPrintSupport import QPrinter

        self.desk.go("print", (what, item))
        page: Any = self.desk.pages.shown()
        self.until(lambda: page._made is not None)
        self.settle()
        self.dies("kill preview")
        printer = QPrinter()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(self.folder / OWN / f"{what}.pdf"))
        printer.setResolution(72)
        if self.end == "kill print":
            page.preview._dots = kill  # where each page is drawn
            vars(page.preview)["_paint"] = lambda *_: kill()
        page.preview.print_to(printer)
        page.preview.save_to(str(self.folder / OWN / f"{what} saved.pdf"))
        page._made = None

    def back_up(self) -> None:
        assert self.session.keeper is not None
        if self.end == "kill backup":
            from models.storage import archive

            archive.prove = kill  # once everything is written
        made: list[object] = []
        self.session.keeper.back_up(made.append)
        self.until(lambda: made)

    def goes_wrong(self, word: str) -> None:
        """An error nobody caught, with the word in its message, in a slot and on a thread."""
        from PySide6.QtCore import QTimer

        from desktop.widgets.dialog import ErrorBox

        if self.end != "error":
            return

        def fail(*_: object) -> None:
            raise RuntimeError(f"{word} went wrong")

        QTimer.singleShot(0, fail)
        self.jobs.query(fail, print)
        boxes: list[ErrorBox] = []

        def look() -> bool:
            boxes[:] = self.app.window.findChildren(ErrorBox)
            return len(boxes) >= 2

        self.until(look)
        for box in boxes:
            print(box.details, box.what, box.next_step, flush=True)
            box.accept()


def kill(*_: object, **_more: object) -> NoReturn:
    """As when the plug is pulled."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise SystemExit


def main() -> int:
    folder, child, activity, word, end = Path(sys.argv[1]), UUID(sys.argv[2]), UUID(sys.argv[3]), *sys.argv[4:]
    day = Day(folder, end)
    for place in ("today", "children", "register"):
        day.desk.go(place)
        day.settle()
    day.search(word)
    day.change(child, word)
    day.print("consent-pack", (child,))
    day.print("contacts", activity)
    day.goes_wrong(word)
    day.back_up()
    day.app.window.close()
    day.until(lambda: day.app.gone)
    print("closed", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
