"""The lists of step 3."""

from desktop.intake.lines import AddLine, ChangeLine, RefusedLine
from desktop.intake.words import ICONS
from desktop.widgets.list_model import Column
from desktop.widgets.metrics import scale
from desktop.widgets.state import State
from desktop.widgets.table import ListTable
from models.intake.preview import FilePreview

REFUSED_HEADING = ("File", "Row", "Who or what", "Column", "What it says", "Why it stays out")


def _large(width: int) -> int:
    """An exact width at large text, where a list is rather moved sideways than cut short; else what the words need."""
    return width if scale() >= 1.5 else 0


def files_table() -> ListTable[FilePreview]:
    """Every file and what would become of its rows."""
    columns = (
        Column[FilePreview]("File", lambda file: file.file, width=_large(200)),
        Column[FilePreview](
            "What it is", lambda file: file.title or "Cannot be read", icon=_picture, state=_readable, width=_large(170)
        ),
        _number("To add", "add"),
        _number("To change", "change"),
        _number("The same", "same"),
        Column[FilePreview]("Left out", lambda file: str(len(file.refused)), sort=lambda file: len(file.refused),
                            right=True),
        Column[FilePreview]("To ask", lambda file: str(len(file.ask)), sort=lambda file: len(file.ask), right=True),
    )  # fmt: skip
    return ListTable(columns, row_id=lambda file: file.file, name="Files", spoken=_spoken)


def added_table(name: str, empty: str) -> ListTable[AddLine]:
    """Rows that are new."""
    columns = (
        Column[AddLine]("Who or what", lambda line: line.who, width=_large(230)),
        Column[AddLine]("What is known", lambda line: line.what, width=_large(240)),
        Column[AddLine]("File", lambda line: line.file, width=170),
        _row_number(),
    )
    table: ListTable[AddLine] = ListTable(
        columns, row_id=lambda line: line, name=name, spoken=lambda line: f"{line.who}, {line.what}"
    )
    table.set_empty(empty)
    return table


def changed_table() -> ListTable[ChangeLine]:
    """Values that change, and those that stay because they were changed here too."""
    columns = (
        Column[ChangeLine]("Who or what", lambda line: line.who, width=_large(230)),
        Column[ChangeLine]("Column", lambda line: line.column, width=_large(150)),
        Column[ChangeLine]("Here now", lambda line: line.ours, width=_large(180)),
        Column[ChangeLine]("In the file", lambda line: line.new, width=_large(180)),
        Column[ChangeLine]("What happens", _what_happens, state=_happens, width=_large(260)),
        Column[ChangeLine]("Row", lambda line: str(line.row), sort=lambda line: line.row, right=True),
    )
    table: ListTable[ChangeLine] = ListTable(
        columns, row_id=lambda line: line, name="To change",
        spoken=lambda line: f"{line.who}, {line.column}, from {line.ours} to {line.new}, {_what_happens(line)}",
    )  # fmt: skip
    table.set_empty("Nothing that is here already would change.")
    return table


def refused_table() -> ListTable[RefusedLine]:
    """What stays out, where it stands, and why."""
    columns = (
        Column[RefusedLine]("Who or what", lambda line: line.ref or line.file, width=_large(150)),
        Column[RefusedLine]("Row", lambda line: str(line.row or ""), sort=lambda line: line.row, right=True),
        Column[RefusedLine](
            "Column", lambda line: line.column or "the whole row" if line.row else "the whole file", width=_large(150)
        ),
        Column[RefusedLine]("What it says", lambda line: line.value, width=170),
        Column[RefusedLine](
            "Why it stays out", lambda line: line.reason, state=lambda _line: State.BAD, width=_large(460)
        ),
    )
    table: ListTable[RefusedLine] = ListTable(columns, row_id=lambda line: line, name="Left out", spoken=refused_words)
    table.set_empty("No row is left out.")
    return table


def refused_words(line: RefusedLine) -> str:
    """One refusal in a sentence."""
    if not line.row:
        return f"{line.file}: {line.reason}"
    column = f", {line.column}" if line.column else ""
    value = f" “{line.value}”" if line.value and line.value not in line.reason else ""
    return f"{line.file}, row {line.row}{column}:{value} {line.reason}."


def _number(header: str, name: str) -> Column[FilePreview]:
    return Column(header, lambda file: str(getattr(file, name)), sort=lambda file: getattr(file, name), right=True)


def _row_number() -> Column[AddLine]:
    return Column("Row", lambda line: str(line.row), sort=lambda line: line.row, right=True)


def _picture(file: FilePreview) -> str:
    return ICONS.get(file.kind, "")


def _readable(file: FilePreview) -> State | None:
    return None if file.kind else State.BAD


def _what_happens(line: ChangeLine) -> str:
    return "Ours stays: changed here too" if line.conflict else "Changes"


def _happens(line: ChangeLine) -> State:
    return State.WARN if line.conflict else State.BRAND


def _spoken(file: FilePreview) -> str:
    if not file.kind:
        return f"{file.file}, cannot be read"
    return f"{file.file}, {file.title}, {file.add} to add, {file.change} to change, {len(file.refused)} left out"
