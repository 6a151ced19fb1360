"""What the import asks of the jobs: read files, compare, bring in, take back. Nothing here runs on the UI thread."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from desktop.intake.chosen import Chosen, Sheet
from desktop.intake.lines import AskKey, AskLine, Lines, lines
from desktop.jobs import Jobs
from desktop.jobs.ticket import Step, Ticket, Work
from models.intake.plan import Answer
from models.intake.preview import Preview
from models.intake.writing import Taken
from models.kernel.errors import BadInput, Stale

Failed = Callable[[Exception], object]
Answers = dict[tuple[str, str], Answer]
_TOLD_EVERY = 20
"""Rows between two words about progress: each word is a letter to the window."""


@dataclass(frozen=True)
class Done:
    """An import that was taken in, and the change it became."""

    taken: Taken
    change_id: UUID


@dataclass(frozen=True)
class Prepared:
    """What would happen, and the same as the lists show it."""

    preview: Preview
    lines: Lines


@dataclass(frozen=True)
class Standing:
    """Whether an import still stands: `last` when nothing of one's own came after it, `undone` when it was undone."""

    last: bool
    undone: bool


def read(
    jobs: Jobs,
    paths: Sequence[Path],
    done: Callable[[Chosen], object],
    failed: Failed,
    progress: Callable[[Step], object],
    cancelled: Callable[[], object],
) -> Ticket:
    """Reads files and folders and tells what each sheet is."""
    return jobs.long_query(
        lambda _read, work: read_files(paths, work), done, failed, progress=progress, cancelled=cancelled
    )


def read_files(paths: Sequence[Path], work: Work) -> Chosen:
    """Every sheet of those files and folders. Raises BadInput for a path that is not there."""
    from models.intake.tables import gather

    try:
        gathered = gather(paths)
    except OSError as error:
        raise BadInput("That folder cannot be opened.", "Copy the files to another place and try again.") from error
    sheets: list[Sheet] = []
    for at, file in enumerate(gathered.files):
        work.step(at, len(gathered.files), f"Reading {file.name}")
        sheets += _sheets(file)
    return Chosen(tuple(sheets), gathered.skipped)


def _sheets(file: Path) -> Iterator[Sheet]:
    from models.intake.recognise import recognise
    from models.intake.tables import read_tables

    try:
        tables = read_tables(file)
    except BadInput as error:
        yield Sheet(file, problem=str(error))
        return
    except OSError:
        yield Sheet(file, problem=f"{file.name} cannot be opened. Close it in the other program and try again.")
        return
    for table in tables:
        try:
            yield Sheet(file, table, recognise(table))
        except BadInput as error:
            yield Sheet(file, table, problem=str(error))


def prepare(
    jobs: Jobs, chosen: Chosen, answered: Mapping[AskKey, AskLine], done: Callable[[Prepared], object], failed: Failed,
    cancelled: Callable[[], object],
) -> Ticket:  # fmt: skip
    """Compares everything with the club; writes nothing."""
    sources, known = chosen.sources(), dict(answered)

    def compare(read: Any, work: Work) -> Prepared:
        from models.intake import service

        work.check()
        preview = service.prepare(read, sources, decided(known))
        work.check()
        return Prepared(preview, lines(preview, known))

    return jobs.long_query(compare, done, failed, key="import-preview", cancelled=cancelled)


def decided(answered: Mapping[AskKey, AskLine]) -> Answers:
    """The answers alone."""
    return {key: line.answer for key, line in answered.items() if line.answer is not None}


def take_in(
    jobs: Jobs, preview: Preview, answered: Mapping[AskKey, AskLine], label: str,
    done: Callable[[Done], object], failed: Failed, progress: Callable[[Step], object],
    cancelled: Callable[[], object],
) -> Ticket:  # fmt: skip
    """Brings in everything that is neither refused nor waiting for an answer, as one change."""
    answers = decided(answered)

    def write(uow: Any, work: Work) -> Done:
        from models.intake import service

        def tell(at: int, total: int) -> None:
            work.step(at, total) if at % _TOLD_EVERY == 0 else work.check()

        taken = service.take_in(uow, preview, answers, tell)
        work.check()
        return Done(taken, uow.change_id)

    return jobs.long_change(write, label, done, failed, progress=progress, cancelled=cancelled)


def standing(jobs: Jobs, change_id: UUID, done: Callable[[Standing], object], failed: Failed) -> Ticket:
    """Asks whether an import still stands."""
    return jobs.query(lambda read: _standing(read, change_id), done, failed, key="import-standing")


def undo(jobs: Jobs, change_id: UUID, done: Callable[[str], object], failed: Failed) -> Ticket:
    """Takes the import back, if it is the last thing this person did."""

    def take_back(uow: Any) -> str:
        from models.history.service import undo as take_back_last
        from models.readiness.guard import rechecking

        if not _standing(uow, change_id).last:
            raise Stale(
                "Something else was changed after these rows were brought in.",
                "Take that back first: press Ctrl+Z.",
            )
        return take_back_last(uow, rechecking)

    return jobs.change(take_back, "Undo", done, failed)


def _standing(read: Any, change_id: UUID) -> Standing:
    from models.history.stack import to_redo, to_undo

    last, back = to_undo(read), to_redo(read)
    return Standing(last is not None and last.id == change_id, back is not None and back.answers == change_id)
