"""The backups on the settings page: where they go, making one, and putting one back."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.jobs.keeper import Keeper, Standing, warning, when_words
from desktop.settings.cards import fact_rows
from desktop.settings.machine import Machine
from desktop.widgets.card import Card, clear_layout
from desktop.widgets.flow import Flow
from desktop.widgets.metrics import px
from desktop.widgets.panel import Panel
from desktop.widgets.progress import ProgressCard
from desktop.widgets.state import State, StateChip
from desktop.widgets.text import button, label
from models.access.rules import Permission
from models.kernel.words import counted

if TYPE_CHECKING:
    from models.bootstrap import Backup, Facts

RESTORE = Permission.RESTORE
SHOWN = 6
OFF = "Off, because this is the sample club: everybody in it is made up."
ELSEWHERE = (
    "This club is on a server, and its backups are the server’s: whoever looks after the server makes them. To have a "
    "copy of your own, ask them to make a club file of it with “breather move”."
)
AFTERWARDS = (
    "Everything else goes back to how it was then. Who can sign in, with today’s passwords, and every legal hold stay "
    "as they are now."
)
KEPT = (
    "The club file as it is now is not lost: it stays beside the restored one, with “replaced” and the time in its "
    "name."
)
KINDS = "Backups (*.breather-backup)"


class BackupsCard(Card):
    """Signals:
    said(str): something worked. failed(Exception): something did not.
    """

    said = Signal(str)
    failed = Signal(object)

    def __init__(self, machine: Machine, keeper: Keeper, panel: Panel) -> None:
        super().__init__("Backups")
        self._machine = machine
        self._keeper = keeper
        self._panel = panel
        self._all = False
        self.progress = ProgressCard()
        self.now_button = button("Back up now", self._back_up, icon_name="content-save-outline")
        self.copy_button = button("Save a copy…", self._save_copy, icon_name="content-save-outline", needs=RESTORE)
        self.folder_button = button(
            "Change the folder…", self._change_folder, icon_name="folder-open-outline", needs=RESTORE
        )
        self.usual_button = button("Use the usual folder", lambda: self._choose(None), kind="quiet", needs=RESTORE)
        self.other_button = button("Restore from a file…", self._choose_backup, icon_name="history", needs=RESTORE)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(px(8))
        self.body.addLayout(self._rows)
        self.body.addWidget(self.progress)
        if keeper.off:
            words = ELSEWHERE if keeper.elsewhere else OFF
            self._rows.addWidget(label(words, "soft", wrap=True))
            return
        self.add_action(self.now_button)
        self.body.addWidget(Flow([self.copy_button, self.folder_button, self.usual_button, self.other_button]))
        keeper.told.connect(self._show)
        if keeper.standing is not None:
            self._show(keeper.standing)
        keeper.look()

    def _show(self, standing: Standing) -> None:
        clear_layout(self._rows)
        newest = when_words(standing.made[0].made_at) if standing.made else "None yet"
        self._rows.addWidget(fact_rows([("Kept in", str(standing.place.folder)), ("Newest", newest)]))
        wrong = warning(standing, self._machine.now())
        if wrong is not None:
            pressing, words = wrong
            state, short = (State.WARN, "Look here") if pressing else (State.NEUTRAL, "Good to know")
            told = QWidget()
            row = QHBoxLayout(told)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(px(12))
            row.addWidget(StateChip(state, short))
            row.addWidget(label(words, wrap=True), 1)
            self._rows.addWidget(told)
        shown = standing.made if self._all else standing.made[:SHOWN]
        for backup in shown:
            self._rows.addWidget(self._row(backup, standing.now))
        if len(shown) < len(standing.made):
            self._rows.addWidget(button(f"Show all {len(standing.made)} backups", self._show_all, kind="quiet"))
        self.usual_button.setVisible(standing.place.chosen)

    def _row(self, backup: "Backup", now: "Facts") -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(12))
        row.addWidget(label(when_words(backup.made_at), "strong"))
        row.addWidget(label(_counts_words(backup), "soft", wrap=True), 1)
        name = f"Restore the backup of {when_words(backup.made_at)}"
        row.addWidget(button("Restore…", lambda: self._compare(backup, now), name=name, needs=RESTORE))
        return made

    def _show_all(self) -> None:
        self._all = True
        if self._keeper.standing is not None:
            self._show(self._keeper.standing)

    def _back_up(self) -> None:
        self._begin("Making a backup and comparing it")
        self._keeper.back_up(self._done("The backup is made, read back and compared."), self._not_done)

    def _save_copy(self) -> None:
        start = str(Path.home() / f"{self._machine.path.stem}.breather-backup")
        chosen = QFileDialog.getSaveFileName(self, "Save a copy", start, KINDS)[0]
        if chosen:
            target = Path(chosen)
            if target.suffix != ".breather-backup":
                target = target.with_name(f"{target.name}.breather-backup")
            self._begin("Saving a copy and comparing it")
            self._keeper.save_copy(
                target, self._done(f"Saved as {target.name}, read back and compared."), self._not_done
            )

    def _change_folder(self) -> None:
        start = str(self._keeper.standing.place.nearest) if self._keeper.standing else str(Path.home())
        chosen = QFileDialog.getExistingDirectory(self, "Where backups go", start)
        if chosen:
            self._choose(Path(chosen))

    def _choose(self, folder: Path | None) -> None:
        try:
            self._keeper.choose_folder(folder)
        except OSError as error:
            self.failed.emit(error)
        else:
            self.said.emit("Backups go there from now on. The older ones stay where they are.")

    def _choose_backup(self) -> None:
        chosen = QFileDialog.getOpenFileName(self, "Choose a backup", str(Path.home()), KINDS)[0]
        if chosen:
            self._begin("Looking into the backup")
            self._keeper.look_into(Path(chosen), self._show_chosen, self._not_done)

    def _show_chosen(self, backup: "Backup") -> None:
        self._over()
        if self._keeper.standing is not None:
            self._compare(backup, self._keeper.standing.now)

    def _compare(self, backup: "Backup", now: "Facts") -> None:
        standing = self._keeper.standing
        since = sum(at > backup.made_at for at in standing.erased) if standing is not None else 0
        asked = RestoreAsked(backup, now, since)
        asked.left.connect(self._panel.close_panel)
        asked.chosen.connect(lambda: self._machine.restore(backup.path))
        self._panel.open("Restore a backup", asked, asked.leave_button)

    def _begin(self, words: str) -> None:
        self._set_enabled(False)
        self.progress.begin(words)

    def _done(self, words: str) -> Callable[[object], None]:
        def done(_backup: object) -> None:
            self._over()
            self.said.emit(words)

        return done

    def _not_done(self, error: Exception) -> None:
        self._over()
        self.failed.emit(error)

    def _over(self) -> None:
        self.progress.end()
        self._set_enabled(True)

    def _set_enabled(self, enabled: bool) -> None:
        for made in (self.now_button, self.copy_button, self.folder_button, self.usual_button, self.other_button):
            made.setEnabled(enabled)


class RestoreAsked(QWidget):
    """What a backup holds beside what is open now, and the button that puts it in place.

    Signals:
        chosen(): restore it. left(): leave everything as it is.
    """

    chosen = Signal()
    left = Signal()

    def __init__(self, backup: "Backup", now: "Facts", erased: int = 0) -> None:
        """`erased` is how many records were erased since the backup was made."""
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(14))
        column.addWidget(label(f"The backup of {when_words(backup.made_at)}.", wrap=True))
        column.addWidget(_side_by_side(backup, now))
        for words in (*((_erased_words(erased),) if erased else ()), AFTERWARDS, KEPT):
            column.addWidget(label(words, wrap=True))
        self.restore_button = button("Restore this backup", self.chosen.emit, kind="primary", icon_name="history")
        self.leave_button = button("Leave it", self.left.emit)
        column.addWidget(Flow([self.restore_button, self.leave_button]))
        column.addStretch(1)


def _erased_words(erased: int) -> str:
    one = erased == 1
    return (
        f"{counted(erased, 'record')} {'was' if one else 'were'} erased after this backup was made, and "
        f"{'is' if one else 'are'} still in it. Breather erases {'it' if one else 'them'} again while it restores."
    )


def _side_by_side(backup: "Backup", now: "Facts") -> QWidget:
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(px(20))
    grid.setVerticalSpacing(px(6))
    grid.setColumnStretch(0, 1)
    then = backup.facts
    rows = [("Children", "children"), ("Clubs and trips", "activities"), ("Marks in the registers", "marks")]
    for at, words in enumerate(("", "Open now", "In the backup")):
        grid.addWidget(label(words, "strong"), 0, at)
    for row, (words, name) in enumerate(rows, start=1):
        grid.addWidget(label(words, "soft"), row, 0)
        grid.addWidget(label(f"{getattr(now, name):,}"), row, 1)
        grid.addWidget(label(f"{getattr(then, name):,}" if then else "Not known"), row, 2)
    return made


def _counts_words(backup: "Backup") -> str:
    size = f"{max(1, round(backup.size / 1_000_000))} MB"
    facts = backup.facts
    if facts is None:
        return size
    children = counted(facts.children, "child", "children")
    activities = counted(facts.activities, "club or trip", "clubs and trips")
    return f"{children}, {activities}, {counted(facts.marks, 'mark')} · {size}"
