"""`python -m desktop.tour`: the main job on the sample club without a screen, for people to look at afterwards.

Makes the sample club in `./out`, says whether the next club can run, holds the figures against what they must be, makes
the papers, takes a picture of every screen, and says where everything is.
"""

import json
import os
import sys
from collections.abc import Callable
from datetime import date, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.kernel.dates import long
from models.kernel.places import resources

if TYPE_CHECKING:
    from desktop.app import App
    from models.bootstrap import Club

CLUB_DAY, TRIP_DAY = date(2026, 12, 5), date(2026, 12, 22)
BUS, DRIVER = "YC13 BUS", "Owen Tse"
FIRST_DAY = date(2025, 9, 1)
PAPERS = (
    ("consent-pack", TRIP_DAY),
    ("trip-pack", TRIP_DAY),
    ("manifest", TRIP_DAY),
    ("register", CLUB_DAY),
    ("contacts", CLUB_DAY),
)
MARKS = {"ok": "fine   ", "warn": "look at", "block": "to fix "}
PATIENCE_MS = 20_000
SCREEN = (1366, 768)
SETTLE_MS = 1_500
"""How long a screen is given to fill before its picture is taken."""

Say = Callable[[str], None]


def main(folder: Path | None = None, say: Say = print) -> int:
    """Does it all; gives back 0, or 1 where a part of it could not be done (the others still are)."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    out = folder or Path("out")
    out.mkdir(parents=True, exist_ok=True)
    club = _sample_club(out, say)
    parts = (
        ("journeys", lambda: _journeys(club)),
        ("readiness", lambda: _readiness(club, say)),
        ("figures", lambda: _figures(club, out, say)),
        ("papers", lambda: _papers(club, out, say)),
    )
    failed = [name for name, part in parts if not _tried(name, part, say)]
    club.close()
    if not _tried("pictures", lambda: _pictures(out, say), say):
        failed.append("pictures")
    say(f"\nEverything is in {out.resolve()}")
    return 1 if failed else 0


def _tried(name: str, part: Callable[[], object], say: Say) -> bool:
    """One part that fails is told, and leaves the others to be done."""
    try:
        part()
    except Exception as error:
        say(f"The {name} could not be made: {type(error).__name__}: {error}")
        return False
    return True


def _sample_club(out: Path, say: Say) -> "Club":
    from desktop.welcome import sample

    say("Making the sample club")
    club = sample.make(out, "tour", lambda _done, words: say(f"  {words}"))
    say(f"  {club.name}; its day is {long(sample.DAY)}")
    return club


def _journeys(club: "Club") -> None:
    """The one thing the spreadsheets do not say: the trip's bus, there and back, with everybody on it."""
    from models.programme.queries import find_activity
    from models.readiness.journeys import add_journey, fill_buses
    from models.team.queries import adults
    from models.transport.queries import vehicles
    from models.transport.rules import Direction

    def plan(uow: Any) -> None:
        trip = find_activity(uow, TRIP_DAY)
        bus = next(one for one in vehicles(uow) if one.registration == BUS)
        driver = next(one for one in adults(uow) if one.name == DRIVER)
        for way, departs, arrives in (
            (Direction.OUT, time(8, 45), time(9, 20)),
            (Direction.BACK, time(16), time(16, 30)),
        ):
            add_journey(uow, trip.id, bus.id, way, departs, arrives, driver_id=driver.id)
        fill_buses(uow, trip.id)

    club.write(plan, "Planned the journeys")


def _readiness(club: "Club", say: Say) -> None:
    from models.programme.queries import find_activity
    from models.readiness.queries import readiness

    found = club.read(lambda uow: readiness(uow, find_activity(uow, CLUB_DAY).id))
    say(f"\nCan {found.activity.title} on {long(CLUB_DAY)} run?")
    for line in found.lines:
        say(f"  {MARKS[line.level.value]}  {line.text}")


def _figures(club: "Club", out: Path, say: Say) -> None:
    from models.reports.figures import figures

    expected: dict[str, Any] = json.loads((resources() / "sample" / "totals.json").read_text("utf-8"))
    del expected["import"]  # what the import must say, which is no figure
    last = date.fromisoformat(expected["as_of"])
    found = club.read(lambda uow: figures(uow, FIRST_DAY, last)).as_json()
    (out / "figures.json").write_text(json.dumps(found, indent=1, ensure_ascii=False), "utf-8")
    say(f"\nFigures from {long(FIRST_DAY)} to {long(last)}: {out / 'figures.json'}")
    wrong = [key for key, value in expected.items() if found.get(key) != value]
    for key in ("activities_delivered", "distinct_children_attended", "child_sessions", "respite_hours"):
        say(f"  {key.replace('_', ' ')}: {found[key]}")
    if wrong:
        raise ValueError(f"these are not what they must be: {', '.join(wrong)}")
    say(f"  all {len(expected)} figures are what they must be")


def _papers(club: "Club", out: Path, say: Say) -> None:
    from models.documents.service import make
    from models.programme.queries import find_activity

    say("\nPapers")
    for what, day in PAPERS:
        made = club.read(lambda uow, what=what, day=day: make(uow, what, find_activity(uow, day).id))  # type: ignore[misc] # bound per turn
        path = out / f"{what}.pdf"
        path.write_bytes(made.pdf)
        say(f"  {made.title}: {path}")


def _pictures(out: Path, say: Say) -> None:
    from PySide6.QtWidgets import QApplication

    from desktop.app import App

    qt = QApplication.instance()
    app = App(qt if isinstance(qt, QApplication) else QApplication(sys.argv[:1]), out)
    troubles: list[Exception] = []
    app.window.failed.connect(troubles.append)
    app.start()
    app.window.resize(*SCREEN)
    _wait(lambda: app.welcome is not None)
    assert app.welcome is not None  # waited for
    _picture(app, out / "welcome.png", 0)
    app.welcome.open_sample()
    _wait(lambda: app.desk is not None)
    say("\nPictures of the screens")
    _walk(app, out, say)
    app.close_at_once()
    if troubles:
        raise troubles[0]


def _walk(app: "App", out: Path, say: Say) -> None:
    """A picture of every place there is."""
    from desktop.shell.places import existing

    desk = app.desk
    assert desk is not None  # the sample club is open
    assert app.session is not None  # with its file
    items = app.session.club.read(_items)
    for place in existing():
        desk.go(place.key, items.get(place.key))
        path = out / f"screen-{place.key}.png"
        _picture(app, path, SETTLE_MS)
        say(f"  {place.words}: {path}")


def _items(uow: Any) -> dict[str, object]:
    """What is shown in the places that show one club or trip."""
    from models.programme.queries import find_activity

    club, trip = find_activity(uow, CLUB_DAY).id, find_activity(uow, TRIP_DAY).id
    return {"ringround": club, "register": club, "consents": trip, "transport": trip, "print": ("consent-pack", trip)}


def _picture(app: "App", path: Path, after: int) -> None:
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(after, loop.quit)
    loop.exec()
    if not app.window.grab().save(str(path)):
        raise OSError(f"{path.name} could not be saved")


def _wait(for_it: Callable[[], bool]) -> None:
    """Lets the window work until something is so. Raises TimeoutError when it never is."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    look, patience = QTimer(), QTimer()
    look.timeout.connect(lambda: loop.quit() if for_it() else None)
    patience.setSingleShot(True)
    patience.timeout.connect(loop.quit)
    look.start(20)
    patience.start(PATIENCE_MS)
    loop.exec()
    look.stop()
    if not for_it():
        raise TimeoutError("the window did not answer")


if __name__ == "__main__":
    sys.exit(main())
