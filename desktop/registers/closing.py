"""Closing the day: who is still in, what to do about those still due, a note."""

from collections.abc import Sequence

from desktop.widgets.fields import ChoiceField, LongTextField
from desktop.widgets.form import Form
from desktop.widgets.state import State
from desktop.widgets.text import label
from models.kernel.words import counted, listed

MARK, LEAVE = "mark", "leave"


class CloseForm(Form):
    """Save closes the register; while a child is in the names are said and the service refuses."""

    def __init__(self, inside: Sequence[str], due: Sequence[str]) -> None:
        super().__init__(save_words="Close the day")
        self.due = tuple(due)
        if due:
            self.add_widget(label(f"{counted(len(due), 'child', 'children')} still due: {listed(due)}.", wrap=True))
            rest = ChoiceField(
                "rest",
                "What to do about them",
                [(MARK, "Mark them: did not come, no word"), (LEAVE, "Leave them as due")],
            )
            self.add(rest)
            self.set_values({"rest": MARK})
        self.add(LongTextField("note", "Note about the day", optional=True))
        if inside:
            verb = "is" if len(inside) == 1 else "are"
            self.banner.show_state(State.WARN, f"{listed(inside)} {verb} still in. Sign them out first.")
