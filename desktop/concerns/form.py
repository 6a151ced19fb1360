"""A concern's few facts. There is no room for a story, and the form says why."""

from collections.abc import Sequence
from datetime import date, time
from uuid import UUID

from PySide6.QtWidgets import QWidget

from desktop.concerns import words
from desktop.widgets.date_field import DateField
from desktop.widgets.edit_panel import EditForm
from desktop.widgets.fields import LineField, TimeField
from desktop.widgets.name_picker import NamePicker
from desktop.widgets.text import label
from models.concerns.queries import ConcernRow


class ConcernForm(EditForm):
    """A new concern (told today), or the one given."""

    def __init__(
        self,
        children: Sequence[tuple[UUID, str]],
        row: ConcernRow | None,
        today: date,
        how_long: Sequence[QWidget] = (),
    ) -> None:
        """`how_long`: what stands at the top, of one that waits to be decided or is kept longer."""
        super().__init__("Save" if row else "Write it down")
        facts = row.facts if row else None
        for each in how_long:
            self.add_widget(each)
        choices = list(children)
        if facts is not None and facts.child_id is not None and facts.child_id not in dict(choices):
            choices.append((facts.child_id, words.GONE))
        self.add(NamePicker("child_id", "Child", choices, "Left empty where it is not about one child.", optional=True))
        self.add(DateField("noticed_on", "Day it was noticed"))
        self.add(DateField("told_on", "Day the lead was told"), TimeField("told_at", "Time", optional=True))
        help_words = "Such as social care’s number. Never what happened."
        self.add(LineField("reference", "Reference elsewhere", help_words, optional=True))
        if facts is not None and facts.closed_on is not None:
            self.add(DateField("closed_on", "Day it was closed", optional=True))
        self.add_widget(label(words.NOT_HERE, "small", wrap=True))
        if facts is not None:
            self.open_with(row.version if row else None, vars(facts))
        else:
            started: dict[str, date | time | None] = {"noticed_on": today, "told_on": today}
            self.set_values(started)
