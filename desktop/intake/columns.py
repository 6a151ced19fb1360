"""Step 2: which column goes where; wrong guesses are put right here."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.intake.chosen import Chosen, ColumnRow, Key, Sheet, lacking_words
from desktop.widgets.banner import Banner
from desktop.widgets.card import Card
from desktop.widgets.fields import ChoiceField
from desktop.widgets.list_model import Column
from desktop.widgets.metrics import px
from desktop.widgets.state import State
from desktop.widgets.table import ListTable
from desktop.widgets.text import announce, button, label
from models.intake.kinds import KINDS, kind_named
from models.kernel.words import counted

LEFT_OUT = "Left out"


class ColumnsStep(QWidget):
    """One sheet at a time: what it is, its columns, and where the column one is on goes.

    Signals:
        changed(Sheet): a sheet as it was put right.
    """

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._chosen = Chosen()
        self._sheet: Sheet | None = None
        # As the sheet was when its column was come to: arrowing through the choices takes nothing from other columns
        # but what the last of them takes.
        self._before: Sheet | None = None
        self._place: tuple[object, ...] = ()
        self.which = ChoiceField("sheet", "Spreadsheet", ())
        self.kind = ChoiceField("kind", "What it is", [(kind.name, kind.title) for kind in KINDS])
        self.note = Banner()
        self.table: ListTable[ColumnRow] = ListTable(
            (
                Column("Column in the file", lambda row: row.header, sort=lambda row: row.index),
                Column("What is in it", lambda row: " · ".join(row.samples) or "nothing"),
                Column("Goes to", _goes, state=_state),
            ),
            row_id=lambda row: row.index,
            name="Columns",
            spoken=lambda row: f"{row.header}, {_goes(row)}",
        )
        self.table.setMinimumHeight(px(190))
        self.table.set_empty("This sheet has no columns.")
        self.editor = ColumnEditor()
        self._lay_out()
        self.which.changed.connect(self._other_sheet)
        self.kind.changed.connect(self._other_kind)
        self.table.chosen.connect(self._come_to)
        self.table.opened.connect(lambda _row: self.editor.goes_to.setFocus(Qt.FocusReason.TabFocusReason))
        self.editor.chosen.connect(self._put_right)

    def set_chosen(self, chosen: Chosen, show: Key | None = None) -> None:
        """Shows these sheets: the one of that key, else the one shown, else the first to look at."""
        self._chosen = chosen
        sheets = [sheet for sheet in chosen.sheets if sheet.table is not None and (sheet.found or sheet.key == show)]
        self.which.set_choices([(sheet.key, _title(sheet)) for sheet in sheets])
        now = chosen.sheet(show or (self._sheet.key if self._sheet else None))
        if now is None or now not in sheets:
            worth = [sheet for sheet in sheets if sheet.missing or sheet.to_check]
            now = next(iter(worth or sheets), None)
        self.which.set_value(now.key if now else None)
        self._show(now)

    def start(self) -> None:
        """Puts the keyboard where something is to be done."""
        unknown = self._sheet is not None and self._sheet.found is None
        (self.kind if unknown else self.table).setFocus(Qt.FocusReason.TabFocusReason)

    def _show(self, sheet: Sheet | None) -> None:
        other = sheet is None or self._sheet is None or sheet.key != self._sheet.key
        self._sheet = sheet
        self.kind.set_value(sheet.found.kind.name if sheet and sheet.found else None)
        rows = sheet.columns() if sheet else ()
        self.table.set_rows(rows)
        if other and rows:
            self.table.select(next((row.index for row in rows if row.guessed), rows[0].index))
        self._come_to(self.table.current() if rows else None)
        self._say(sheet)

    def _say(self, sheet: Sheet | None) -> None:
        if sheet is None:
            self.note.clear()
        elif sheet.found is None:
            self.note.show_state(State.WARN, f"Breather cannot tell what {sheet.where} is. Choose under “What it is”.")
        elif sheet.missing:
            self.note.show_state(State.BAD, lacking_words(sheet))
        elif sheet.to_check:
            words = counted(sheet.to_check, "column was guessed", "columns were guessed")
            self.note.show_state(State.WARN, f"{words}: have a look at those marked “check this”.")
        else:
            self.note.clear()

    def _other_sheet(self) -> None:
        self._show(self._chosen.sheet(self.which.value()))

    def _other_kind(self) -> None:
        name = self.kind.value()
        if self._sheet is not None and name:
            self.changed.emit(self._sheet.as_kind(kind_named(name)))

    def _come_to(self, row: ColumnRow | None) -> None:
        sheet = self._sheet
        if sheet is not None and sheet.found is not None and row is not None:
            place = (sheet.key, id(sheet.table), sheet.found.kind.name, row.index)
            if place != self._place:
                self._place, self._before = place, sheet
        self.editor.set_column(row)

    def _put_right(self, index: int, key: str) -> None:
        before = self._before
        if before is None:
            return
        other = next((row for row in before.columns() if key and row.key == key and row.index != index), None)
        self.changed.emit(before.with_column(index, key))
        if other is not None:
            announce(self, f"“{other.header}” is left out now.")

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(px(16))
        top.addWidget(self.which, 3)
        top.addWidget(self.kind, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        column.addLayout(top)
        column.addWidget(self.note)
        column.addWidget(self.table, 1)
        column.addWidget(self.editor)
        for field in (self.which, self.kind):
            field.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
            field.box.setMinimumContentsLength(12)
        self._calm = CalmWheel(self)
        for field in (self.which, self.kind, self.editor.goes_to):
            field.box.installEventFilter(self._calm)


class CalmWheel(QObject):
    """Turning the wheel over a choice nobody is in scrolls the page and changes nothing."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        away = isinstance(watched, QWidget) and not watched.hasFocus()
        if event.type() == QEvent.Type.Wheel and away:
            event.ignore()
            return True
        return super().eventFilter(watched, event)


