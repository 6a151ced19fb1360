"""Small forms that open beside the register: correct a time, keep a note, somebody else may collect today."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, time
from typing import Any
from uuid import UUID

from desktop.widgets.fields import LineField, LongTextField, TimeField
from desktop.widgets.form import Form
from desktop.widgets.text import label
from models.kernel.clock import london_wall
from models.registers.queries import MarkRow
from models.registers.rules import MarkKind

Saved = Callable[[Mapping[UUID, time], Mapping[UUID, str]], object]


class CorrectForm(Form):
    """The times of somebody's comings and goings; only what was altered is corrected."""

    def __init__(self, marks: Sequence[MarkRow], on_saved: Saved) -> None:
        super().__init__()
        self._marks = marks
        self._on_saved = on_saved
        self.add_widget(label("What was written first stays in the history.", "small", wrap=True))
        many = len([mark for mark in marks if mark.kind is MarkKind.IN]) > 1
        for number, mark in enumerate(marks):
            words = "Came in" if mark.kind is MarkKind.IN else "Went out"
            counted = f" ({number // 2 + 1})" if many else ""
            self.add(TimeField(_time_name(mark), f"{words}{counted}"))
            self.set_values({_time_name(mark): _wall(mark.happened_at)})
            if mark.kind is MarkKind.OUT and mark.child_id is not None:
                self.add(LineField(_by_name(mark), f"Collected by{counted}", optional=True))
                self.set_values({_by_name(mark): mark.collected_by})
        self.saved.connect(self._save)

    def _save(self, values: dict[str, Any]) -> None:
        times, names = {}, {}
        for mark in self._marks:
            at = values[_time_name(mark)]
            if at is not None and at != _wall(mark.happened_at):
                times[mark.id] = at
            name = values.get(_by_name(mark), mark.collected_by) or ""
            if name != mark.collected_by:
                names[mark.id] = name
        if not times and not names:
            self.mark_clean()
            self.leave()
            return
        self._on_saved(times, names)


class NoteForm(Form):
    """One note."""

    def __init__(self, before: str) -> None:
        super().__init__()
        self.add(LongTextField("note", "Note", "Facts only: what you saw or were told.", optional=True))
        self.set_values({"note": before})


class AllowForm(Form):
    """A parent rang before the day ended: who else may collect."""

    def __init__(self) -> None:
        super().__init__()
        self.add(LineField("name", "Who will collect", "First and last name. They are 16 or over."))
        self.add(LineField("relationship", "Who they are to the child", optional=True, placeholder="Aunt, neighbour"))
        self.add(LineField("agreed_with", "Which parent or carer rang"))
        self.add(LineField("note", "Note", optional=True))


def _wall(at: datetime | None) -> time | None:
    return london_wall(at).time().replace(second=0, microsecond=0, tzinfo=None) if at else None


def _time_name(mark: MarkRow) -> str:
    return f"at-{mark.id}"


def _by_name(mark: MarkRow) -> str:
    return f"by-{mark.id}"
