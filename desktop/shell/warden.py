"""Locks the app and lets people back in: the lock screen, register mode and the fire list, one at a time."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.jobs.unsaved import UnsavedBox
from desktop.lock.clerk import Clerk, Keyed
from desktop.lock.idle import IdleWatch
from desktop.lock.screen import LockScreen
from desktop.lock.veil import Veil
from desktop.shell.fire_list import FireList
from desktop.shell.not_saved import somebody
from desktop.shell.pins import Pins
from desktop.shell.register_mode import RegisterMode
from desktop.shell.session import Session
from desktop.shell.taken import Taken
from desktop.shell.window import MainWindow
from desktop.widgets.clipboard import ClipboardKeeper
from models.kernel.errors import BreatherError
from models.registers.on_now import OnNow

if TYPE_CHECKING:
    from desktop.registers.words import RowView
    from models.bootstrap import Club

LOOK_MS = 20_000
"""How often it looks what is on now, while locked."""


class Warden(QObject):
    """Stands between one open club and whoever comes to the machine.

    Attributes:
        screen: what is over everything now, None while the app is open. watch: notices when nobody is here.

    Signals:
        changed_person(): somebody else has signed in; what the first person had open is gone.
        opened(): whoever is signed in is back, and has heard what came of what they asked for.
        nobody_on(): the fire list was asked for while nothing is on. looked(): it knows once more what is on.
    """

    changed_person = Signal()
    opened = Signal()
    nobody_on = Signal()
    looked = Signal()

    def __init__(
        self, window: MainWindow, session: Session, watch: IdleWatch, clipboard: ClipboardKeeper, unsaved: UnsavedBox
    ) -> None:
        """`unsaved` follows what the session's own jobs could not save."""
        super().__init__()
        self._unsaved = unsaved
        self._window = window
        self._session = session
        self._keyed = cast(Keyed, session.club)
        self.watch = watch
        self._clipboard = clipboard
        self._veil = Veil(window)
        self._clerk = Clerk()
        self._taken = Taken(self._clerk)
        self._asked = 0
        self._pins = Pins(session.club)
        self._to_desk = False
        self.screen: LockScreen | RegisterMode | FireList | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        watch.idle.connect(self._nobody_here)
        watch.asked.connect(self.lock)
        watch.main = window.windowHandle()
        watch.fire.connect(self.show_fire_list)
        session.jobs.changed.connect(self._count_again)
        session.jobs.unheard.connect(self._say_not_saved)
        watch.start()

    @property
    def locked(self) -> bool:
        """Whether the club is out of sight."""
        return self.screen is not None

    def lock(self, activity_id: UUID | None = None) -> None:
        """Hides everything at once; with an activity, the lock screen asks who takes its register.

        What somebody had just typed into the lock screen opens nothing any more: they have gone.
        """
        self._asked += 1
        self._clipboard.clear()
        if isinstance(self.screen, LockScreen):
            self.screen.show_locked()
            return
        self._hold()
        self._taken.put_aside()
        self._show_screen()
        self.look(activity_id)

    def show_fire_list(self) -> None:
        """Shows who is in the building, over whatever there is; F9 once more, or Esc, leads back to it.

        Where nobody touches it, what is behind it is locked after the minutes set; the list itself stays for a
        quarter of an hour, so that it is there outside, and not overnight.
        """
        if isinstance(self.screen, FireList):
            return
        club = self.screen.club if isinstance(self.screen, RegisterMode) else self._session.club
        locked, note = self.locked, partial(_note_fire_list, club)
        self._ask(self._read_inside, lambda found: self._show_fire_list(found[0], found[1], note if locked else None))

    def look(self, wanted: UUID | None = None) -> None:
        """Finds out what is on now: what the lock screen offers, and whether register mode is over."""
        read = self._session.club.read
        self._clerk.ask(lambda: read(_read), lambda found: self._show_on(*found, wanted), _no_offers)
        self._count_again()

    def set_minutes(self, minutes: int) -> None:
        """Locks after so many minutes without input."""
        self.watch.set_minutes(minutes)

    def close(self) -> None:
        """The club is being let go of: nothing is watched, and nothing hidden comes back. Marks under way are saved."""
        self._clipboard.clear()
        self._let_go()
        self._clerk.close()

    def _let_go(self) -> None:
        self.watch.stop()
        self.watch.disconnect(self)
        self._session.jobs.changed.disconnect(self._count_again)
        self._session.jobs.unheard.disconnect(self._say_not_saved)
        self._timer.stop()
        self._taken.end(self.screen)
        if self.locked:
            self._veil.drop()
            self._window.release_errors(shown=False)
            self.screen = None

    # --- the way back in ----------------------------------------------------------------------------------------

    def _unlock(self, password: str) -> None:
        made_up = self._session.is_sample
        self._ask(lambda: None if made_up else self._keyed.confirm(password), lambda _: self._bring_back())

    def _hold(self) -> None:
        if self.screen is None:
            self._window.hold_errors()
            self._session.jobs.hold_answers()

    def _bring_back(self) -> None:
        self._pins.right()  # whoever is signed in is here
        self._timer.stop()
        self._taken.end(self.screen)
        self.screen = None
        self._veil.lift()
        self._window.release_errors()
        self._session.jobs.release_answers()
        self.watch.start()
        self._unsaved.keep()
        self.opened.emit()

    def _sign_in(self, name: str, password: str) -> None:
        jobs = self._session.jobs

        def work() -> object:
            jobs.wait_for_changes()  # what the first person asked for is journaled as theirs
            return self._keyed.sign_in(name, password)

        self._ask(work, lambda _: self._change_person())

    def _change_person(self) -> None:
        """What the first person had open goes, with the answers that were still to come to it."""
        self._session.stop(BreatherError("You were not shown it, since somebody else signed in.", "Make it again."))
        self._let_go()
        self._clerk.ask(self._session.jobs.wait_until_done, _nothing, _nothing)
        self._clerk.close(wait=False)
        self.changed_person.emit()

    def _start_register(self, activity_id: UUID, name: str, pin: str) -> None:
        self._ask(self._pins.trying(activity_id, name, pin), lambda club: self._show_register(club, activity_id))

    def _ask(self, work: Any, done: Any) -> None:
        """Asks the club; the answer counts only while the screen that asked is there, and nothing locked since."""
        screen, asked = self.screen, self._asked

        def answered(value: object) -> None:
            if self.screen is screen and self._asked == asked:
                done(value)

        def refused(error: Exception) -> None:
            if self.screen is screen and self._asked == asked:
                self._refuse(error)

        self._clerk.ask(work, answered, refused)

    def _refuse(self, error: Exception) -> None:
        if isinstance(self.screen, (LockScreen, RegisterMode)):
            self.screen.show_error(error)
        else:
            self._window.failed.emit(error)

    # --- what is over everything --------------------------------------------------------------------------------

    def _show_screen(self) -> None:
        session = self._session
        made = LockScreen(session.club.name, session.club.actor.name, session.is_sample)
        made.unlock.connect(self._unlock)
        made.sign_in.connect(self._sign_in)
        made.register.connect(self._start_register)
        made.fire.connect(self.show_fire_list)
        made.failed.connect(self._window.failed)
        self._put(made)
        self._say_not_saved()
        self.watch.stop()
        self._timer.start()
        made.focus_first()

    def _say_not_saved(self) -> None:
        """Somebody's work was not saved: whoever is at the machine can fetch them, and learns nothing else."""
        self._unsaved.keep()
        if isinstance(self.screen, LockScreen):
            names = self._unsaved.names(self._session.club.id)
            self.screen.show_not_saved(somebody(names) if names else "")

    def _show_register(self, club: "Club", activity_id: UUID) -> None:
        back = self._taken.back(club.actor, activity_id)
        if back is not None:
            self._go_on_at_door(back)
            return
        made = RegisterMode(self._session, club, activity_id)
        actor, failed = club.actor, made.jobs.unsaved
        self._unsaved.follow(club.id, actor.id, actor.name, failed, self._session.clock.now(), activity_id)
        made.jobs.unheard.connect(self._say_not_saved)
        made.over.connect(self._mode_over)
        made.fire.connect(self.show_fire_list)
        self._taken.now = made
        self._put(made)
        self.watch.start(counting=False)
        made.tell_not_saved(self._unsaved.take(club.id, actor.id, but=failed, activity_id=activity_id))

    def _mode_over(self) -> None:
        """What is over says so itself. Over it there may be the fire list, which then leads to the lock screen."""
        if self.screen is self._taken.now:
            self.lock()
        else:
            self._taken.end(self.screen)

    def _show_on(
        self, on: tuple[OnNow, ...], to_count: tuple[OnNow, ...], names: tuple[str, ...], wanted: UUID | None
    ) -> None:
        if self._taken.is_over([each.activity_id for each in on], None if self._session.is_sample else names):
            self._mode_over()
        if isinstance(self.screen, LockScreen):
            self.screen.show_on_now(on, names, fire=bool(to_count))
            for each in on:
                if each.activity_id == wanted:
                    self.screen.show_register(each)
        self.looked.emit()

    # --- the fire list ------------------------------------------------------------------------------------------

    def _read_inside(self) -> "tuple[tuple[OnNow, ...], tuple[RowView, ...]]":
        return self._session.club.read(_inside)

    def _show_fire_list(
        self, of: tuple[OnNow, ...], people: "Sequence[RowView]", note: Callable[[str], object] | None
    ) -> None:
        self._to_desk = self.screen is None
        if self._to_desk and not of:
            self.nobody_on.emit()
            return
        self._hold()
        back = "Back to the lock screen" if isinstance(self.screen, LockScreen) else "Back"
        made = FireList(people, back)
        made.left.connect(self._leave_fire_list)
        self._put(made)
        made.roll.focus_first()
        self._timer.start()
        self.watch.start(longest=not self._to_desk)
        if note is not None:  # nobody waits for the journal while the bell rings
            titles = ", ".join(each.title for each in of)
            self._clerk.ask(lambda: note(titles), _nothing, self._window.failed.emit)

    def _count_again(self, _areas: object = None) -> None:
        """Somebody may have come or gone."""
        shown = self.screen
        if isinstance(shown, FireList):
            self._clerk.ask(
                self._read_inside, lambda found: shown.roll.show_people(found[1]) if self.screen is shown else None,
                _no_offers,
            )  # fmt: skip

    def _leave_fire_list(self) -> None:
        if self._taken.now is not None:
            self._go_on_at_door(self._taken.now)
        elif self._to_desk:
            self._bring_back()
        else:
            self._show_screen()
            self.look()

    def _nobody_here(self) -> None:
        """Nobody has touched anything for the minutes set. A fire list stays for longer; what is behind it does not."""
        if not isinstance(self.screen, FireList):
            self.lock()
        elif self._to_desk:
            self._to_desk = False
            self._clipboard.clear()
            self.watch.go_on()
        elif self._taken.now is not None:  # which somebody stays with: it is at the door again, as it was
            self._leave_fire_list()
        else:
            self.lock()

    # --- one over the other -------------------------------------------------------------------------------------

    def _put(self, made: LockScreen | RegisterMode | FireList) -> None:
        guarded, keep = made is not self._taken.now, self._taken.is_one(self.screen)
        self.screen = made
        if self._veil.drawn:
            self._veil.show_instead(made, guarded=guarded, keep=keep)
        else:
            self._veil.draw(made, guarded=guarded)

    def _go_on_at_door(self, mode: RegisterMode) -> None:
        self._put(mode)
        mode.page.setFocus()
        self.watch.start(counting=False)


def _inside(uow: Any) -> "tuple[tuple[OnNow, ...], tuple[RowView, ...]]":
    from desktop.registers.inside import read_inside
    from models.registers.on_now import to_count

    of = to_count(uow)
    return of, read_inside(uow, [each.activity_id for each in of])


def _read(uow: Any) -> tuple[tuple[OnNow, ...], tuple[OnNow, ...], tuple[str, ...]]:
    from models.access.people import names_with_pin
    from models.registers.on_now import on_now, to_count

    return on_now(uow), to_count(uow), names_with_pin(uow)


def _note_fire_list(club: "Club", titles: str) -> None:
    from models.registers.on_now import note_fire_list

    club.write(lambda uow: note_fire_list(uow, titles), "Opened the fire list while locked")


def _no_offers(_error: Exception) -> None:
    """What is on cannot be read: the lock screen then offers nothing but the way back in."""


def _nothing(_answer: object) -> None:
    """What comes of it is of no use here."""
