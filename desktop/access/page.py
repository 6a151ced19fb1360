"""The screen for managers: who can sign in, the recovery key, a new file key."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.access import words
from desktop.access.door import DoorList
from desktop.access.errands import AREAS, Errands
from desktop.access.forms import AddForm, GoneForm, LosingForm, PersonForm, ProveForm, SureForm
from desktop.access.table import NEEDED, Person, people_here, people_table
from desktop.access.told import Told
from desktop.jobs import Jobs
from desktop.widgets.flow import Flow
from desktop.widgets.form import Form
from desktop.widgets.history_list import history_of
from desktop.widgets.metrics import px
from desktop.widgets.page import Page
from desktop.widgets.preview import PdfPreview
from desktop.widgets.text import button, label
from models.access import door
from models.access.door import DoorRow
from models.access.first_password import first_password
from models.access.rules import Permission
from models.kernel.clock import Clock
from models.kernel.errors import LosesConcerns

if TYPE_CHECKING:
    from models.bootstrap import AccountRow, Club, Removed
    from models.bootstrap import Told as Answer

RECOVERY, NEW_KEY = "recovery", "new key"
_ROOM = 760
"""Room in which every column stands, in pixels at 100 %."""


class PeoplePage(Page):
    """A list of people, a form beside it. `open_item("recovery")` shows the way to the recovery key."""

    areas = AREAS
    help_topic = "access"

    def __init__(self, jobs: Jobs, clock: Clock) -> None:
        super().__init__("People who can sign in", scroll=False)
        self._jobs, self._clock = jobs, clock
        self._club: Club | None = None
        self.table = people_table()
        self.table.opened.connect(self._open)
        self.table.installEventFilter(self)
        self.preview = PdfPreview()
        self.preview.left.connect(self._show_list)
        self.preview.failed.connect(self.failed)
        self.preview.printed.connect(lambda: self.said.emit("The recovery key went to the printer.", False))
        self._parts = QStackedWidget()
        self._parts.addWidget(self._list())
        self._parts.addWidget(self.preview)
        self.body.addWidget(self._parts, 1)
        self._errands = Errands(self, jobs)
        self.panel = self._errands.panel
        self._add_button = button(
            "Add a person", self.add, kind="primary", icon_name="account-plus-outline", keys="Ctrl+N"
        )
        self.add_action(self._add_button)
        self.show_loading()

    def take_club(self, club: "Club") -> None:
        """The open club, whose people these are; the shell hands it over when the page is made."""
        self._club = club
        if not club.keeps_backups:
            self._keys_words.setText(words.KEYS_ON_SERVER)
            self._new_key_button.hide()  # its files are the server's own

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.table and event.type() == QEvent.Type.Resize:
            roomy = self.table.width() >= px(_ROOM)
            self.table.show_columns({*NEEDED, "Last change made"} if roomy else NEEDED)
        return super().eventFilter(watched, event)

    def refresh(self) -> None:
        self._jobs.query(people_here, self._show, self.show_error, key="people-page")

    def open_item(self, item: object) -> None:
        """`"recovery"` asks for the password before the recovery key is shown; `"new key"` before one is made."""
        if item == RECOVERY:
            self.ask_recovery()
        elif item == NEW_KEY:
            self.ask_new_key()

    def start_again(self) -> None:
        self._show_list()

    def add(self) -> None:
        """Opens the form for somebody new."""
        form = AddForm()
        form.saved.connect(lambda values: self._add(form, values))
        self._errands.ask("Somebody new", form)

    def ask_recovery(self) -> None:
        """Asks for one's own password, then shows the recovery key as a page to print."""
        files = self._here.keeps_backups
        said = words.RECOVERY if files else words.RECOVERY_ON_SERVER
        form = ProveForm(said, "Show the recovery key" if files else "Make a recovery key")
        form.saved.connect(lambda values: self._recovery(form, values))
        self._errands.ask("The recovery key", form)

    def ask_new_key(self) -> None:
        """Asks for one's own password, then makes a new file key."""
        form = ProveForm(f"{words.OLD_BACKUPS} {words.NEW_KEY}", "Make a new file key")
        form.saved.connect(lambda values: self._rekey(form, values))
        self._errands.ask("A new file key", form)

    def show_door(self) -> None:
        """Shows what happened at the door, unless something typed is not saved yet."""
        self._jobs.query(door.at_the_door, self._show_door, self.failed.emit, key="at-the-door")

    # --- the list

    def _show_door(self, rows: tuple[DoorRow, ...]) -> None:
        if self._errands.may_show():
            self._errands.show(words.DOOR, DoorList(rows))

    def _show(self, found: tuple[Person, ...]) -> None:
        self.table.set_rows(found)
        self.show_content()

    def _open(self, person: Person) -> None:
        row = person.row
        if row.removed_at is not None:
            gone = GoneForm(row.name)
            gone.add_heading("History")
            gone.add_widget(history_of(self._jobs, row.id))
            gone.saved.connect(self.panel.close_panel)
            self._errands.ask(row.name, gone)
            return
        form = PersonForm(person, hands_on_key=self._here.actor.may(Permission.CONCERNS))
        form.add_heading("History")
        form.add_widget(history_of(self._jobs, row.id))
        form.saved.connect(lambda values: self._set_roles(form, row, values))
        form.reset_button.clicked.connect(lambda: self._reset(row))
        form.remove_button.clicked.connect(lambda: self._remove(row))
        form.key_button.clicked.connect(lambda: self._hand_on(form, row))
        self._errands.ask(row.name, form)

    # --- what is done

    def _add(self, form: Form, values: dict[str, Any]) -> None:
        name, password = str(values["name"] or ""), first_password()
        role, lead = values["role"], bool(values["safeguarding"])
        self._errands.run(
            form,
            lambda: self._here.add_person(name, password, role=role, safeguarding=lead),
            lambda told: self._hand_over(told, password),
        )

    def _set_roles(self, form: PersonForm, row: "AccountRow", values: dict[str, Any]) -> None:
        if not form.altered(values):
            form.mark_clean()
            self.panel.close_panel()
            return
        name, role, lead = str(values["name"] or ""), values["role"], bool(values["safeguarding"])

        def change(losing: bool) -> "Answer":
            return self._here.set_roles(
                row.id, role=role, safeguarding=lead, version=form.version, name=name, losing_concerns=losing
            )

        only_name = set(form.altered(values)) == {"name"}

        def done(told: "Answer") -> None:
            called = told.account.name
            self._changed(told, words.renamed(row.name, called) if only_name else f"Changed what {called} may do.")

        self._run(form, row, "Save", change, done)

    def _reset(self, row: "AccountRow") -> None:
        password = first_password()
        self._make_sure(
            words.RESETS.format(name=row.name), "Give a new password", row,
            lambda losing: self._here.set_password(row.id, password, losing_concerns=losing),
            lambda told: self._hand_over(told, password),
        )  # fmt: skip

    def _remove(self, row: "AccountRow") -> None:
        place = self.keeper.place() if self.keeper is not None else None
        self._make_sure(
            words.TAKES_OFF.format(name=row.name), "Take off", row,
            lambda losing: self._here.remove_person(row.id, place, losing_concerns=losing), self._taken_off,
        )  # fmt: skip

    def _make_sure(
        self, said: str, do: str, row: "AccountRow", work: Callable[[bool], Any], done: Callable[[Any], object]
    ) -> None:
        form = SureForm(do, said)
        form.saved.connect(lambda _values: self._run(form, row, do, work, done))
        self._errands.ask(row.name, form)

    def _run(
        self, form: Form, row: "AccountRow", do: str, work: Callable[[bool], Any], done: Callable[[Any], object]
    ) -> None:
        """Does it; where concerns would be lost by it, only after that was read and ticked."""

        def losing(error: LosesConcerns) -> None:
            sure = LosingForm(do, error)
            sure.saved.connect(lambda _values: self._errands.run(sure, lambda: work(True), done))
            self._errands.ask(row.name, sure)

        self._errands.run(form, lambda: work(False), done, losing=losing)

    def _hand_on(self, form: PersonForm, row: "AccountRow") -> None:
        self._errands.run(
            form,
            lambda: self._here.grant_concerns(row.id),
            lambda told: self._changed(told, f"{row.name} can open the concerns."),
        )

    def _recovery(self, form: ProveForm, values: dict[str, Any]) -> None:
        password, club = str(values["password"] or ""), self._here

        def pages() -> bytes:
            from models.documents.facts import RecoveryKey
            from models.documents.recovery_sheet import recovery_sheet

            server = "" if club.keeps_backups else club.where
            return recovery_sheet(RecoveryKey(club.name, club.recovery_key(password), club.clock.now(), server))

        self._errands.run(form, pages, self._show_key)

    def _rekey(self, form: ProveForm, values: dict[str, Any]) -> None:
        password = str(values["password"] or "")
        self._errands.run(form, lambda: self._here.rekey(password), self._rekeyed, alone=True)

    # --- what is told of it

    def _hand_over(self, told: "Answer", password: str) -> None:
        sentences = (words.HAND_OVER.format(name=told.account.name), *told.words)
        self._errands.show(
            f"First password for {told.account.name}", Told(sentences, self.panel.close_panel, to_write=password)
        )

    def _changed(self, told: "Answer", said: str) -> None:
        self.said.emit(said, False)
        mine = (words.YOU_CHANGED,) if told.account.id == self._here.actor.id else ()
        if told.words or mine:
            self._errands.show(told.account.name, Told((*told.words, *mine), self.panel.close_panel))
        else:
            self.panel.close_panel()

    def _taken_off(self, told: "Removed") -> None:
        name = told.account.name
        files = self._here.keeps_backups
        said = words.taken_off(name, told.until, on_server=not files)
        shown = Told((*said, *told.words), self.panel.close_panel)
        if files:
            shown.add_action(words.NEW_KEY, button("Make a new file key", self.ask_new_key, icon_name="key-change"))
        self._errands.show(f"{name} was taken off", shown)

    def _show_key(self, pages: bytes) -> None:
        self.panel.close_panel()
        self.preview.set_pdf(pages, "Recovery key")
        self._parts.setCurrentWidget(self.preview)
        self._add_button.hide()  # one primary button: Print
        self.preview.setFocus()

    def _rekeyed(self, _answer: object) -> None:
        shown = Told(("The file has a new key. The recovery key printed before opens only older backups.",),
                     self.panel.close_panel)  # fmt: skip
        shown.add_action(
            "Print the new one now, and put it in the place of the old.",
            button("Show the recovery key", self.ask_recovery, kind="primary", icon_name="key-outline"),
        )
        self._errands.show("A new file key", shown)

    # --- how

    @property
    def _here(self) -> "Club":
        assert self._club is not None  # handed over when the page was made
        return self._club

    def _show_list(self) -> None:
        self._parts.setCurrentIndex(0)
        self._add_button.show()
        self.table.setFocus()
        self.preview.forget()

    def _list(self) -> QWidget:
        made = QWidget()
        down = QVBoxLayout(made)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(px(14))
        down.addWidget(self.table, 1)
        self._keys_words = label(words.KEYS, "soft", wrap=True)
        self._new_key_button = button("Make a new file key", self.ask_new_key, icon_name="key-change")
        row = Flow([
            button("Recovery key", self.ask_recovery, icon_name="key-outline"),
            self._new_key_button,
            button(words.DOOR, self.show_door, kind="quiet", icon_name="door"),
        ])  # fmt: skip
        down.addWidget(self._keys_words)
        down.addWidget(row)
        return made
