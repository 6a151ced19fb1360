"""Shows one help page beside the screen it is about."""

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices, QTextBlockFormat, QTextCursor, QTextDocument, QTextTable
from PySide6.QtWidgets import QTextBrowser, QVBoxLayout, QWidget

from desktop.help.pages import INDEX, text_of, title_of, topic_there
from desktop.widgets import tokens
from desktop.widgets.metrics import px
from desktop.widgets.panel import Panel
from desktop.widgets.text import button


class HelpPage(QWidget):
    """A help page with its links; only our own shipped files are ever shown in it.

    Signals:
        turned(title): another page is shown.
    """

    turned = Signal(str)

    def __init__(self, topic: str) -> None:
        super().__init__()
        self.topic = INDEX
        self.browser = QTextBrowser()
        self.browser.setOpenLinks(False)
        self.browser.setProperty("help", "true")
        self.browser.setStyleSheet("QTextBrowser { border: 0; padding: 0; }")
        self.browser.anchorClicked.connect(self._follow)
        self.all_button = button("All help pages", lambda: self.turn_to(INDEX), icon_name="help-circle-outline")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.browser, 1)
        column.addWidget(self.all_button)
        self.setFocusProxy(self.browser)
        self.turn_to(topic)

    def turn_to(self, topic: str) -> None:
        """Shows a topic; the index where there is no such page."""
        self.topic = topic_there(topic)
        title = title_of(self.topic)
        self.browser.document().setDefaultStyleSheet(f"a {{ color: {tokens.current().brand}; }}")
        self.browser.setMarkdown(text_of(self.topic))
        _space_out(self.browser.document())
        self.browser.setAccessibleName(f"Help: {title}")
        self.all_button.setVisible(self.topic != INDEX)
        self.turned.emit(title)

    def _follow(self, link: QUrl) -> None:
        if link.isRelative():
            self.turn_to(link.fileName())
        elif link.scheme() in ("https", "mailto"):
            QDesktopServices.openUrl(link)


def _space_out(document: QTextDocument) -> None:
    """Room between paragraphs and lines, which Markdown comes without; lists stand at the left edge."""
    document.setIndentWidth(px(16))
    document.setDocumentMargin(0)
    cursor = QTextCursor(document)
    block = document.begin()
    while block.isValid():
        look = block.blockFormat()
        look.setTopMargin(px(10) if look.headingLevel() > 1 else 0)
        look.setBottomMargin(px(4) if block.textList() is not None else px(10))
        look.setLineHeight(130, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor.setPosition(block.position())
        if cursor.currentTable() is None:
            cursor.setBlockFormat(look)
        block = block.next()
    cursor.setPosition(0)
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            table = frame.format().toTableFormat()
            table.setCellPadding(px(5))
            table.setBorder(0)
            frame.setFormat(table)


class HelpPanel(Panel):
    """The drawer help opens in."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host, 400)

    def show_topic(self, topic: str) -> None:
        """Opens at a topic, or turns to it where it is open."""
        self.open("Help", HelpPage(topic))

    def topic(self) -> str:
        """The topic shown, "" while closed."""
        content = self.content()
        return content.topic if self.shown and isinstance(content, HelpPage) else ""
