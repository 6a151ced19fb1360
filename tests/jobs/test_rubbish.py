"""Nothing that belongs to the window is taken apart on another thread."""

import gc
import threading
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from PySide6.QtCore import QCoreApplication, QObject
from pytestqt.qtbot import QtBot

from desktop.jobs.inbox import Inbox
from desktop.jobs.lane import Lane
from desktop.jobs.rubbish import FEW, MANY, Rubbish


class Mortal:
    """Tells on which thread it was let go."""

    def __init__(self, told: list[str]) -> None:
        self._told = told
        self.myself: object = None

    def __del__(self) -> None:
        self._told.append(threading.current_thread().name)


@pytest.fixture
def lane(qtbot: QtBot) -> Iterator[Callable[[Callable[[], object]], None]]:
    """Runs something on a thread called "elsewhere", and waits until it is done."""
    parent = QObject()
    inbox = Inbox(parent)
    made = Lane("elsewhere", inbox.post)

    def run(job: Callable[[], object]) -> None:
        done = threading.Event()

        def told() -> None:
            job()
            done.set()

        made.put(told)
        assert done.wait(20)

    yield run
    made.close(wait=20)
    QCoreApplication.processEvents()


def in_a_ring(told: list[str]) -> None:
    """Rubbish that only a look finds."""
    one = Mortal(told)
    one.myself = one


def much() -> object:
    """More than what Python looks through its rubbish for."""
    return [[each] for each in range(FEW * 200)]


def test_rubbish_goes_on_the_ui_thread(qtbot: QtBot, lane: Callable[[Callable[[], object]], None]) -> None:
    told = list[str]()
    rubbish = Rubbish()
    rubbish.begin()
    in_a_ring(told)
    lane(much)
    assert told == []
    kept = [[each] for each in range(FEW + 1)]
    rubbish.look()
    assert told == [threading.current_thread().name]
    assert kept


def test_it_is_looked_for_by_itself(qtbot: QtBot) -> None:
    told = list[str]()
    rubbish = Rubbish()
    rubbish.begin()
    kept = [[each] for each in range(FEW * 2)]
    in_a_ring(told)
    qtbot.waitUntil(lambda: len(told) == 1)
    assert kept


def test_what_has_lived_long_is_looked_through_too(qtbot: QtBot) -> None:
    told = list[str]()
    rubbish = Rubbish()
    rubbish.begin()
    old = Mortal(told)
    gc.collect()  # it is old now
    old.myself = old
    del old
    kept = [[each] for each in range(FEW + 1)]
    rubbish.look()
    assert told == []
    more = [[each] for each in range(MANY)]
    rubbish.look()
    assert told == [threading.current_thread().name]
    assert kept
    assert more


def test_left_to_python_it_goes_wherever_something_is_made(
    qtbot: QtBot, lane: Callable[[Callable[[], object]], None]
) -> None:
    told = list[str]()
    gc.enable()
    in_a_ring(told)
    lane(much)
    assert told == ["elsewhere"]


def test_what_a_job_held_is_let_go_where_it_came_from(
    qtbot: QtBot, lane: Callable[[Callable[[], object]], None]
) -> None:
    told = list[str]()
    lane(partial(id, Mortal(told)))
    lane(much)  # a thread would hold its last job until the next
    qtbot.waitUntil(lambda: len(told) == 1)
    assert told == [threading.current_thread().name]
