"""Starting: painted before anything heavy is imported, and the tour without a screen."""

import os
import subprocess
import sys
from pathlib import Path

from desktop import tour

HEAVY = ("sqlalchemy", "sqlcipher3", "alembic", "pandas", "numpy", "fpdf", "pypdfium2", "pyqtgraph", "models.bootstrap")

FIRST_PAINT = f"""
import sys
from desktop.shell import skeleton
def painted(self, event):
    print([name for name in {HEAVY!r} if name in sys.modules])
    sys.stdout.flush()
    import os
    os._exit(0)
skeleton.Skeleton.paintEvent = painted
from desktop.__main__ import main
main()
"""

WHOLE_START = """
import sys
from PySide6.QtCore import QTimer
from desktop import app
start = app.App.start
def started(self, file=None):
    start(self, file)
    def look():
        print(self.window.windowTitle(), self.welcome.accessibleName(), "pandas" in sys.modules)
        self.window.close()
    self.doorman.warm_up(look)
app.App.start = started
from desktop.__main__ import main
sys.exit(main())
"""


def run(code: str, home: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "BREATHER_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=60, check=False
    )


def test_nothing_heavy_is_imported_before_the_first_paint(tmp_path: Path) -> None:
    assert run(FIRST_PAINT, tmp_path).stdout.strip() == "[]"


def test_it_starts_shows_the_welcome_and_ends_when_its_window_is_closed(tmp_path: Path) -> None:
    done = run(WHOLE_START, tmp_path)
    assert (done.returncode, done.stdout.strip()) == (0, "Breather Welcome False"), done.stderr


def test_the_tour_does_the_main_job_and_says_where_everything_is(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "desktop.tour"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(tour.__file__).parents[1])},
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    out = tmp_path / "out"
    assert {path.stem for path in out.glob("*.pdf")} == {what for what, _day in tour.PAPERS}
    assert (out / "screen-today.png").stat().st_size > 10_000
    assert str(out.resolve()) in done.stdout
    assert "all 17 figures are what they must be" in done.stdout
