"""The four steps, always in sight: which are done, which one is on, and a way back to any that was."""

from collections.abc import Callable
from enum import IntEnum
from functools import partial

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desktop.widgets.flow import Flow
from desktop.widgets.icons import icon
from desktop.widgets.metrics import px
from desktop.widgets.text import announce, choice_button


class Step(IntEnum):
    """Where somebody is."""

    CHOOSE = 0
    COLUMNS = 1
    LOOK = 2
    TAKE = 3

    @property
    def words(self) -> str:
        """As the list of steps says it."""
        return ("Choose files", "Check the columns", "See what would change", "Bring in")[self]


class StepList(QWidget):
    """Four buttons in a row (or more rows where there is no room); only steps already reached can be pressed."""

    def __init__(self, on_press: Callable[[Step], object]) -> None:
        super().__init__()
        self.setAccessibleName("Steps")
        self._buttons: list[QPushButton] = []
        for step in Step:
            made = choice_button(f"{step + 1} {step.words}", partial(on_press, step))
            made.setIconSize(QSize(px(26), px(18)))
            self._buttons.append(made)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Flow(self._buttons))
        self.set_step(Step.CHOOSE, Step.CHOOSE, tell=False)

    def set_step(self, step: Step, reached: Step, *, tell: bool = True) -> None:
        """Shows which step is on; steps up to `reached` can be gone to."""
        for each, made in zip(Step, self._buttons, strict=True):
            done = each < step
            made.setChecked(each is step)
            made.setEnabled(each <= reached)
            made.setIcon(icon("check" if done else _ICONS[each], "brand" if each <= step else "soft"))
            state = "you are here" if each is step else "done" if done else "to come"
            made.setAccessibleName(f"Step {each + 1} of {len(Step)}, {each.words}, {state}")
        if tell:
            announce(self, f"Step {step + 1} of {len(Step)}, {step.words}")


_ICONS = {
    Step.CHOOSE: "file-table-outline",
    Step.COLUMNS: "table-column",
    Step.LOOK: "eye-outline",
    Step.TAKE: "table-arrow-down",
}
