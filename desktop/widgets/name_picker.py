"""Choosing a person by typing a few letters."""

from collections.abc import Hashable, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QSignalBlocker, QStringListModel, Qt, SignalInstance
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView

from desktop.widgets.field import Field
from desktop.widgets.list_model import sort_words


class NamePicker(Field[Any]):
    """A type-ahead chooser over (id, name) rows. Value: the id, or None.

    Typing part of any word of a name offers it, accents or not; Down and Enter take it; a name typed in full is taken.
    """

    def __init__(
        self,
        name: str,
        words: str,
        people: Sequence[tuple[Hashable, str]] = (),
        help_words: str = "",
        *,
        optional: bool = False,
        placeholder: str = "Type a few letters of a name",
    ) -> None:
        self.line = QLineEdit()
        self.line.setPlaceholderText(placeholder)
        self._people: list[tuple[Hashable, str]] = []
        self._offered: list[Hashable] = []
        self._chosen: Hashable | None = None
        super().__init__(name, words, self.line, help_words, optional=optional)
        self._names = QStringListModel(self)
        self._completer = QCompleter(self._names, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setMaxVisibleItems(8)
        popup = QListView()
        popup.setAccessibleName(f"Names for {words.lower()}")
        self._completer.setPopup(popup)
        self.line.setCompleter(self._completer)
        activated: dict[type, SignalInstance] = self._completer.activated  # type: ignore[assignment] # overloaded
        activated[QModelIndex].connect(self._taken)
        highlighted: dict[type, SignalInstance] = self._completer.highlighted  # type: ignore[assignment] # overloaded
        highlighted[QModelIndex].connect(self._gone_to)
        # Not textEdited: what is put in by assistive technology is looked up too.
        self.line.textChanged.connect(self._typed)
        self.line.textChanged.connect(self._touched)
        self.set_people(people)

    def words_of(self, value: Any) -> str:
        return next((name for key, name in self._people if key == value), super().words_of(None))

    def set_people(self, people: Sequence[tuple[Hashable, str]]) -> None:
        """Offers these (id, name) rows; what is chosen stays if it is among them."""
        self._people = list(people)
        self._offer("")
        if self._chosen not in [key for key, _name in self._people]:
            self._chosen = None

    def _typed(self, text: str) -> None:
        # The list writes the name gone to in the line: that is no new question.
        if self._chosen is not None and text == self._name_of(self._chosen):
            return
        self._chosen = None
        self._offer(text)

    def _offer(self, text: str) -> None:
        wanted = sort_words(text.strip())
        matches = [(key, name) for key, name in self._people if _matches(sort_words(name), wanted)]
        matches.sort(key=lambda each: (not sort_words(each[1]).startswith(wanted), sort_words(each[1])))
        self._offered = [key for key, _name in matches]
        self._names.setStringList([name for _key, name in matches])

    def _gone_to(self, index: QModelIndex) -> None:
        # By line, not by words: two people can have one name. Told before the name is in the line.
        if 0 <= index.row() < len(self._offered):
            self._chosen = self._offered[index.row()]

    def _taken(self, index: QModelIndex) -> None:
        self._gone_to(index)
        if index.isValid():
            self._touched()

    def _read(self) -> Any:
        text = self.line.text().strip()
        if not text:
            return None
        if self._chosen is not None:
            return self._chosen
        same = [key for key, name in self._people if sort_words(name) == sort_words(text)]
        if len(same) == 1:
            return same[0]
        if len(same) > 1:
            raise ValueError(f"There are {len(same)} people called {text}; choose one from the list")
        raise ValueError(f"Nobody here is called “{text}”; choose a name from the list")

    def _write(self, value: Any) -> None:
        self._chosen = value
        with QSignalBlocker(self.line):
            self.line.setText(self._name_of(value))

    def _name_of(self, value: Any) -> str:
        return next((name for key, name in self._people if key == value), "")

    def open_list(self) -> None:
        """Shows every name."""
        self._offer(self.line.text())
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self._completer.complete()


def _matches(name: str, wanted: str) -> bool:
    return all(any(word.startswith(part) for word in name.replace("-", " ").split()) for part in wanted.split())
