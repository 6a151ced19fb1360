"""Print: choose at the left, look at the pages at the right, print them or save them. No file is left behind."""

from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from desktop.documents import actions
from desktop.documents.chooser import Chooser
from desktop.documents.copies import CopiesCard
from desktop.documents.order import Asked, Order, asked
from desktop.jobs import Jobs, Ticket
from desktop.widgets.faces import Face
from desktop.widgets.metrics import px
from desktop.widgets.page import Page
from desktop.widgets.preview import PdfPreview
from desktop.widgets.progress import ProgressCard
from desktop.widgets.state import State
from desktop.widgets.text import set_look
from models.documents.queries import Choices, Copy
from models.documents.service import WORDS, Made, What
from models.kernel.clock import Clock
from models.kernel.errors import BreatherError
from models.kernel.words import counted

START = "Choose what to print, then press Show the pages."
_NO_LIMIT = 16_777_215  # Qt's own largest width
ON_THE_PAPER = frozenset({"access", "people", "team", "programme", "transport"})
"""Areas that stand on the pages: when one changes, pages made before are old."""


class PrintPage(Page):
    """Opened with (what, activity id), (what, child ids) or (what, None) for all consents still to come back."""

    areas = ON_THE_PAPER | {"documents"}
    help_topic = "print"

    def __init__(self, jobs: Jobs, clock: Clock) -> None:
        super().__init__("Print", scroll=False)
        self._jobs = jobs
        self._came_for: Asked | None = None
        self._order: Order | None = None
        self._made: Made | None = None
        self._noted = False
        self._ticket: Ticket | None = None
        self._trip: UUID | None = None
        self._loaded = False
        self._ticked_off = False
        self._idle = True
        self.chooser = Chooser(clock)
        self.copies = CopiesCard()
        self.progress = ProgressCard()
        self.preview = PdfPreview()
        self._note = Face()
        self._lay_out()
        self._listen()

    def refresh(self) -> None:
        also = self._came_for.activity_id if self._came_for else None
        actions.load(self._jobs, also, self._show, self.show_error)

    def open_item(self, item: object) -> None:
        """Chooses what another screen came for, and shows its pages."""
        self._came_for = asked(item)
        if self._came_for is not None:
            self.refresh()

    def areas_changed(self, changed: frozenset[str]) -> None:
        ours, self._ticked_off = self._ticked_off, False
        if self._made is not None and changed & ON_THE_PAPER and not ours:
            words = "Something on these pages has changed since they were made."
            self.banner.show_state(State.WARN, words, "Make them again", self._make_again)
        super().areas_changed(changed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_the_room()

    # What there is to choose from

    def _show(self, choices: Choices) -> None:
        self._loaded = True
        self.chooser.set_choices(choices)
        if not choices.activities and not choices.children:
            self.show_empty(
                "There is nothing to print yet: no club, no trip and no child is here.",
                "Bring in your spreadsheets",
                lambda: self.go.emit("import", None),
            )
            return
        self.show_content()
        came_for, self._came_for = self._came_for, None
        if came_for is not None:
            self.chooser.choose(came_for.what, came_for.activity_id, came_for.child_ids)
            self.chooser.order()

    def _trip_chosen(self, activity_id: UUID | None) -> None:
        self._trip = activity_id
        self.copies.setVisible(activity_id is not None)
        if activity_id is not None and self._loaded:
            actions.load_copies(self._jobs, activity_id, self._show_copies, self.show_error)

    def _show_copies(self, found: tuple[tuple[str, ...], tuple[Copy, ...]]) -> None:
        holders, copies = found
        self.chooser.set_holders(holders)
        self.copies.set_copies(copies)

    # Making the pages

    def _make(self, order: Order) -> None:
        self._order, self._made, self._noted = order, None, False
        self.copies.set_new(())
        self.banner.clear()
        self.chooser.set_busy(True)
        self.progress.begin(f"Making the {WORDS[order.what].lower()}", self._stop)
        self._say("Making the pages.", "file-document-outline")
        if order.what is What.REGISTER:
            then = partial(self._make_numbered, order)
            self._ticket = actions.number_register(self._jobs, order, then, self._failed)
        else:
            self._make_pages(order)

    def _make_numbered(self, order: Order, _sheet: object) -> None:
        if self._ticket is not None and not self._ticket.cancelled:
            self._make_pages(order)
        else:
            self._cancelled()

    def _make_pages(self, order: Order) -> None:
        self._ticket = actions.make(
            self._jobs, order, self._show_made, self._failed, self.progress.step, self._cancelled
        )

    def _make_again(self) -> None:
        if self._order is not None:
            self._make(self._order)

    def _stop(self) -> None:
        if self._ticket is not None:
            self._ticket.cancel()

    def _cancelled(self) -> None:
        self._over()
        self._say("Making the pages was stopped. Nothing was printed.")

    def _failed(self, error: Exception) -> None:
        self._over()
        self._say(str(error) if isinstance(error, BreatherError) else "These pages could not be made.")
        if not isinstance(error, BreatherError):
            self.failed.emit(error)

    def _show_made(self, made: Made) -> None:
        self._over()
        self._made = made
        self.preview.set_pdf(made.pdf, made.title)
        self.copies.set_new(made.holders)
        self._idle = False
        self._right.setCurrentWidget(self.preview)
        self._share_the_room()
        if made.holders:
            QTimer.singleShot(0, self._show_hand_out)

    def _show_hand_out(self) -> None:
        self._left.ensureWidgetVisible(self.copies)

    def _over(self) -> None:
        self._ticket = None
        self.progress.end()
        self.chooser.set_busy(False)

    def _say(self, words: str, icon_name: str = "information-outline") -> None:
        """Says it where the pages would be; with little room, there is a way back to choosing."""
        self._idle = words == START
        way_back = "" if self._wide() or self._idle else "Choose again"
        self._note.show_words(words, way_back, self._start, icon_name=icon_name)
        self._right.setCurrentWidget(self._note)
        self._share_the_room()

    def _start(self) -> None:
        self._say(START, "printer-outline")

    # What became of them

    def _gone_out(self, words: str) -> None:
        """Printed or saved: says so, and notes once what that means."""
        order, made = self._order, self._made
        if order is None or made is None or self._noted:
            self.said.emit(words, False)
            return
        self._noted = True
        families = bool(self.chooser.asked.value()) and bool(made.asked)
        children = sum(len(ids) for _kinds, ids in made.asked)
        also = f" {counted(children, 'form')} noted as asked for today." if families else ""
        noted = partial(self._noted_down, f"{words}{also}", families)
        actions.note_gone_out(self._jobs, order, made, families, noted, self.failed.emit)

    def _noted_down(self, words: str, can_undo: bool, ticked_off: bool) -> None:
        # Ticking the printing off changes the programme, but nothing that stands on the pages.
        self._ticked_off = ticked_off
        self.said.emit(words, can_undo)

    def _hand_out(self) -> None:
        order, made = self._order, self._made
        if order is not None and made is not None:
            self.copies.set_new(())
            words = f"{counted(len(made.holders), 'copy is', 'copies are')} out."
            actions.hand_out(self._jobs, order, made, lambda _ids: self._copies_changed(words), self.failed.emit)

    def _copy_back(self, copy: Copy) -> None:
        words = f"Copy {copy.number} is back."
        actions.copy_back(self._jobs, copy, lambda _none: self._copies_changed(words), self._copy_failed)

    def _copy_shredded(self, copy: Copy) -> None:
        words = f"Copy {copy.number} is shredded."
        actions.copy_shredded(self._jobs, copy, lambda _none: self._copies_changed(words), self._copy_failed)

    def _copies_changed(self, words: str) -> None:
        self.said.emit(words, True)
        self._trip_chosen(self._trip)

    def _copy_failed(self, error: Exception) -> None:
        self.failed.emit(error)
        self._trip_chosen(self._trip)

    # Room

    def _lay_out(self) -> None:
        inside = QWidget()
        set_look(inside, "scrolled", "true")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, px(6), 0)
        column.setSpacing(px(14))
        column.addWidget(self.chooser)
        column.addWidget(self.copies)
        column.addStretch(1)
        self._left = QScrollArea()
        self._left.setFrameShape(QFrame.Shape.NoFrame)
        self._left.setWidgetResizable(True)
        self._left.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._left.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._left.setWidget(inside)
        self._right = QStackedWidget()
        self._right.addWidget(self._note)
        self._right.addWidget(self.preview)
        self._side = QWidget()
        # The pages never hold the window wide: with little room they are shown alone.
        self._side.setMinimumWidth(px(360))
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.addWidget(self.progress)
        side.addWidget(self._right, 1)
        row = QHBoxLayout()
        row.setSpacing(px(18))
        row.addWidget(self._left)
        row.addWidget(self._side, 1)
        self.body.addLayout(row, 1)
        self.preview.set_zoom(75)
        self.copies.hide()
        self._start()

    def _share_the_room(self) -> None:
        """Side by side where there is room; else one at a time, with Back on the pages."""
        wide = self._wide()
        if not wide and not self._idle and self._left.isAncestorOf(QApplication.focusWidget() or self):
            self.setFocus()  # or Qt would hand the keyboard to whatever is next, which may be off this page
        self._left.setVisible(wide or self._idle)
        self._side.setVisible(wide or not self._idle)
        self._left.setMinimumWidth(px(330) if wide else 0)
        self._left.setMaximumWidth(px(330) if wide else _NO_LIMIT)
        self.preview.back_button.setVisible(not wide)

    def _wide(self) -> bool:
        return self.width() >= px(900)

    def _listen(self) -> None:
        self.chooser.ordered.connect(self._make)
        self.chooser.trip_chosen.connect(self._trip_chosen)
        self.copies.handed_out.connect(self._hand_out)
        self.copies.back.connect(self._copy_back)
        self.copies.shredded.connect(self._copy_shredded)
        self.preview.printed.connect(lambda: self._gone_out("Sent to the printer."))
        self.preview.saved_as.connect(lambda path: self._gone_out(f"Saved as {Path(path).name}."))
        self.preview.failed.connect(self.failed)
        self.preview.left.connect(self._start)
