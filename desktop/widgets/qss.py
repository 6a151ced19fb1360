"""The one stylesheet. Widgets pick their part by dynamic property, so that a look is said here and nowhere else."""

from string import Template

from desktop.widgets.tokens import Tokens
from models.kernel.places import resources

_TEXT = """
* { outline: 0; }
QWidget { color: $ink; }
QMainWindow, QDialog, QWidget[ground="bg"] { background: $bg; }
QWidget[ground="panel"] { background: $panel; }
QLabel { background: transparent; }
QLabel[tone="soft"] { color: $soft; }
QLabel[tone="small"] { color: $soft; font-size: $p13; }
QLabel[tone="title"] { font-size: $p24; font-weight: 700; }
QLabel[tone="title-narrow"] { font-size: $p20; font-weight: 700; }
QLabel[tone="heading"] { font-size: $p16; font-weight: 600; }
QLabel[tone="row"] { font-size: $p16; font-weight: 600; }
QLabel[tone="strong"] { font-weight: 600; }
QLabel[tone="number"] { font-size: $p26; font-weight: 700; }
QLabel[tone="brand"] { color: $brand; font-size: $p18; font-weight: 700; }
QLabel[tone="link"] { color: $brand; font-weight: 600; }
QLabel[tone="ok"] { color: $ok; font-weight: 600; }
QLabel[tone="warn"] { color: $warn; font-weight: 600; }
QLabel[tone="bad"] { color: $bad; font-weight: 600; }
QLabel[tone="error"] { color: $bad; font-size: $p13; }
QToolTip { background: $ink; color: $panel; border: 1px solid $ink; padding: $p6 $p8; font-size: $p13; }
"""

_FRAMES = """
QFrame[card="true"] { background: $panel; border: 1px solid $line; border-radius: $p10; }
QFrame[card="plain"] { background: $panel; border: 0; }
QFrame[rule="true"] { background: $line; border: 0; min-height: 1px; max-height: 1px; }
QFrame[drawer="true"] { background: $panel; border: 0; border-left: 1px solid $line; }
QFrame[side="true"] { background: $side; border: 0; border-right: 1px solid $line; }
QFrame[toast="true"] { background: $ink; border: 0; border-radius: $p10; }
QFrame[toast="true"] QLabel { color: $panel; }
QFrame[popup="true"] { background: $panel; border: 1px solid $edge; border-radius: $p10; }
QFrame[chip="ok"], QFrame[banner="ok"] { background: $ok_soft; }
QFrame[chip="warn"], QFrame[banner="warn"] { background: $warn_soft; }
QFrame[chip="bad"], QFrame[banner="bad"] { background: $bad_soft; }
QFrame[chip="brand"], QFrame[banner="brand"] { background: $brand_soft; }
QFrame[chip="neutral"], QFrame[banner="neutral"] { background: $neutral_soft; }
QFrame[chip] { border: 0; border-radius: $p12; }
QFrame[chip] QLabel { font-size: $p13; font-weight: 600; }
QFrame[chip="ok"] QLabel { color: $ok; }
QFrame[chip="warn"] QLabel { color: $warn; }
QFrame[chip="bad"] QLabel { color: $bad; }
QFrame[chip="brand"] QLabel { color: $brand; }
QFrame[banner] { border: 0; border-radius: $p10; }
QScrollArea, QScrollArea > QWidget > QWidget[scrolled="true"] { background: transparent; border: 0; }
QAbstractScrollArea::corner { background: transparent; border: 0; }
QScrollBar:vertical { background: transparent; width: $p12; margin: 0; }
QScrollBar:horizontal { background: transparent; height: $p12; margin: 0; }
QScrollBar::handle { background: $edge; border-radius: $p4; margin: $p2; }
QScrollBar::handle:vertical { min-height: $p32; }
QScrollBar::handle:horizontal { min-width: $p32; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QProgressBar { background: $neutral_soft; border: 0; border-radius: $p4; max-height: $p8; min-height: $p8; }
QProgressBar::chunk { background: $brand; border-radius: $p4; }
"""

