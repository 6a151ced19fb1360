"""The key of concerns in a real club: handed on, written down, lost and typed in again, and never with a manager."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from desktop.concerns import words
from desktop.concerns.page import ConcernsPage
from desktop.jobs import Jobs
from desktop.widgets import theme
from models.access.rules import Role
from models.bootstrap import Club
from models.concerns import queries, service
from models.concerns.key import NoKey
from models.kernel.errors import Denied
from tests.clubs import PASSPHRASE, behind_its_back, new_club
from tests.shell.apps import MANAGER, press, write

PRIYA, NIAMH = "oddly-silver-kettle-barn", "nine-brisk-lantern-tides"
FACTS = {"noticed_on": date(2026, 12, 1), "told_on": date(2026, 12, 1), "reference": "MASH 4471"}


@pytest.fixture
def club(tmp_path: Path) -> Iterator[Club]:
    """A manager, the first safeguarding lead, and a second one whom the manager made after a concern was kept."""
    made = new_club(tmp_path)
    made.add_person("Priya Shah", PRIYA, role=None, safeguarding=True)
    made.sign_in("Priya Shah", PRIYA)
    made.write(lambda uow: service.write_down(uow, FACTS), "")
    made.sign_in(MANAGER, PASSPHRASE)
    made.add_person("Niamh Osei", NIAMH, role=Role.LEAD, safeguarding=True)
    yield made
    made.close()


def test_the_manager_who_made_both_leads_opens_nothing(club: Club) -> None:
    assert club.sealing_key is None
    with pytest.raises(Denied):
        club.read(queries.concerns)


def test_a_lead_without_the_key_is_told_whose_it_is_to_hand_on(club: Club) -> None:
    club.sign_in("Niamh Osei", NIAMH)
    with pytest.raises(NoKey, match="Ask Priya Shah, another safeguarding lead, to hand it on"):
        club.read(queries.concerns)


def test_a_lead_hands_it_on(club: Club) -> None:
    club.sign_in("Priya Shah", PRIYA)
    niamh = next(one.id for one in people(club) if one.name == "Niamh Osei")
    club.sign_in("Priya Shah", PRIYA)
    club.grant_concerns(niamh)
    club.sign_in("Niamh Osei", NIAMH)
    assert [row.facts and row.facts.reference for row in club.read(queries.concerns)] == ["MASH 4471"]


def people(club: Club) -> tuple[object, ...]:
    club.sign_in(MANAGER, PASSPHRASE)
    return tuple(club.people())


@pytest.mark.file_only
def test_a_new_file_key_leaves_the_concerns_readable(club: Club) -> None:
    club.rekey(PASSPHRASE)
    club.sign_in("Priya Shah", PRIYA)
    assert len(club.read(queries.concerns)) == 1


@pytest.fixture
def page(qtbot: QtBot, qapp: QApplication, club: Club) -> Iterator[ConcernsPage]:
    theme.apply(qapp, dark=False)
    jobs = Jobs(club, club.clock)
    made = ConcernsPage(jobs, club.clock)
    made.take_club(club)
    made.resize(1150, 768)
    qtbot.addWidget(made)
    yield made
    jobs.shutdown()


def test_a_lead_who_is_no_manager_hands_it_on_from_the_screen(qtbot: QtBot, club: Club, page: ConcernsPage) -> None:
    club.sign_in("Priya Shah", PRIYA)
    page.show()
    ready(qtbot, page, QAbstractButton, "Key of concerns")
    press(qtbot, page, "Key of concerns")
    ready(qtbot, page, QAbstractButton, "Hand it on")
    press(qtbot, page, "Hand it on")
    sees(qtbot, page, "They can then open every concern")
    said: list[str] = []
    page.said.connect(lambda words, _undo: said.append(words))
    press(qtbot, page, "Hand it on")
    qtbot.waitUntil(lambda: said == ["The key of concerns is handed on."], timeout=20_000)
    club.sign_in("Niamh Osei", NIAMH)
    assert len(club.read(queries.concerns)) == 1


def sees(qtbot: QtBot, page: ConcernsPage, words: str) -> None:
    def shown() -> str:
        return " ".join(one.text() for one in page.findChildren(QLabel) if one.isVisible())

    qtbot.waitUntil(lambda: words in shown(), timeout=20_000)


def ready(qtbot: QtBot, page: ConcernsPage, kind: type[QAbstractButton | QLineEdit], name: str) -> None:
    def found() -> bool:
        return any(one.accessibleName() == name and one.isVisible() for one in page.findChildren(kind))

    qtbot.waitUntil(found, timeout=20_000)


def test_its_recovery_key_is_shown_for_ones_own_password_and_opens_them_for_another_lead(
    qtbot: QtBot, club: Club, page: ConcernsPage
) -> None:
    club.sign_in("Priya Shah", PRIYA)
    page.show()
    ready(qtbot, page, QAbstractButton, "Key of concerns")
    press(qtbot, page, "Key of concerns")
    ready(qtbot, page, QLineEdit, "Your password")
    write(qtbot, page, "Your password", "three loud otters")
    press(qtbot, page, "Show its recovery key")
    sees(qtbot, page, "That is not your password.")
    write(qtbot, page, "Your password", PRIYA)
    qtbot.keyClick(page.panel.content().field("password").control, Qt.Key.Key_Return)  # type: ignore[union-attr] # a form
    sees(qtbot, page, "Write it down by hand")
    (key,) = [one.accessibleName() for one in page.panel.findChildren(QLabel) if one.accessibleName().count("-") == 12]
    press(qtbot, page, "Done")
    club.sign_in("Niamh Osei", NIAMH)
    page.refresh()
    sees(qtbot, page, "Ask Priya Shah")
    assert not page.key_button.isVisible()
    press(qtbot, page, "Type in its recovery key")
    ready(qtbot, page, QAbstractButton, "Use this key")
    box = page.panel.findChildren(QPlainTextEdit)[0]
    qtbot.keyClicks(box, "7ZQ1X")
    press(qtbot, page, "Use this key")
    sees(qtbot, page, "of the recovery key")
    box.selectAll()
    qtbot.keyClicks(box, key.lower())
    press(qtbot, page, "Use this key")
    qtbot.waitUntil(lambda: len(page.table.rows()) == 1 and page.table.isVisible(), timeout=20_000)
    assert page.table.rows()[0].facts == club.read(queries.concerns)[0].facts


def everybody_lost_it(club: Club) -> None:
    """Priya was taken off, and Niamh was never given the key."""
    club.sign_in(MANAGER, PASSPHRASE)
    club.remove_person(next(one.id for one in club.people() if one.name == "Priya Shah"), losing_concerns=True)
    club.sign_in("Niamh Osei", NIAMH)


def test_where_nobody_has_the_key_a_lead_begins_anew_by_mouse(qtbot: QtBot, club: Club, page: ConcernsPage) -> None:
    everybody_lost_it(club)
    said: list[str] = []
    page.said.connect(lambda words, _undo: said.append(words))
    page.show()
    sees(qtbot, page, "Nobody has the key of concerns any more.")
    press(qtbot, page, "Type in its recovery key")
    ready(qtbot, page, QAbstractButton, words.ANEW)
    press(qtbot, page, words.ANEW)
    sees(qtbot, page, "The one concern from before stays sealed: nobody can read it without the paper.")
    sees(qtbot, page, "As far as Breather knows, their recovery key was never copied down.")
    assert club.sealing_key is None  # nothing is done before that was read
    press(qtbot, page, "Begin anew")
    qtbot.waitUntil(lambda: page.table.isVisible() and len(page.table.rows()) == 1, timeout=20_000)
    assert said == [words.BEGUN]
    assert page.key_button.isVisible()
    assert [row.facts for row in club.read(queries.concerns)] == [None]
    club.write(lambda uow: service.write_down(uow, FACTS), "")
    club.sign_in("Niamh Osei", NIAMH)  # the new key is in her own slot
    assert sorted(row.facts is None for row in club.read(queries.concerns)) == [False, True]


def test_and_by_keys_after_going_back_once(qtbot: QtBot, club: Club, page: ConcernsPage) -> None:
    everybody_lost_it(club)
    page.show()
    sees(qtbot, page, "Nobody has the key of concerns any more.")
    for last in (Qt.Key.Key_Escape, None):
        push(qtbot, page, "Type in its recovery key")
        push(qtbot, page, words.ANEW)
        ready(qtbot, page, QAbstractButton, "Begin anew")
        if last is not None:
            qtbot.keyClick(page.panel.content(), last)
            assert not page.panel.shown
            assert club.sealing_key is None
    qtbot.keyClick(page.panel.content(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.table.isVisible(), timeout=20_000)
    assert club.sealing_key is not None


def test_what_is_sealed_with_an_earlier_key_says_so_and_its_paper_opens_it_after_all(
    qtbot: QtBot, club: Club, page: ConcernsPage
) -> None:
    club.sign_in("Priya Shah", PRIYA)
    paper = club.concerns_recovery_key(PRIYA)
    everybody_lost_it(club)
    standing = club.concerns_standing()
    assert (standing.holders, standing.concerns) == ((), 1)
    assert standing.paper is not None
    assert standing.paper.words == "Priya Shah was shown it on 3 Dec 2026"
    club.begin_concerns_anew()
    assert club.concerns_standing().paper is None  # of the new key nothing is on paper
    club.write(lambda uow: service.write_down(uow, FACTS), "")
    new, old = club.read(queries.concerns)
    assert (new.facts is None, old.facts, old.earlier) == (False, None, True)
    page.show()
    qtbot.waitUntil(lambda: page.table.isVisible() and len(page.table.rows()) == 2, timeout=20_000)
    assert [words.about(row) for row in page.table.rows()] == [words.NO_CHILD, words.EARLIER]
    page.table.select(old.id)
    page.table.opened.emit(old)
    sees(qtbot, page, "sealed with an earlier key of concerns, which nobody holds any more")
    box = page.panel.findChildren(QPlainTextEdit)[0]
    qtbot.keyClicks(box, club.concerns_recovery_key(NIAMH))
    press(qtbot, page, "Use this key")
    sees(qtbot, page, "This key opens none of the concerns")
    box.selectAll()
    qtbot.keyClicks(box, paper)
    press(qtbot, page, "Use this key")
    qtbot.waitUntil(lambda: all(row.facts is not None for row in page.table.rows()), timeout=20_000)
    assert [row.facts and row.facts.reference for row in club.read(queries.concerns)] == ["MASH 4471"] * 2


@pytest.mark.file_only
def test_one_that_was_tampered_with_after_that_still_reads_as_broken(club: Club) -> None:
    everybody_lost_it(club)
    club.begin_concerns_anew()
    tampered = club.write(lambda uow: service.write_down(uow, FACTS), "").value
    behind_its_back(club, f"UPDATE concern SET sealed = zeroblob(600) WHERE id = '{tampered.hex}'")
    club.sign_in("Niamh Osei", NIAMH)
    assert {row.id == tampered: row.earlier for row in club.read(queries.concerns)} == {True: False, False: True}


def test_where_nobody_holds_it_a_lead_is_not_sent_to_a_manager(club: Club) -> None:
    everybody_lost_it(club)
    with pytest.raises(NoKey, match=r"nobody has the key to them any more\. Its recovery key, on paper"):
        club.read(queries.concerns)


def test_a_lead_who_was_given_it_since_is_told_to_sign_in_again(club: Club) -> None:
    club.sign_in("Niamh Osei", NIAMH)
    priya = club.apart()
    priya.sign_in("Priya Shah", PRIYA)
    priya.grant_concerns(club.actor.id)
    with pytest.raises(NoKey, match=r"after you signed in\. Sign in again"):
        club.read(queries.concerns)
    priya.let_go()


def push(qtbot: QtBot, page: ConcernsPage, name: str) -> None:
    """Space on a button."""
    ready(qtbot, page, QAbstractButton, name)
    (found,) = [one for one in page.findChildren(QAbstractButton) if one.accessibleName() == name and one.isVisible()]
    assert found.focusPolicy() & Qt.FocusPolicy.TabFocus
    found.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(found, Qt.Key.Key_Space)


def test_while_somebody_has_the_key_there_is_no_beginning_anew(qtbot: QtBot, club: Club, page: ConcernsPage) -> None:
    club.sign_in("Niamh Osei", NIAMH)
    assert not club.concerns_lost()
    page.show()
    sees(qtbot, page, "Ask Priya Shah")
    press(qtbot, page, "Type in its recovery key")
    ready(qtbot, page, QAbstractButton, "Use this key")
    assert words.ANEW not in [one.accessibleName() for one in page.findChildren(QAbstractButton)]


def test_a_manager_is_not_told_whether_it_is_lost(club: Club) -> None:
    with pytest.raises(Denied):
        club.concerns_lost()
