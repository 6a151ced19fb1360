"""The Privacy screen: lists, and over them one request, one child, or what erasing one would do."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.jobs import Jobs
from desktop.jobs.left_behind import made_before
from desktop.privacy import actions
from desktop.privacy.answer import AnswerView
from desktop.privacy.child_view import ChildView
from desktop.privacy.draft_view import DraftView
from desktop.privacy.erase_view import EraseView
from desktop.privacy.errands import Errands
from desktop.privacy.lists import due_list, erased_list, hold_list, request_list, span_list
from desktop.privacy.reading import ChildPicture, Picture, read_child, read_page
from desktop.privacy.several import DueList, Several
from desktop.privacy.words import due_words
from desktop.widgets.filter_chips import Chip, FilterChips
from desktop.widgets.metrics import px
from desktop.widgets.page import Page
from desktop.widgets.stack import Stack
from desktop.widgets.table import ListTable
from desktop.widgets.text import button
from models.kernel.clock import Clock
from models.kernel.errors import NotFound
from models.privacy.due import Due
from models.privacy.erasure import Preview
from models.privacy.requests import Draft

if TYPE_CHECKING:
    from models.bootstrap import Club

REQUESTS, DUE, HOLDS, SPANS, ERASED = "requests", "due", "holds", "spans", "erased"
_ROOM = 900


class PrivacyPage(Page):
    """What families may ask for, and what must not be kept. `open_item(child_id)` shows one child,
    `open_item(("adult", adult_id))` what erasing an adult would do.
    """

    areas = frozenset({"people", "privacy", "consents", "registers", "programme", "storage", "team", "access"})
    help_topic = "privacy"

    def __init__(self, jobs: Jobs, clock: Clock) -> None:
        super().__init__("Privacy", scroll=False)
        self._jobs, self._clock = jobs, clock
        self.picture: Picture | None = None
        self._child_id: UUID | None = None
        self._request_id: UUID | None = None
        self._dressed_for: tuple[object, ...] = ()
        self._club: Club | None = None
        self.chips = FilterChips("What to show")
        self.chips.set_current(REQUESTS)
        self.chips.chosen.connect(lambda _key: self._show_list())
        self.lists: dict[str, ListTable[Any]] = {
            REQUESTS: request_list(clock.today), DUE: due_list(), HOLDS: hold_list(), SPANS: span_list(),
            ERASED: erased_list(),
        }  # fmt: skip
        self.draft, self.child, self.erasing = DraftView(), ChildView(clock), EraseView()
        self.answer = AnswerView()
        self._list_stack, self._inside = Stack(), Stack()
        self._shown_as: dict[str, QWidget] = dict(self.lists)
        self._due = self._shown_as[DUE] = DueList(self.lists[DUE], self._decide_several)
        for each in self._shown_as.values():
            self._list_stack.addWidget(each)
        for part in (self._front(), self.draft, self.child, self.erasing, self.answer):
            self._inside.addWidget(part)
        self.body.addWidget(self._inside, 1)
        self.errands = Errands(self, self, jobs, clock)
        self.several = Several(self, self.errands.panel, jobs, clock, self.made_before)
        self._connect()
        self._dress()

    def refresh(self) -> None:
        if self.picture is None:
            self.show_loading()
        self._jobs.query(read_page, self._show, self.show_error, key="privacy-page")
        self.read_again()

    def read_again(self) -> None:
        """Reads what stands over the lists again."""
        if self._request_id is not None:
            actions.draft(self._jobs, self._request_id, self._show_draft, self._gone)
        if self._child_id is not None:
            child_id = self._child_id
            self._jobs.query(lambda uow: read_child(uow, child_id), self._show_child, self._gone, key="privacy-child")

    def open_item(self, item: object) -> None:
        if isinstance(item, UUID):
            self.open_child(item)
        elif isinstance(item, tuple) and item[0] == "adult":
            self.back(all_the_way=True)
            self.errands.look_at_erasing_adult(item[1])

    def open_child(self, child_id: UUID) -> None:
        """Shows one child."""
        self.errands.panel.close_panel()
        self._child_id, self._request_id = child_id, None
        self.read_again()

    def open_request(self, request_id: UUID) -> None:
        """Shows one request, line by line."""
        self.errands.panel.close_panel()
        self._request_id = request_id
        self.read_again()

    def new_request(self) -> None:
        """Somebody asks to see a record: as Ctrl+K offers it."""
        self._jobs.query(read_page, lambda picture: self.errands.ask(picture.children, None), self.failed.emit)

    def start_again(self) -> None:
        self.back(all_the_way=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self._dress()
        roomy = self.width() >= px(_ROOM) and not self.errands.panel.shown
        self.draft.set_roomy(roomy)
        self.lists[REQUESTS].show_columns({"Child", "Asked by", "Answer"} | ({"Came"} if roomy else set()))
        self.lists[DUE].show_columns({"Whose or what", "Kind", "Since"} | ({"Why"} if roomy else set()))
        self.lists[SPANS].show_columns({"What", "How long"} | ({"From when", "Why"} if roomy else set()))
        erased = {"Erased on", "Whose", "Last backup with it goes by"}
        self.lists[ERASED].show_columns(erased | ({"By", "Why"} if roomy else set()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._inside.currentIndex() > 0:
            self.back()
            return
        super().keyPressEvent(event)

    def made_before(self) -> list[datetime]:
        """The instants of the backups there are."""
        return made_before(self.keeper, self._clock.now())

    def take_club(self, club: "Club") -> None:
        """The open club: older copies may stand beside its file."""
        self._club = club

    def _aside(self) -> tuple[str, ...]:
        from models.bootstrap import kept_aside

        return kept_aside(self._club.path) if self._club is not None and self._club.keeps_backups else ()

    def back(self, *, all_the_way: bool = False) -> None:
        """One step back: from a child's erasure to the child, from the rest to the lists."""
        self.errands.panel.close_panel()
        over = self._inside.currentWidget()
        if over is self.answer and not all_the_way:
            self._to(self.draft)
        elif over in (self.erasing, self.draft) and self._child_id is not None and not all_the_way:
            self._request_id = None
            self._to(self.child)
        else:
            self._child_id = self._request_id = None
            self._to(self._inside.widget(0))
            self._current_list().setFocus(Qt.FocusReason.OtherFocusReason)

    def show_preview(self, preview: Preview) -> None:
        """Shows what erasing a child would do."""
        self.erasing.show_preview(preview, self._aside())
        self._to(self.erasing)

    def show_answer(self, made: Any) -> None:
        """Shows the pages of an answer."""
        self.errands.panel.close_panel()
        self.answer.show_answer(made)
        self._to(self.answer)

    def erased(self) -> None:
        """A child is gone: to the list of erasures."""
        self._child_id = self._request_id = None
        self.chips.set_current(ERASED)
        self._show_list()
        self._to(self._inside.widget(0))
        self._current_list().setFocus(Qt.FocusReason.OtherFocusReason)

    def _front(self) -> QWidget:
        front = QWidget()
        column = QVBoxLayout(front)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        column.addWidget(self.chips)
        column.addWidget(self._list_stack, 1)
        return front

    def _connect(self) -> None:
        self.lists[REQUESTS].opened.connect(lambda row: self.open_request(row.id))
        self.lists[DUE].opened.connect(self._open_due)
        self.lists[HOLDS].opened.connect(lambda row: self.open_child(row.child_id))
        self.lists[SPANS].opened.connect(self.errands.span)
        self.draft.line.connect(self.errands.line)
        self.draft.plain.connect(self.errands.plain)
        self.draft.pages_button.clicked.connect(lambda _checked=False: self.errands.pages())
        self.draft.more_button.clicked.connect(lambda _checked=False: self.errands.more())
        self.errands.panel.opened.connect(self._fit)
        self.errands.panel.closed.connect(self._fit)
        self.child.wanted.connect(self._want)
        self.erasing.erase.connect(lambda why, asked: self.errands.erase(self.erasing.preview, why, asked))
        self.answer.left.connect(self.back)
        self.answer.failed.connect(self.failed)
        self.answer.said.connect(lambda words: self.said.emit(words, False))
        empty = "Nobody has asked to see a record."
        self.lists[REQUESTS].set_empty(empty, "Somebody asks", self.new_request)
        self.lists[DUE].set_empty("Nothing has been kept longer than it needs to be.")
        self.lists[HOLDS].set_empty("No record is under a legal hold. Place one on a child’s own page.")
        self.lists[ERASED].set_empty("No record has been erased.")

    def _show(self, picture: Picture) -> None:
        self.picture = picture
        rows = {REQUESTS: picture.requests, DUE: picture.due, HOLDS: picture.holds, SPANS: picture.spans,
                ERASED: picture.erased}  # fmt: skip
        for key, found in rows.items():
            self.lists[key].set_rows(found)
        self._due.look_again()
        still_open = sum(one.released_at is None for one in picture.requests)
        chips = [Chip(REQUESTS, "Asking to see a record", still_open)]
        if picture.manager:
            chips += [
                Chip(DUE, "Due for review", len(picture.due)), Chip(HOLDS, "Legal holds", len(picture.holds)),
                Chip(SPANS, "How long we keep", len(picture.spans)), Chip(ERASED, "Erased", len(picture.erased)),
            ]  # fmt: skip
        self.chips.set_chips(chips)
        self._show_list()
        self.several.back(picture.back)
        self.show_content()

    def _show_list(self) -> None:
        self._list_stack.setCurrentWidget(self._shown_as[str(self.chips.current())])

    def _decide_several(self, items: Sequence[Due]) -> None:
        self.several.due(items)

    def _open_due(self, row: Due) -> None:
        picked = self.lists[DUE].selected()
        if len(picked) > 1:
            self.several.due(picked)
        else:
            self.errands.due(row)

    def _current_list(self) -> ListTable[Any]:
        return self.lists[str(self.chips.current())]

    def _show_draft(self, draft: Draft) -> None:
        if draft.request.id != self._request_id:
            return
        self.draft.show_draft(draft)
        self.show_content()
        self._to(self._inside.currentWidget() if self._inside.currentWidget() is self.answer else self.draft)
        self.errands.draft_read(draft)

    def _show_child(self, picture: ChildPicture) -> None:
        if picture.child_id != self._child_id:
            return
        self.child.show_child(picture)
        self.show_content()
        if self._request_id is None and self._inside.currentWidget() is not self.erasing:
            self._to(self.child)
            self.set_title(picture.called, "Privacy")

    def _gone(self, error: Exception) -> None:
        if isinstance(error, NotFound):
            self.back(all_the_way=True)
            self.said.emit(error.what, False)
        else:
            self.show_error(error)

    def _to(self, part: QWidget | None) -> None:
        if part is not None:
            self._inside.setCurrentWidget(part)
        self._dress()

    def _want(self, what: str, of: Any) -> None:
        if what == "open":
            self.open_request(of.id)
        elif self._child_id is not None:
            self.errands.of_child(what, self._child_id, of)

    def _dress(self) -> None:
        """The title and the buttons of what is shown; buttons that stay keep the keyboard."""
        over, draft = self._inside.currentWidget(), self.draft.draft
        state = (draft.undecided == 0, draft.request.released_at) if over is self.draft and draft is not None else ()
        roomy = self.width() >= px(_ROOM)
        if self._dressed_for == (over, roomy, *state):
            self._name()
            return
        self._dressed_for = (over, roomy, *state)
        self.clear_actions()
        self._name()
        if self._inside.currentIndex() == 0:
            child, plus = ("human-child", "plus") if roomy else ("", "")  # with large text the words alone have room
            self.add_action(button("Choose a child", self.errands.choose_child, icon_name=child))
            asks = button("Somebody asks", self.new_request, kind="primary", icon_name=plus, keys="Ctrl+N")
            asks.setAccessibleName("Somebody asks to see a record")
            self.add_action(asks)
            return
        back = button("Back", self.back, icon_name="arrow-left")
        back.setToolTip("Esc")
        self.add_action(back)
        if over is self.draft and draft is not None:
            self._dress_draft(draft)
        if self.errands.panel.isHidden():
            first = self.draft.table if over is self.draft else back
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _name(self) -> None:
        """The title of what is shown."""
        over, draft = self._inside.currentWidget(), self.draft.draft
        if self._inside.currentIndex() == 0:
            self.set_title("Privacy", "What families may ask for, and what must not be kept")
        elif over is self.erasing:
            self.set_title(f"Erase the record of {self.erasing.called}", "What would go, and what stays")
        elif over in (self.draft, self.answer) and draft is not None:
            request = draft.request
            words = due_words(request.due_on, self._clock.today())[1] if request.released_at is None else "Released"
            self.set_title(f"What we hold of {request.called}", f"For {request.asked_by} · {words}")

    def _dress_draft(self, draft: Draft) -> None:
        if draft.request.released_at is None and (self.picture is None or self.picture.manager):
            kind = "" if draft.undecided else "primary"
            release = button(
                "Release…", self.errands.release, kind=kind, icon_name="file-check-outline", name="Release"
            )
            release.setToolTip("Shows first what is given, what is not and what is still to be decided")
            self.add_action(release)