_BUTTONS = """
QPushButton { background: $panel; border: 1px solid $edge; border-radius: $p8; padding: $p7 $p14; min-height: $p18; }
QPushButton:hover { background: $hover; }
QPushButton:pressed, QPushButton:checked { background: $brand_soft; border-color: $brand; }
QPushButton:focus { border: 2px solid $brand; padding: $p6 $p13; }
QPushButton:disabled { color: $soft; background: $neutral_soft; border-color: $line; }
QPushButton[kind="primary"] { background: $brand; border: 1px solid $brand; color: $brand_ink; font-weight: 600; }
QPushButton[kind="primary"]:hover { background: $brand_strong; border-color: $brand_strong; }
QPushButton[kind="primary"]:focus { border: 2px solid $ink; }
QPushButton[kind="primary"]:disabled { background: $neutral_soft; border-color: $line; color: $soft; }
QPushButton[kind="call"] { color: $brand; border: 1px solid $brand; font-weight: 600; }
QPushButton[kind="call"]:focus { border: 2px solid $ink; }
QPushButton[kind="quiet"] { background: transparent; border: 1px solid transparent; color: $brand; }
QPushButton[kind="quiet"]:hover { background: $brand_soft; }
QPushButton[kind="quiet"]:focus { border: 2px solid $brand; }
QPushButton[kind="quiet"]:disabled { color: $soft; background: transparent; }
QPushButton[kind="danger"] { color: $bad; border: 1px solid $bad; font-weight: 600; }
QPushButton[kind="danger"]:hover { background: $bad_soft; }
QPushButton[kind="danger"]:focus { border: 2px solid $bad; background: $bad_soft; }
QPushButton[big="true"] { min-height: $p32; padding: $p7 $p18; font-weight: 600; }
QPushButton[big="true"]:focus { padding: $p6 $p17; }
QPushButton[square="true"] { padding: 0; min-width: $p34; max-width: $p34; min-height: $p34; max-height: $p34; }
QPushButton[square="big"] { padding: 0; min-width: $p46; max-width: $p46; min-height: $p46; max-height: $p46; }
QPushButton[square="true"]:focus { min-width: $p32; max-width: $p32; min-height: $p32; max-height: $p32; padding: 0; }
QPushButton[square="big"]:focus { min-width: $p44; max-width: $p44; min-height: $p44; max-height: $p44; padding: 0; }
QFrame[toast="true"] QPushButton { background: transparent; border: 1px solid $panel; color: $panel; }
QFrame[toast="true"] QPushButton:focus { border: 2px solid $panel; }
QPushButton[nav="true"] { background: transparent; border: 2px solid transparent; text-align: left;
    padding: $p8 $p11; min-height: $p18; border-radius: $p8; }
QPushButton[nav="true"]:hover { background: $hover; }
QPushButton[nav="true"][here="true"] { background: $brand_soft; color: $brand; font-weight: 600; }
QPushButton[nav="true"]:focus { border: 2px solid $brand; }
QPushButton[nav="true"][tight="true"] { padding: $p6 $p5; font-size: $p13; }
QPushButton[nav="true"][low="true"] { padding: $p3 $p11; }
QPushButton[nav="true"][low="true"][tight="true"] { padding: $p3 $p5; }
"""

