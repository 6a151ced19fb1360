"""The few things that stop everything else: a choice, a reason for going ahead anyway, an error."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import QEvent, QEventLoop, QObject, QSize, Qt
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.jobs.details import details_of
from desktop.widgets.fields import LineField, LongTextField
from desktop.widgets.icons import IconLabel
from desktop.widgets.inside import Inside
from desktop.widgets.metrics import px
from desktop.widgets.state import State
from desktop.widgets.text import announce, button, label, rule
from models.kernel.errors import BreatherError, Refused


class Modal(QDialog):
    """Base of a dialog: heading, `body`, and buttons in `foot`. Esc leaves it with nothing done.

    Never higher than the screen: the body scrolls, the buttons stay in sight.
    """

    def __init__(self, parent: QWidget | None, title: str, state: State | None = None) -> None:
        super().__init__(parent)
        # The window's own title could be kept by the system: it never says more than the app's name.
        self.setWindowTitle("Breather")
        self.setAccessibleName(title)
        self.setMinimumWidth(px(480))
        self.setMaximumWidth(px(640))
        head = QHBoxLayout()
        head.setSpacing(px(10))
        if state is not None:
            head.addWidget(IconLabel(state.icon_name, state.colour, 24))
        head.addWidget(label(title, "heading", wrap=True), 1)
        self._inside = Inside()
        self._inside.installEventFilter(self)
        self.body = QVBoxLayout(self._inside)
        self.body.setContentsMargins(px(2), px(2), px(2), px(2))
        self.body.setSpacing(px(10))
        self._area = _Area(self._inside, title)
        self.foot = QHBoxLayout()
        self.foot.setSpacing(px(10))
        self.foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(22), px(18), px(22), px(18))
        column.setSpacing(px(14))
        column.addLayout(head)
        column.addWidget(self._area, 1)
        column.addWidget(rule())
        column.addLayout(self.foot)

    def showEvent(self, event: QShowEvent) -> None:
        self._fit()
        super().showEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._inside and event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        """As high as what it says, as far as the screen goes."""
        room = self.screen().availableGeometry().size()
        wide = min(max(self.sizeHint().width(), self.minimumWidth()), self.maximumWidth(), room.width())
        layout = self.layout()
        assert layout is not None  # made above
        edges = layout.contentsMargins()
        self._area.ask_for(wide - edges.left() - edges.right())
        layout.invalidate()
        wanted, most = layout.totalHeightForWidth(wide), room.height() - px(36)  # the frame the system puts round it
        self._area.set_cut(wanted > most)
        self.resize(wide, min(wanted, most))

    def exec(self) -> int:
        """Waits for an answer, also while the lock hides the dialog: Qt's own would take that for Esc."""
        loop = QEventLoop()
        self.finished.connect(loop.quit)
        self.destroyed.connect(loop.quit)
        self.setModal(True)
        self.show()
        loop.exec(QEventLoop.ProcessEventsFlag.DialogExec)
        return self.result() if shiboken6.isValid(self) else 0

    def add_reasons(self, sentences: Sequence[str], state: State) -> None:
        """Each sentence on its own line with the state's icon."""
        for sentence in sentences:
            row = QHBoxLayout()
            row.setSpacing(px(10))
            row.addWidget(IconLabel(state.icon_name, state.colour, 18))
            row.addWidget(label(sentence, wrap=True), 1)
            self.body.addLayout(row)


class _Area(QScrollArea):
    """Asks for the height of what is in it; where it does not get that, the arrow keys scroll it."""

    def __init__(self, inside: QWidget, name: str) -> None:
        super().__init__()
        self._inside = inside
        self._wanted = 0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumHeight(px(60))
        self.setAccessibleName(name)
        self.setWidget(inside)
        self.set_cut(False)

    def ask_for(self, width: int) -> None:
        """Works out the height it would like at this width."""
        inside = self._inside
        self._wanted = inside.heightForWidth(width) if inside.hasHeightForWidth() else inside.sizeHint().height()
        self.setMinimumHeight(min(self._wanted, px(60)))
        self.updateGeometry()

    def set_cut(self, cut: bool) -> None:
        """Whether it has to scroll: then the keyboard can be put on it."""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if cut else Qt.FocusPolicy.NoFocus)

    def sizeHint(self) -> QSize:
        return QSize(self._inside.sizeHint().width(), self._wanted)


