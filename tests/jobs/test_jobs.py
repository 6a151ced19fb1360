"""Work off the UI thread: order, newest answer, cancelling, errors, shutting down."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop.jobs import Cancelled, Jobs, Step, Work
from models.kernel.clock import FixedClock
from models.kernel.errors import Full

NOON = datetime(2026, 12, 3, 12, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Wrote:
    value: Any
    areas: frozenset[str]
    change_id: UUID | None = None


class PretendClub:
    """Runs what it is given and remembers on which thread."""

    def __init__(self) -> None:
        self.labels: list[str] = []
        self.threads: set[str] = set()
        self.areas = frozenset({"people"})

    def write(self, change: Callable[[Any], Any], label: str) -> Wrote:
        self.threads.add(threading.current_thread().name)
        value = change(self)
        self.labels.append(label)
        return Wrote(value, self.areas)

    def read(self, query: Callable[[Any], Any]) -> Any:
        self.threads.add(threading.current_thread().name)
        return query(self)


@pytest.fixture
def club() -> PretendClub:
    return PretendClub()


@pytest.fixture
def jobs(qtbot: QtBot, club: PretendClub) -> Iterator[Jobs]:
    made = Jobs(club, FixedClock(NOON))
    yield made
    made.shutdown()
    made.deleteLater()


def test_a_change_runs_on_the_writer_and_answers_on_the_ui_thread(qtbot: QtBot, jobs: Jobs, club: PretendClub) -> None:
    seen: list[object] = []
    jobs.saved.connect(seen.append)
    with qtbot.waitSignal(jobs.changed) as caught:
        jobs.change(lambda uow: 7, "Seven", lambda value: seen.append((value, threading.current_thread())))
    assert seen == [(7, threading.main_thread()), NOON]
    assert club.threads == {"writer"}
    assert caught.args == [frozenset({"people"})]


def test_changes_run_in_the_order_asked(qtbot: QtBot, jobs: Jobs, club: PretendClub) -> None:
    wanted = [f"change {number}" for number in range(50)]
    for label in wanted:
        jobs.change(lambda uow: None, label)
    qtbot.waitUntil(lambda: len(club.labels) == 50)
    assert club.labels == wanted


def test_a_commit_that_changed_nothing_is_not_called_saved(qtbot: QtBot, jobs: Jobs, club: PretendClub) -> None:
    club.areas = frozenset()
    with qtbot.assertNotEmitted(jobs.saved), qtbot.assertNotEmitted(jobs.changed), qtbot.waitCallback() as done:
        jobs.change(lambda uow: 1, "Nothing", done)


def test_only_the_newest_query_of_a_key_is_delivered(qtbot: QtBot, jobs: Jobs) -> None:
    gate, ran, seen = threading.Event(), [], []

    def look(name: str) -> Callable[[Any], str]:
        def query(_read: Any) -> str:
            ran.append(name)
            gate.wait(5)
            return name

        return query

    jobs.query(look("first"), seen.append, key="today")
    qtbot.waitUntil(lambda: ran == ["first"])
    jobs.query(look("second"), seen.append, key="today")
    with qtbot.waitCallback() as done:
        jobs.query(look("third"), done, key="today")
        gate.set()
    assert (ran, seen, done.args) == (["first", "third"], [], ["third"])


def test_a_slow_read_does_not_hold_up_a_screen(qtbot: QtBot, jobs: Jobs) -> None:
    gate = threading.Event()
    with qtbot.waitCallback() as pack:
        jobs.query(lambda read: gate.wait(5), pack, lane="slow")
        with qtbot.waitCallback() as screen:
            jobs.query(lambda read: "rows", screen)
        assert screen.args == ["rows"]
        gate.set()
    assert pack.args == [True]


def test_busy_from_first_to_last(qtbot: QtBot, jobs: Jobs) -> None:
    said: list[bool] = []
    jobs.busy.connect(said.append)
    jobs.query(lambda read: 1, lambda value: None)
    jobs.query(lambda read: 2, lambda value: None)
    qtbot.waitUntil(lambda: said[-1:] == [False])
    assert said == [True, False]


def test_a_refusal_goes_to_its_handler_and_nowhere_else(qtbot: QtBot, jobs: Jobs) -> None:
    with qtbot.assertNotEmitted(jobs.failed), qtbot.waitCallback() as failed:
        jobs.change(lambda uow: raising(Full("No place is left.")), "Book", failed=failed)
    assert isinstance(failed.args[0], Full)


@pytest.mark.parametrize("error", [Full("No place is left."), ZeroDivisionError()])
def test_without_a_handler_any_error_reaches_the_signal(qtbot: QtBot, jobs: Jobs, error: Exception) -> None:
    with qtbot.waitSignal(jobs.failed) as caught:
        jobs.query(lambda read: raising(error), lambda value: None)
    assert caught.args == [error]


def test_an_error_in_a_callback_is_reported_and_the_next_job_runs(qtbot: QtBot, jobs: Jobs) -> None:
    with qtbot.waitSignal(jobs.failed) as caught:
        jobs.query(lambda read: 1, lambda value: raising(KeyError("x")))
    assert isinstance(caught.args[0], KeyError)
    with qtbot.waitCallback() as done:
        jobs.query(lambda read: 2, done)
    assert done.args == [2]


def test_a_widget_that_is_gone_is_not_called(qtbot: QtBot, jobs: Jobs) -> None:
    class Screen(QObject):
        def take(self, value: object) -> None:
            self.setObjectName(str(value))

    import shiboken6

    screen, gate = Screen(), threading.Event()
    with qtbot.assertNotEmitted(jobs.failed):
        jobs.query(lambda read: gate.wait(5), screen.take)
        shiboken6.delete(screen)
        gate.set()
        with qtbot.waitCallback() as done:
            jobs.query(lambda read: 1, done)


def test_long_work_tells_how_far_it_is_and_stops_when_cancelled(qtbot: QtBot, jobs: Jobs, club: PretendClub) -> None:
    steps: list[Step] = []
    reached = threading.Event()

    def work(_uow: Any, work: Work) -> None:
        work.step(1, 3, "Reading the file")
        reached.set()
        for _turn in range(5000):
            work.check()
            threading.Event().wait(0.001)

    with qtbot.waitCallback() as stopped:
        ticket = jobs.long_change(work, "Bring in", progress=steps.append, cancelled=stopped)
        assert reached.wait(5)
        ticket.cancel()
    assert steps == [Step(1, 3, "Reading the file")]
    assert club.labels == []


def test_a_change_cancelled_before_its_turn_never_runs(qtbot: QtBot, jobs: Jobs, club: PretendClub) -> None:
    gate = threading.Event()
    jobs.change(lambda uow: gate.wait(5), "Holding the writer")
    with qtbot.waitCallback() as stopped:
        ticket = jobs.long_change(lambda uow, work: None, "Never", cancelled=stopped)
        ticket.cancel()
        gate.set()
    assert club.labels == ["Holding the writer"]


def test_shutdown_finishes_and_delivers_every_change(qtbot: QtBot, club: PretendClub) -> None:
    jobs, seen, gate = Jobs(club, FixedClock(NOON)), [], threading.Event()
    # The writer is held until the app is already closing.
    jobs.change(lambda uow: gate.wait(5), "Holding the writer")
    threading.Timer(0.05, gate.set).start()
    for number in range(20):
        jobs.change(lambda uow, number=number: number, f"{number}", seen.append)
    jobs.shutdown()
    assert seen == list(range(20))
    with pytest.raises(RuntimeError, match="after shutdown"):
        jobs.change(lambda uow: 1, "Too late")


def test_cancelled_is_not_an_error_of_ours() -> None:
    assert not issubclass(Cancelled, Full)


def raising(error: Exception) -> Any:
    raise error
