"""Makes the pictures of the README anew, from the sample club: `python resources/pictures/make.py`.

Needs the packages Breather runs with, and no screen. The pictures are written beside this file.
"""

import io
import os
import sys
import tempfile
from datetime import date, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_SCALE_FACTOR"] = "1.5"

from models.kernel.clock import FixedClock, london_instant  # noqa: E402 - found by the path above

if TYPE_CHECKING:
    from desktop.app import App
    from models.bootstrap import Club
    from models.registers.rules import MarkKind

THURSDAY, SATURDAY, TRIP_DAY = date(2026, 12, 3), date(2026, 12, 5), date(2026, 12, 22)
SCREEN = (1366, 768)
ON_THE_WAY = 5
"""The child, counted from 0, whose family rings to say so."""
MANAGER = "Denise Okafor"
PEOPLE = (
    ("Grace Adeyemi", "", True, True),
    ("Tomasz Zieliński", "lead worker", False, True),
    ("Hana Suzuki", "sessional worker", False, True),
    ("Yusuf Demir", "sessional worker", False, False),
)
"""Who else can sign in: a name, a role, whether they are a safeguarding lead, and have a password of their own yet."""
SETTLE_MS = 1200
"""How long a screen is given to fill before its picture is taken."""
COLOURS = 160
MOST_BYTES = 200_000
PAGE_SCALE = 1.4
"""Pixels to a point for a printed page."""


def main() -> int:
    """Makes every picture; 1 when one came out too large to keep."""
    from PySide6.QtWidgets import QApplication

    qt = QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as folder:
        clock = FixedClock(london_instant(THURSDAY, time(9, 30)))
        club = _club(Path(folder), clock)
        _page(club)
        _screens(qt, Path(folder), club, clock)
    large = [path.name for path in HERE.glob("*.png") if path.stat().st_size > MOST_BYTES]
    for name in large:
        print(f"{name} is larger than {MOST_BYTES} bytes")
    return 1 if large else 0


def _club(folder: Path, clock: FixedClock) -> "Club":
    """The sample club as a club of its own, without the banner that says so."""
    from desktop.welcome import sample
    from models.access.first_password import first_password
    from models.access.service import edit_club
    from models.bootstrap import Role, Strength, create_club
    from models.intake.reading import read_files
    from models.intake.service import prepare, take_in
    from models.kernel.ids import seeded_ids
    from models.kernel.places import resources

    quick = Strength(time=1, memory_kib=64, lanes=1)
    club = create_club(
        folder / "club.breather", sample.NAME, sample.PASSPHRASE, device="pictures", person=MANAGER, clock=clock,
        ids=seeded_ids(1), strength=quick,
    )  # fmt: skip
    preview = club.read(lambda uow: prepare(uow, read_files([resources() / "sample"])))
    club.write(lambda uow: take_in(uow, preview), "Brought in the sample club")
    club.write(lambda uow: edit_club(uow, None, sample.FACTS), "Filled in the sample club")
    for name, role, safeguarding, own in PEOPLE:
        given = first_password()
        club.add_person(name, given, role=Role(role) if role else None, safeguarding=safeguarding)
        if own:
            club.sign_in(name, given)
            club.change_own_password(given, first_password())
            club.sign_in(MANAGER, sample.PASSPHRASE)
    return club


def _find(club: "Club", day: date) -> UUID:
    from models.programme.queries import find_activity

    return club.read(lambda uow: find_activity(uow, day).id)


def _page(club: "Club") -> None:
    """The first page of a consent pack."""
    import pypdfium2

    from models.documents.service import make

    made = club.read(lambda uow: make(uow, "consent-pack", _find(club, TRIP_DAY)))
    pages = pypdfium2.PdfDocument(made.pdf)
    _keep("consent-pack", pages[0].render(scale=PAGE_SCALE).to_pil())
    pages.close()


def _screens(qt: Any, folder: Path, club: "Club", clock: FixedClock) -> None:
    from desktop.app import App
    from desktop.settings.preferences import LIGHT, Look, Preferences, PreferencesFile

    PreferencesFile(folder / "data").write(Preferences(Look(LIGHT)))
    app = App(qt, folder / "data", documents=folder, clock=clock)
    app.start()
    app.window.resize(*SCREEN)
    assert app.welcome is not None
    app.welcome.opened.emit(club)
    _take(app, "today")
    _go(app, "programme", _find(club, TRIP_DAY))
    _take(app, "readiness")
    _go(app, "access", None)
    _take(app, "people")
    clock.move_to(london_instant(SATURDAY, time(9, 52)))
    _sign_in(app, clock)
    _go(app, "register", _find(club, SATURDAY))
    _take(app, "register")
    assert app.desk is not None
    page: Any = app.desk.pages.shown()
    page.show_door()
    _take(app, "door")
    app.lock()
    _take(app, "lock")
    app.close_at_once()


def _sign_in(app: "App", clock: FixedClock) -> None:
    """The first minutes: the adults, then seven children, and one who will be late."""
    from models.registers import queries
    from models.registers.rules import MarkKind

    assert app.session is not None
    activity = _find(app.session.club, SATURDAY)
    register = app.session.club.read(lambda uow: queries.register(uow, activity))
    began = clock.now()
    for number, adult in enumerate(register.adults):
        clock.move_to(began - timedelta(minutes=22 - number))
        _mark(app, activity, MarkKind.IN, adult_id=adult.adult_id)
    for number, child in enumerate(register.children[:8]):
        clock.move_to(began + timedelta(minutes=number))
        _mark(app, activity, MarkKind.LATE if number == ON_THE_WAY else MarkKind.IN, child_id=child.child_id)


def _mark(
    app: "App", activity: UUID, kind: "MarkKind", *, child_id: UUID | None = None, adult_id: UUID | None = None
) -> None:
    from models.registers.service import record_mark

    assert app.session is not None
    app.session.jobs.change(
        lambda uow: record_mark(uow, activity, kind=kind, child_id=child_id, adult_id=adult_id), "Marked"
    )
    _let_be(50)


def _go(app: "App", place: str, item: object) -> None:
    assert app.desk is not None
    app.desk.go(place, item)


def _take(app: "App", name: str) -> None:
    from PIL import Image
    from PySide6.QtCore import QBuffer, QIODevice

    _let_be(SETTLE_MS)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    app.window.grab().save(buffer, "PNG")
    _keep(name, Image.open(io.BytesIO(buffer.data().data())))


def _let_be(milliseconds: int) -> None:
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _keep(name: str, picture: Any) -> None:
    """Writes a picture with few colours, so that it stays small."""
    from PIL import Image

    few = picture.convert("RGB").quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    few.save(HERE / f"{name}.png", optimize=True)
    print(f"{name}.png: {(HERE / f'{name}.png').stat().st_size // 1000} kB")


if __name__ == "__main__":
    sys.exit(main())