class Choice(Modal):
    """A question with its answers as buttons."""

    def __init__(
        self, parent: QWidget | None, title: str, words: str, choices: Sequence[tuple[Hashable, str, str]]
    ) -> None:
        """`choices` are (key, words on the button, kind of button), left to right; the last has the keyboard."""
        super().__init__(parent, title)
        self.answer: Hashable | None = None
        self.body.addWidget(label(words, wrap=True))
        for key, text, kind in choices:
            made = button(text, lambda key=key: self._take(key), kind=kind)  # type: ignore[misc] # bound per turn
            self.foot.addWidget(made)
            made.setFocus()

    def ask(self) -> Hashable | None:
        """Waits for an answer: the key, or None for Esc."""
        self.exec()
        return self.answer

    def _take(self, key: Hashable) -> None:
        self.answer = key
        self.accept()


@dataclass(frozen=True)
class GoAhead:
    """What was given for going ahead anyway: why, and which manager was phoned ("" where not asked)."""

    reason: str
    manager: str = ""


class ReasonDialog(Modal):
    """Going ahead anyway: shows what is wrong and takes a reason, and where asked the manager phoned."""

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        reasons: Sequence[str],
        *,
        manager: bool = False,
        go_words: str = "Go ahead anyway",
    ) -> None:
        super().__init__(parent, title, State.WARN)
        self.answer: GoAhead | None = None
        self.add_reasons(reasons, State.WARN)
        self.reason = LongTextField("reason", "Why you are going ahead", "It is kept with your name.", lines=3)
        self.manager = LineField("manager", "Manager you phoned", "First and last name")
        self.manager.setVisible(manager)
        self.body.addWidget(self.reason)
        self.body.addWidget(self.manager)
        self._needs_manager = manager
        self.back_button = button("Back", self.reject)
        self.go_button = button(go_words, self.go, kind="danger")
        self.foot.addWidget(self.back_button)
        self.foot.addWidget(self.go_button)
        self.reason.setFocus()

    def ask(self) -> GoAhead | None:
        """Waits for an answer; None when they went back."""
        self.exec()
        return self.answer

    def go(self) -> None:
        """As if the button had been pressed."""
        reason, manager = self.reason.value() or "", self.manager.value() or ""
        self.reason.set_error("" if reason else "Write why you are going ahead.")
        phoned = bool(manager) or not self._needs_manager
        self.manager.set_error("" if phoned else "Write the name of the manager you phoned.")
        wrong = next((field for field in (self.reason, self.manager) if field.error()), None)
        if wrong is not None:
            wrong.setFocus()
            self._area.ensureWidgetVisible(wrong)
            return
        self.answer = GoAhead(reason, manager)
        self.accept()


class ErrorBox(Modal):
    """What went wrong, why, and what next; the details can be copied and hold no personal data."""

    def __init__(self, parent: QWidget | None, error: BaseException) -> None:
        self.what, self.next_step = said(error)
        super().__init__(parent, "This could not be done", State.BAD)
        self.details = details_of(error)
        if isinstance(error, Refused) and len(error.reasons) > 1:
            self.add_reasons(error.reasons, State.BAD)
        else:
            self.body.addWidget(label(self.what, wrap=True))
        if self.next_step:
            self.body.addWidget(label(self.next_step, wrap=True))
        self.copy_button = button("Copy details", self.copy, icon_name="content-copy", kind="quiet")
        self.copy_button.setToolTip("The kind of error and where it happened. No names are in it.")
        self.close_button = button("Close", self.accept, kind="primary")
        self.foot.insertWidget(0, self.copy_button)
        self.foot.addWidget(self.close_button)
        self.close_button.setFocus()

    def copy(self) -> None:
        """Puts the details on the clipboard."""
        QGuiApplication.clipboard().setText(self.details)
        self.copy_button.setText("Copied")
        announce(self.copy_button, "Copied")


def said(error: BaseException) -> tuple[str, str]:
    """What happened and what to do next, for any error, in plain words."""
    if isinstance(error, BreatherError):
        return error.what, error.next_step
    return (
        "Something in Breather went wrong, so this was not done. What was saved before is safe.",
        "Try again. If it happens again, copy the details and send them to whoever looks after Breather for you.",
    )
