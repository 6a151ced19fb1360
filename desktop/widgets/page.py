"""What every screen is: a title, its one or two actions, room for the search box, a body, and its faces."""

from collections.abc import Callable, Collection
from typing import Any

from PySide6.QtCore import QMargins, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from desktop.jobs.keeper import Keeper
from desktop.widgets.allowed import leads, may, tell
from desktop.widgets.banner import Banner
from desktop.widgets.faces import Face
from desktop.widgets.metrics import px
from desktop.widgets.page_head import PageHead
from desktop.widgets.text import set_look
from models.kernel.errors import BreatherError, Disconnected, NoServer


class Page(QWidget):
    """Base of a screen. A screen sets `areas` and `help_topic`, fills `body` in `__init__` and overrides `refresh`.

    Attributes:
        areas: the areas whose changes this screen shows; it is refreshed when one of them changes.
        help_topic: the help page that F1 opens.
        body: the layout under the title.
        banner: a banner between title and body, hidden until `banner.show_state(...)`.
        keeper: what keeps the backups, None where nothing does.

    Signals:
        go(place, item): take me to another screen: go.emit("children", child_id); item may be None.
        said(words, can_undo): an event for the toast; the shell adds Undo when can_undo is True.
        failed(Exception): show this in the error box.
        alone(bool): hide everything around me (the register facing the queue at the door), or show it again.
    """

    areas: frozenset[str] = frozenset()
    help_topic: str = ""

    go = Signal(str, object)
    said = Signal(str, bool)
    failed = Signal(object)
    alone = Signal(bool)

    def __init__(self, title: str, parent: QWidget | None = None, *, scroll: bool = True) -> None:
        """`scroll` False for a page filled by a list that scrolls by itself."""
        super().__init__(parent)
        self._stale = True
        self._read_once = False
        self._outer = QVBoxLayout(self)
        self._build_head(title)
        self.banner = Banner()
        self.keeper: Keeper | None = None
        self._outer.addWidget(self.banner)
        self.body = QVBoxLayout()
        self.body.setSpacing(px(14))
        self._face = Face()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._content(scroll))
        self._stack.addWidget(self._face)
        self._outer.addWidget(self._stack, 1)

    def refresh(self) -> None:
        """Asks for fresh rows. Called when the page is first shown and when one of its areas has changed."""

    def open_item(self, item: object) -> None:
        """Shows one thing on this page: called, after the page is shown, with what `go` was given."""

    def take_keeper(self, keeper: Keeper) -> None:
        """What keeps the backups: the shell hands it to every page of an open club, when the page is made."""
        self.keeper = keeper

    def take_club(self, club: Any) -> None:
        """The open club: the shell hands it to every page when it is made, for those that change who can sign in."""

    def take_allowed(self, permissions: Collection[str], places: Collection[str]) -> None:
        """What the person may do, and which places they have: the shell says it when the page is made."""
        tell(self, permissions, places)

    def may(self, permission: str) -> bool:
        """Whether the person holds the permission; a page that was told nothing holds nothing back."""
        return may(self, permission)

    def leads(self, place: str) -> bool:
        """Whether the person has a place that `go` could lead to."""
        return leads(self, place)

    def start_again(self) -> None:
        """Somebody pressed this place at the left while here: back to its list, where it has one."""

    def set_title(self, title: str, beneath: str = "") -> None:
        """The page's title, and a quieter line under it."""
        self._page_head.set_words(title, beneath)
        self.setAccessibleName(title)

    def title(self) -> str:
        """The title shown."""
        return self._page_head.title.text()

    def add_action(self, widget: QWidget) -> None:
        """Adds a button to the row at top right; at most one of them primary."""
        self._page_head.tools.add(widget)

    def clear_actions(self) -> None:
        """Takes the action buttons away."""
        self._page_head.tools.set_widgets(())

    def take_search(self, box: QWidget) -> None:
        """The shell puts the search box here when the page is shown; it stands at the far right."""
        self._page_head.search.addWidget(box)

    def set_narrow(self, narrow: bool) -> None:
        """The shell says whether there is little room: large text, or a window on half the screen."""
        self._edges = QMargins(*(px(each) for each in ((10, 10, 10, 10) if narrow else (28, 18, 28, 20))))
        self._outer.setContentsMargins(self._edges)
        self._outer.setSpacing(px(8 if narrow else 14))
        self._page_head.set_narrow(narrow)

    def set_short(self, short: bool) -> None:
        """The shell says whether there is hardly any height."""
        self._page_head.set_short(short)

    def edges(self) -> QMargins:
        """What is kept free around the page while no panel stands beside it."""
        return self._edges

    def show_content(self) -> None:
        """Shows the body."""
        self._read_once = True
        self._stack.setCurrentIndex(0)

    def show_loading(self) -> None:
        """Says that rows are being fetched; only for the first time a page is shown."""
        self._show_face("Just a moment.", icon_name="clock-outline")

    def show_empty(self, reason: str, button_text: str = "", on_click: Callable[[], object] | None = None) -> None:
        """Says why there is nothing and offers one thing to do."""
        self._show_face(reason, button_text, on_click)

    def show_error(self, error: Exception, retry: Callable[[], object] | None = None) -> None:
        """The page could not be read: says so, with Try again, and sends the error to `failed` when it is not ours.

        Where the server is away what was read before stays in sight: it may hold a form with something typed in it.
        """
        if isinstance(error, (Disconnected, NoServer)) and self._read_once and self._stack.currentIndex() == 0:
            self._stale = True
            return
        words = str(error) if isinstance(error, BreatherError) else "This page could not be read."
        self._show_face(words, "Try again", retry or self.refresh, icon_name="alert-circle-outline", colour="bad")
        if not isinstance(error, BreatherError):
            self.failed.emit(error)

    def areas_changed(self, changed: frozenset[str]) -> None:
        """The shell calls this after every commit: refreshes now if shown, or when it is next shown."""
        if not changed & self.areas:
            return
        self._stale = True
        self._refresh_if_shown()

    def day_turned(self) -> None:
        """The shell calls this when another day has begun: what was worked out yesterday is read again."""
        self._stale = True
        self._refresh_if_shown()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh_if_shown()

    def _refresh_if_shown(self) -> None:
        if self._stale and self.isVisible():
            self._stale = False
            self.refresh()

    def _show_face(
        self,
        words: str,
        button_text: str = "",
        on_click: Callable[[], object] | None = None,
        *,
        icon_name: str = "information-outline",
        colour: str = "soft",
    ) -> None:
        self._face.show_words(words, button_text, on_click, icon_name=icon_name, colour=colour)
        self._stack.setCurrentWidget(self._face)

    def _build_head(self, title: str) -> None:
        self._page_head = PageHead()
        self._outer.addWidget(self._page_head)
        self.set_title(title)
        self.set_narrow(False)

    def _content(self, scroll: bool) -> QWidget:
        inside = QWidget()
        set_look(inside, "scrolled", "true")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self.body, 0 if scroll else 1)
        if not scroll:
            return inside
        column.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        return area