class ColumnEditor(Card):
    """Where the column one is on goes.

    Signals:
        chosen(index, key): it goes there; key "" leaves it out.
    """

    chosen = Signal(int, str)

    def __init__(self) -> None:
        super().__init__()
        self._row: ColumnRow | None = None
        self._name = label("", "row", wrap=True)
        self._samples = label("", "small", wrap=True)
        self.goes_to = ChoiceField("goes_to", "Goes to", ())
        self.goes_to.box.setMinimumContentsLength(18)
        self.goes_to.changed.connect(lambda: self._tell(self.goes_to.value()))
        self.right = button("That is right", lambda: self._tell(self._row.key if self._row else ""), icon_name="check")
        texts = QVBoxLayout()
        texts.setSpacing(px(2))
        texts.addWidget(self._name)
        texts.addWidget(self._samples)
        texts.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(px(14))
        row.addLayout(texts, 3)
        row.addWidget(self.goes_to, 2)
        row.addWidget(self.right, 0, Qt.AlignmentFlag.AlignBottom)
        self.body.addLayout(row)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.set_column(None)

    def set_column(self, row: ColumnRow | None) -> None:
        """Shows a column; None for none."""
        self._row = row
        self.setVisible(row is not None)
        if row is None:
            return
        self._name.setText(f"“{row.header}”")
        self._samples.setText(f"For example: {' · '.join(row.samples)}" if row.samples else "There is nothing in it.")
        self.goes_to.set_choices([("", "Leave it out"), *row.offers])
        self.goes_to.set_value(row.key)
        self.goes_to.control.setAccessibleName(f"{row.header} goes to")
        self.right.setVisible(row.guessed)
        self.right.setAccessibleName(f"That is right: {row.header} goes to {row.goes_to}")

    def _tell(self, key: str | None) -> None:
        if self._row is not None:
            self.chosen.emit(self._row.index, key or "")


def _goes(row: ColumnRow) -> str:
    if not row.goes_to:
        return LEFT_OUT
    return f"{row.goes_to} · check this" if row.guessed else row.goes_to


def _state(row: ColumnRow) -> State:
    if not row.goes_to:
        return State.NEUTRAL
    return State.WARN if row.guessed else State.OK


def _title(sheet: Sheet) -> str:
    if sheet.missing:
        return f"{sheet.where} · a column is missing"
    return f"{sheet.where} · {sheet.to_check} to check" if sheet.to_check else sheet.where
