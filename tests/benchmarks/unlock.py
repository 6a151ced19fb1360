"""From the passphrase to Today with its data, and the memory held then: the sample club under a key of full strength.

Run by hand: ``python tests/benchmarks/unlock.py``. Each time is taken in a new process, beside deriving the key alone.
"""

import json
import os
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.benchmarks.figures import Figure, in_a_new_process, ms, tell

ROUNDS = 5
MANAGER = "Manager"
PASSPHRASE = "three quiet otters"  # as tests.clubs has it, which would bring in more than the app does
AIM_SECONDS = 0.5
AIM_MB = 120
NOT_YET = ("pandas", "numpy", "fpdf", "alembic", "pypdfium2", "pyqtgraph", "python_calamine")
"""What nobody has asked for by then."""


def child(file: str) -> None:
    """Runs the real app on a file, types the passphrase, and prints what it took until Today was painted."""
    import desktop.__main__ as entry

    # Nothing else is imported here before the app does it: what is measured is what the app imports, when it does.
    def begin(qt: Any, window: Any) -> object:
        from desktop.app import begin

        app = begin(qt, window, [file])
        _Watching(qt, app)
        return app

    entry._begin = begin
    sys.argv = ["breather"]
    entry.main()


class _Watching:
    """Types the passphrase once what opening needs is imported, and tells when Today is painted."""

    def __init__(self, qt: Any, app: Any) -> None:
        from PySide6.QtCore import QEvent, QObject, QTimer

        self._pressed = 0.0

        class Watch(QObject):
            def eventFilter(watch, thing: QObject, event: QEvent) -> bool:  # noqa: N805 - self is the one outside
                if event.type() == QEvent.Type.Paint and type(thing).__name__ == "NextCard":
                    QTimer.singleShot(0, self.finish)  # after the paint that is about to be done
                return False

        self._watch = Watch(qt)
        qt.installEventFilter(self._watch)
        # After the app's own: once what it imports while the person reads and types is there.
        ready = lambda: app.doorman._lane.put(lambda: app.doorman._inbox.post(self.press))  # noqa: E731 - used once
        QTimer.singleShot(0, ready)

    def press(self) -> None:
        from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton

        names = ("Name", "Password", "Open")
        found = {one.accessibleName(): one for one in QApplication.allWidgets() if one.accessibleName() in names}
        name, line, button = (found[each] for each in names)
        assert isinstance(name, QLineEdit)
        assert isinstance(line, QLineEdit)
        assert isinstance(button, QPushButton)
        name.setText(MANAGER)
        line.setText(PASSPHRASE)
        self._pressed = time.perf_counter()
        button.click()

    def finish(self) -> None:
        took = time.perf_counter() - self._pressed
        memory = held()
        from models.storage import keys

        began = time.perf_counter()
        keys.derive(PASSPHRASE, b"0" * keys.SALT_BYTES, keys.Strength())
        derived = time.perf_counter() - began
        print(json.dumps({"took": took, "derived": derived, "loaded": loaded(), **memory}), flush=True)
        os._exit(0)


def loaded() -> list[str]:
    return [name for name in NOT_YET if name in sys.modules]


def held() -> dict[str, float]:
    """Megabytes resident, and those of them that no other process holds too."""
    values = {}
    for line in Path("/proc/self/smaps_rollup").read_text().splitlines()[1:]:
        name, _, rest = line.partition(":")
        values[name] = int(rest.split()[0]) / 1024
    return {"rss": values["Rss"], "private": values["Private_Clean"] + values["Private_Dirty"]}


def bare_window() -> None:
    """A window of Qt's with nothing in it, and what it holds."""
    from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

    qt = QApplication(["bare"])
    window = QMainWindow()
    window.setCentralWidget(QLabel("Breather"))
    window.resize(1366, 768)
    window.show()
    qt.processEvents()
    print(json.dumps(held()))


def measure() -> list[Figure]:
    from models.bootstrap import Strength
    from tests.benchmarks import clubs

    with tempfile.TemporaryDirectory() as folder:
        file = clubs.sample(Path(folder), Strength())
        told = [in_a_new_process("unlock", str(file), XDG_DATA_HOME=folder) for _ in range(ROUNDS + 1)]
        runs = [json.loads(one) for one in told[1:]]  # the first finds the files cold
    took, derived = median(one["took"] for one in runs), median(one["derived"] for one in runs)
    over = median(one["took"] - one["derived"] for one in runs)
    rss, private = median(one["rss"] for one in runs), median(one["private"] for one in runs)
    bare = json.loads(in_a_new_process("unlock", "--bare"))
    early = sorted({name for one in runs for name in one["loaded"]})
    return [
        Figure("Passphrase to Today with its data", ms(took), f"deriving the key alone, {ms(derived)}",
               f"{ms(over)} more", f"≤ {ms(AIM_SECONDS)} more", over <= AIM_SECONDS),
        Figure("Memory then, resident", f"{rss:.0f} MB, {private:.0f} MB of it Breather's alone",
               f"a bare PySide6 window, {bare['rss']:.0f} MB, {bare['private']:.0f} MB of it its alone",
               f"{rss / bare['rss']:.2f}×", f"≤ {AIM_MB} MB", rss <= AIM_MB),
        Figure("Loaded by then of what is not needed yet", ", ".join(early) or "nothing", ", ".join(NOT_YET),
               f"{len(early)} of {len(NOT_YET)}", "none", not early),
    ]  # fmt: skip


if __name__ == "__main__":
    if len(sys.argv) > 1 and sys.argv[1].endswith(".breather"):
        child(sys.argv[1])
    elif "--bare" in sys.argv:
        bare_window()
    else:
        tell(measure())