_FIELDS = """
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QDateEdit, QSpinBox { background: $panel; border: 1px solid $edge;
    border-radius: $p8; padding: $p7 $p10; min-height: $p20; selection-background-color: $brand;
    selection-color: $brand_ink; placeholder-text-color: $soft; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus { border: 2px solid $brand; padding: $p6 $p9; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled, QLineEdit:read-only { color: $soft;
    background: $neutral_soft; border-color: $line; }
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"], QComboBox[wrong="true"] { border: 2px solid $bad;
    padding: $p6 $p9; }
QComboBox::drop-down { border: 0; width: $p28; }
QComboBox::down-arrow { image: url("$icons/chevron-down-$name.svg"); width: $p16; height: $p16; }
QComboBox QAbstractItemView { background: $panel; border: 1px solid $edge; padding: $p4; }
QComboBox QAbstractItemView::item { min-height: $p32; padding: 0 $p8; }
QCheckBox, QRadioButton { spacing: $p10; background: transparent; padding: $p4 $p6 $p4 0; border: 2px solid transparent;
    border-radius: $p6; }
QCheckBox:focus, QRadioButton:focus { border: 2px solid $brand; }
QCheckBox::indicator { width: $p18; height: $p18; border: 1px solid $edge; border-radius: $p4; background: $panel; }
QCheckBox::indicator:checked { background: $brand; border-color: $brand;
    image: url("$icons/tick-$name.svg"); }
QCheckBox::indicator:disabled { background: $neutral_soft; }
QRadioButton::indicator { width: $p18; height: $p18; border: 1px solid $edge; border-radius: $p9; background: $panel; }
QRadioButton::indicator:checked { border: $p6 solid $brand; width: $p8; height: $p8; }
QCalendarWidget QWidget { background: $panel; alternate-background-color: $panel; }
QCalendarWidget QAbstractItemView { selection-background-color: $brand; selection-color: $brand_ink; border: 0; }
QCalendarWidget QToolButton { background: $panel; border: 1px solid transparent; border-radius: $p6; padding: $p6; }
QCalendarWidget QToolButton:hover, QCalendarWidget QToolButton:focus { border-color: $brand; }
QCalendarWidget QToolButton::menu-indicator { image: none; }
"""

_LISTS = """
QTableView { background: $panel; border: 0; selection-background-color: $brand_soft; selection-color: $ink; }
QHeaderView { background: $panel; border: 0; }
QHeaderView::section { background: $panel; color: $soft; border: 0; border-bottom: 1px solid $line;
    padding: 0 $p14; font-size: $p13; font-weight: 600; }
QHeaderView::section:hover { color: $ink; }
QListView { background: $panel; border: 2px solid transparent; border-radius: $p8; }
QListView:focus, QScrollArea:focus { border: 2px solid $brand; }
QFrame[popup="true"] QListView, QComboBox QListView { border: 0; }
QToolButton { border: 2px solid transparent; border-radius: $p8; padding: $p6; background: transparent; }
QToolButton:hover { background: $hover; }
QToolButton:focus { border: 2px solid $brand; }
QListView::item { min-height: $p36; padding: 0 $p10; border-radius: $p6; color: $ink; }
QListView::item:selected { background: $brand_soft; color: $ink; }
QListView::item:disabled { color: $soft; min-height: $p28; }
QMenu { background: $panel; border: 1px solid $edge; padding: $p4; }
QMenu::item { padding: $p8 $p20; border-radius: $p6; }
QMenu::item:selected { background: $brand_soft; }
QMenu::separator { height: 1px; background: $line; margin: $p4; }
QTabBar::tab { background: transparent; color: $soft; padding: $p8 $p14; border: 0;
    border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: $brand; border-bottom: 2px solid $brand; font-weight: 600; }
QTabBar::tab:focus { background: $brand_soft; }
QTabWidget::pane { border: 0; border-top: 1px solid $line; }
"""


def stylesheet(look: Tokens, scale: float) -> str:
    """The whole sheet; `$p8` is 8 px at text size 100 %, `$icons` a folder, any other `$name` a token."""
    values = {f"p{size}": f"{max(1, round(size * scale))}px" for size in range(1, 65)}
    values |= {name: str(value) for name, value in vars(look).items()}
    values["icons"] = (resources() / "icons").as_posix()
    return Template(_TEXT + _FRAMES + _BUTTONS + _FIELDS + _LISTS).substitute(values)
