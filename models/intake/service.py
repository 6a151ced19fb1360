"""Bringing spreadsheets in: see first what would happen, then take it in as one change that one undo takes back."""

from models.access.permissions import Permission, needs
from models.intake.plan import NOTHING_DECIDED, Decisions, build
from models.intake.preview import Preview, Sources, Unreadable, shown
from models.intake.reading import sheet_rows
from models.intake.rows import SheetRows
from models.intake.writing import Taken, Tell, Writer
from models.kernel.errors import BadInput
from models.storage.journal import ChangeKind
from models.storage.uow import UnitOfWork


@needs(Permission.IMPORT)
def prepare(uow: UnitOfWork, sources: Sources, decisions: Decisions = NOTHING_DECIDED) -> Preview:
    """What these files would add, change and leave alone, what is refused, and what has to be asked. Writes nothing."""
    sheets: list[SheetRows] = []
    unreadable = list(sources.unreadable)
    for source in sources.tables:
        try:
            sheets.append(sheet_rows(source, uow.clock.today()))
        except BadInput as error:
            unreadable.append(Unreadable(source.table.where, str(error)))
    read = Sources(sources.tables, tuple(unreadable), sources.skipped)
    return shown(build(uow, sheets, decisions), read, tuple(sheets))


@needs(Permission.IMPORT)
def take_in(
    uow: UnitOfWork, preview: Preview, decisions: Decisions = NOTHING_DECIDED, tell: Tell | None = None
) -> Taken:
    """Takes in every row that is neither refused nor waiting for an answer, as one change.

    The rows are compared with the club as it stands at this moment, not as it stood for the preview. `tell(done,
    total)` hears of every row and may stop it all by raising.
    """
    uow.kind = ChangeKind.IMPORT
    return Writer(uow, build(uow, preview.sheets, decisions)).write(tell)
