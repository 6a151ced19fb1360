"""The preview as lines for the screen: one for each row added, value changed, row refused and question asked."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from desktop.intake.words import row_words, value_words
from models.intake.compare import Outcome
from models.intake.plan import Answer
from models.intake.preview import AskShown, FilePreview, Preview
from models.intake.typed import AnyRow, ChildRow

AskKey = tuple[str, str]


@dataclass(frozen=True)
class AddLine:
    """A row that is new, or (`kept_out`) one that was taken out here and stays out."""

    file: str
    row: int
    who: str
    what: str
    kept_out: bool = False


@dataclass(frozen=True)
class ChangeLine:
    """One value that would change, or (`conflict`) was changed both here and in the file: ours stays."""

    file: str
    row: int
    who: str
    column: str
    ours: str
    new: str
    conflict: bool


@dataclass(frozen=True)
class RefusedLine:
    """One thing that stays out, and why. `row` 0: the whole file."""

    file: str
    ref: str
    row: int
    column: str
    value: str
    reason: str


@dataclass(frozen=True)
class AskLine:
    """One question, and the answer if there is one already."""

    key: AskKey
    file: str
    row: int
    who: str
    reason: str
    like: str
    answer: Answer | None = None


@dataclass(frozen=True)
class Lines:
    """Everything the preview has to show."""

    files: tuple[FilePreview, ...]
    add: tuple[AddLine, ...]
    change: tuple[ChangeLine, ...]
    refused: tuple[RefusedLine, ...]
    ask: tuple[AskLine, ...]
    kept_out: tuple[AddLine, ...]
    venues: tuple[str, ...]


def lines(preview: Preview, answered: Mapping[AskKey, AskLine]) -> Lines:
    """The preview's lines; questions already answered stay in sight, so that an answer can be changed."""
    rows = [{row.row_number: row for row in sheet.rows} for sheet in preview.sheets]
    rows += [{}] * (len(preview.files) - len(rows))
    both = list(zip(preview.files, rows, strict=True))
    new = [line for file, there in both for line in _added(file, there)]
    asked = [_ask(file, one, there) for file, there in both for one in file.ask]
    open_keys = {line.key for line in asked}
    asked += [line for key, line in answered.items() if key not in open_keys]
    place = {file.file: at for at, file in enumerate(preview.files)}
    return Lines(
        files=preview.files,
        add=tuple(line for line in new if not line.kept_out),
        change=tuple(line for file, there in both for line in _changed(file, there)),
        refused=tuple(line for file in preview.files for line in _refused(file)),
        ask=tuple(sorted(asked, key=lambda line: (place.get(line.file, len(place)), line.row))),
        kept_out=tuple(line for line in new if line.kept_out),
        venues=preview.implied_venues,
    )


def _added(file: FilePreview, there: Mapping[int, AnyRow]) -> Iterator[AddLine]:
    for shown in file.rows:
        if shown.outcome in (Outcome.ADD, Outcome.REMOVED_HERE):
            row = there.get(shown.row)
            kept_out = shown.outcome is Outcome.REMOVED_HERE
            yield AddLine(file.file, shown.row, shown.ref, row_words(row) if row else "", kept_out)


def _changed(file: FilePreview, there: Mapping[int, AnyRow]) -> Iterator[ChangeLine]:
    for shown in file.rows:
        for field in shown.fields:
            ours, new = value_words(field.label, field.ours), value_words(field.label, field.new)
            who = _who(shown.ref, there.get(shown.row))
            yield ChangeLine(file.file, shown.row, who, field.label, ours, new, field.conflict)


def _refused(file: FilePreview) -> Iterator[RefusedLine]:
    for one in file.refused:
        yield RefusedLine(file.file, one.ref, one.row, one.column, one.value, one.reason)


def _ask(file: FilePreview, one: AskShown, there: Mapping[int, AnyRow]) -> AskLine:
    return AskLine((one.kind, one.key), file.file, one.row, _who(one.ref, there.get(one.row)), one.reason, one.like)


def _who(ref: str, row: AnyRow | None) -> str:
    return f"{ref} {row.full_name}" if isinstance(row, ChildRow) else ref
