"""Colours that can be told apart, icons that exist, names shown as typed, and a theme that can change."""

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.widgets import theme, tokens
from desktop.widgets.icons import icon
from desktop.widgets.metrics import px
from desktop.widgets.state import State, StateChip
from desktop.widgets.text import button, icon_button, label
from desktop.widgets.tokens import DARK, LIGHT, Tokens, contrast

LOOKS = pytest.mark.parametrize("look", [LIGHT, DARK], ids=lambda look: look.name)
GROUNDS = ("bg", "panel", "side", "hover", "brand_soft", "neutral_soft")


@LOOKS
@pytest.mark.parametrize("text", ["ink", "soft", "brand", "ok", "warn", "bad"])
@pytest.mark.parametrize("ground", ["bg", "panel", "side"])
def test_text_can_be_read(look: Tokens, text: str, ground: str) -> None:
    assert contrast(getattr(look, text), getattr(look, ground)) >= 4.5


@LOOKS
@pytest.mark.parametrize("state", ["ok", "warn", "bad", "brand"])
def test_state_can_be_read_on_its_own_ground(look: Tokens, state: str) -> None:
    assert contrast(getattr(look, state), getattr(look, f"{state}_soft")) >= 4.5
    assert contrast(look.ink, getattr(look, f"{state}_soft")) >= 4.5


@LOOKS
@pytest.mark.parametrize("ground", GROUNDS)
def test_second_text_and_controls_stand_out(look: Tokens, ground: str) -> None:
    assert contrast(look.soft, getattr(look, ground)) >= 4.5
    if ground in ("bg", "panel", "side"):
        assert contrast(look.edge, getattr(look, ground)) >= 3
        assert contrast(look.brand, getattr(look, ground)) >= 3


@LOOKS
def test_words_on_a_primary_button_can_be_read(look: Tokens) -> None:
    assert contrast(look.brand_ink, look.brand) >= 4.5
    assert contrast(look.brand_ink, look.brand_strong) >= 4.5
    assert contrast(look.panel, look.ink) >= 4.5


def test_contrast_is_the_published_one() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


def test_the_look_can_change_and_be_larger(qapp: QApplication) -> None:
    try:
        assert theme.apply(qapp, dark=True, scale=1.5) is DARK
        assert tokens.current() is DARK
        assert px(10) == 15
    finally:
        theme.apply(qapp, dark=False)
    assert tokens.current() is LIGHT
    assert px(10) == 10


def test_following_the_system_can_be_stopped(qapp: QApplication) -> None:
    stop = theme.follow_system(qapp)
    stop()
    theme.apply(qapp, dark=False)
    assert tokens.current() is LIGHT


def test_the_fonts_are_there() -> None:
    assert {"Inter", "Noto Sans Arabic", "Noto Sans Tamil", "Noto Sans Bengali"} <= set(QFontDatabase.families())


def test_an_icon_takes_its_colour_when_it_is_painted(qapp: QApplication) -> None:
    made = icon("check-circle", "ok")
    before = made.pixmap(QSize(32, 32)).toImage().pixelColor(4, 16)
    theme.apply(qapp, dark=True)
    after = made.pixmap(QSize(32, 32)).toImage().pixelColor(4, 16)
    theme.apply(qapp, dark=False)
    assert (before.name(), after.name()) == (LIGHT.ok.lower(), DARK.ok.lower())


def test_an_icon_that_does_not_exist_is_refused() -> None:
    with pytest.raises(KeyError):
        icon("no-such-thing")


def test_every_state_has_a_picture_and_a_word(qtbot: QtBot) -> None:
    pictures = {state.icon_name for state in State}
    assert len(pictures) == len(State)
    for state in State:
        icon(state.icon_name)
        chip = StateChip(state, "3 to fix")
        qtbot.addWidget(chip)
        assert (chip.text(), chip.accessibleName()) == ("3 to fix", "3 to fix")


def test_names_are_shown_as_typed(qtbot: QtBot) -> None:
    made = label("<b>Bobby</b> & Co")
    qtbot.addWidget(made)
    assert made.textFormat() == Qt.TextFormat.PlainText
    assert made.text() == "<b>Bobby</b> & Co"


def test_buttons_have_names(qtbot: QtBot) -> None:
    seen: list[int] = []
    plain, square = button("Tea & cake", lambda: seen.append(1)), icon_button("close", "Close")
    qtbot.addWidget(plain)
    qtbot.addWidget(square)
    plain.click()
    assert (plain.accessibleName(), square.accessibleName(), square.toolTip()) == ("Tea & cake", "Close", "Close")
    assert seen == [1]


def test_a_big_button_can_be_touched(qtbot: QtBot) -> None:
    made, square = button("Sign in", big=True), icon_button("dots-horizontal", "More", big=True)
    qtbot.addWidget(made)
    qtbot.addWidget(square)
    made.show()
    square.show()
    assert made.height() >= 48
    assert square.height() >= 48
