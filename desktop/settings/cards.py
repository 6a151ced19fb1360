"""The cards of the settings page that are about this machine: the look, the file, the app."""

from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from desktop.jobs import Jobs
from desktop.settings.machine import Machine
from desktop.settings.preferences import DARK, LIGHT, SIZES, SYSTEM, Look
from desktop.widgets.card import Card
from desktop.widgets.fields import ChoiceField
from desktop.widgets.metrics import px
from desktop.widgets.progress import ProgressCard
from desktop.widgets.state import State, StateChip
from desktop.widgets.text import button, label
from models.kernel.words import counted

THEMES = ((SYSTEM, "As this computer is set"), (LIGHT, "Light"), (DARK, "Dark"))


def fact_rows(facts: list[tuple[str, str]]) -> QWidget:
    """Words at the left, what is so at the right."""
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(px(20))
    grid.setVerticalSpacing(px(6))
    grid.setColumnStretch(1, 1)
    for row, (words, value) in enumerate(facts):
        grid.addWidget(label(words, "soft"), row, 0)
        grid.addWidget(label(value or "Not filled in yet", "" if value else "soft", wrap=True), row, 1)
    return made


class LookCard(Card):
    """Light or dark, and how large the text is; a choice takes effect at once.

    Signals:
        chosen(Look): what was chosen.
    """

    chosen = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__("How it looks")
        self.theme = ChoiceField("theme", "Light or dark", THEMES)
        self.text_size = ChoiceField("size", "Text size", [(size, f"{round(size * 100)} %") for size in SIZES])
        self.theme.set_value(look.theme)
        self.text_size.set_value(look.size)
        row = QHBoxLayout()
        row.setSpacing(px(16))
        for field in (self.theme, self.text_size):
            row.addWidget(field, 1)
            field.changed.connect(self._choose)
        self.body.addLayout(row)

    def _choose(self) -> None:
        self.chosen.emit(Look(str(self.theme.value()), float(self.text_size.value() or 1.0)))


class FileCard(Card):
    """Where the club file is, and whether it is whole."""

    def __init__(self, jobs: Jobs, machine: Machine, failed: Callable[[Exception], object]) -> None:
        super().__init__("The club’s server" if machine.server else "The club file")
        self._jobs = jobs
        self._machine = machine
        self._failed = failed
        self._answer: StateChip | None = None
        self.progress = ProgressCard()
        self.check_button = button("Check the file", self._check, icon_name="shield-check-outline")
        self.leave_button = button("Open another club file", machine.leave, icon_name="folder-open-outline")
        if machine.server:
            self.body.addWidget(fact_rows([("Kept at", machine.server), ("Looked after by", "Whoever runs it")]))
        else:
            self.add_action(self.check_button)
            keys = f"{machine.path.name}.keys, beside it. A copy needs both."
            self.body.addWidget(fact_rows([("Kept at", str(machine.path)), ("Keys", keys)]))
        self.body.addWidget(self.progress)
        row = QHBoxLayout()
        row.addWidget(self.leave_button)
        row.addStretch(1)
        self.body.addLayout(row)

    def words(self) -> str:
        """What the last check found, "" before the first."""
        return self._answer.text() if self._answer is not None else ""

    def _check(self) -> None:
        self.check_button.setEnabled(False)
        self.progress.begin("Checking the whole file")
        self._jobs.query(lambda _read: self._machine.faults(), self._show, self._not_checked, lane="slow")

    def _show(self, faults: list[str]) -> None:
        self._over()
        if self._answer is None:
            self._answer = StateChip(State.OK, "")
            self.body.insertWidget(1, self._answer)
        if faults:
            self._answer.set(State.BAD, f"{counted(len(faults), 'fault')} found. Open your newest copy instead.")
        else:
            self._answer.set(State.OK, "The file is whole")
        self._answer.setToolTip("\n".join(faults[:10]))

    def _not_checked(self, error: Exception) -> None:
        self._over()
        self._failed(error)

    def _over(self) -> None:
        self.progress.end()
        self.check_button.setEnabled(True)


class SpreadsheetsCard(Card):
    """The way to the spreadsheets the office keeps, for a club that has data already."""

    def __init__(self, bring_in: Callable[[], object]) -> None:
        super().__init__("Spreadsheets")
        self.body.addWidget(
            label("Bring in the office’s spreadsheets again at any time: what was changed here is kept.", wrap=True)
        )
        row = QHBoxLayout()
        row.addWidget(button("Bring in spreadsheets", bring_in, icon_name="table-arrow-down"))
        row.addStretch(1)
        self.body.addLayout(row)


class AboutCard(Card):
    """Which Breather this is, and whose work is in it."""

    def __init__(self, show_help: Callable[[str], object]) -> None:
        super().__init__("About Breather")
        self.body.addWidget(label(f"Breather {_version()}. Free software under the MIT licence.", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(px(10))
        row.addWidget(button("Help pages", lambda: show_help("index"), icon_name="help-circle-outline"))
        row.addWidget(button("Licences", lambda: show_help("licences"), icon_name="scale-balance"))
        row.addStretch(1)
        self.body.addLayout(row)


def _version() -> str:
    try:
        return version("breather")
    except PackageNotFoundError:
        return "from its source"
