"""Wrong passwords are counted, and neither deleting a file nor setting the clock back begins a new count."""

import json
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest

from models.kernel.errors import TooManyGuesses, WrongPassphrase
from models.storage.guesses import FREE, MOST, WINDOW, Guesses, Tally, guesses_path

NOW = datetime(2026, 12, 5, 10, 2, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "club.breather"
    path.write_bytes(b"x")
    return path


def counted(file: Path, data: Path | None = None) -> Guesses:
    """As another run of Breather would see it."""
    return Guesses.of(file, "7", data)


def fill(guesses: Guesses, start: datetime, wrong: int) -> datetime:
    """As many wrong passwords as asked for, each as soon as it is let; the moment of the last."""
    now = start
    for _ in range(wrong):
        try:
            guesses.check(now)
        except TooManyGuesses as told:
            now = told.until
            guesses.check(now)
        guesses.note(now)
    return now


def test_nothing_is_written_before_there_is_a_wrong_one(file: Path) -> None:
    counted(file).check(NOW)
    assert not guesses_path(file).exists()


def test_a_few_slips_of_the_finger_wait_for_nothing(file: Path) -> None:
    guesses = counted(file)
    for _ in range(4):
        guesses.note(NOW)
        guesses.check(NOW)


def test_each_wait_is_longer_than_the_one_before_and_says_until_when(file: Path) -> None:
    guesses, now, waits = counted(file), NOW, []
    for _ in range(4):
        guesses.note(now)
    for _ in range(4):
        guesses.note(now)
        with pytest.raises(TooManyGuesses) as told:
            guesses.check(now)
        waits.append((told.value.until - now).total_seconds())
        now = told.value.until
        guesses.check(now)
    assert waits == [2, 4, 8, 16]
    assert told.value.next_step == "Wait 16 seconds, then try again."


def test_ten_in_five_minutes_are_the_most(file: Path) -> None:
    guesses = counted(file)
    last = fill(guesses, NOW, MOST)
    assert last - NOW < WINDOW
    with pytest.raises(TooManyGuesses) as told:
        guesses.check(last + SECOND)
    assert told.value.until == NOW + WINDOW
    assert told.value.next_step == "Wait until 10:07, then try again."
    guesses.check(NOW + WINDOW)


def test_no_five_minutes_ever_hold_more_than_ten(file: Path) -> None:
    guesses, times, now = counted(file), [], NOW
    for _ in range(60):
        now = fill(guesses, now, 1)
        times.append(now)
    spans = [times[at + MOST] - times[at] for at in range(len(times) - MOST)]
    assert min(spans) >= WINDOW


def test_another_run_goes_on_counting(file: Path) -> None:
    last = fill(counted(file), NOW, MOST)
    with pytest.raises(TooManyGuesses):
        counted(file).check(last)


def test_a_clock_set_back_begins_the_five_minutes_anew(file: Path) -> None:
    last = fill(counted(file), NOW, MOST)
    for back in (timedelta(hours=1), timedelta(days=400)):
        with pytest.raises(TooManyGuesses) as told:
            counted(file).check(last - back)
        assert last - back < told.value.until <= last - back + WINDOW


def test_a_clock_that_was_a_year_ahead_locks_nobody_out_for_a_year(file: Path) -> None:
    fill(counted(file), NOW + timedelta(days=365), MOST)
    counted(file).note(NOW)
    counted(file).check(NOW + WINDOW)


def test_deleting_the_file_does_not_begin_a_new_count(file: Path, tmp_path: Path) -> None:
    data = tmp_path / "machine"
    guesses = counted(file, data)
    last = fill(guesses, NOW, MOST)
    guesses_path(file).unlink()
    for asked in (counted(file, data), guesses):
        with pytest.raises(TooManyGuesses):
            asked.check(last)


def test_clearing_this_machines_folder_does_not_either(file: Path, tmp_path: Path) -> None:
    data = tmp_path / "machine"
    last = fill(counted(file, data), NOW, MOST)
    next((data / "guesses").iterdir()).unlink()
    with pytest.raises(TooManyGuesses):
        counted(file, data).check(last)


def test_tries_made_at_the_same_time_are_let_by_one_after_another(file: Path, tmp_path: Path) -> None:
    """Or whoever starts a hundred at once has a hundred guesses before the first is counted."""
    data, together, outcomes = tmp_path / "machine", Barrier(20), []

    def guess() -> None:
        together.wait()
        try:
            with counted(file, data).trying(NOW):
                raise WrongPassphrase("No.")
        except (WrongPassphrase, TooManyGuesses) as error:
            outcomes.append(type(error))

    threads = [Thread(target=guess) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Counter(outcomes) == {WrongPassphrase: FREE + 1, TooManyGuesses: 20 - FREE - 1}
    assert counted(file, data).tally().count == FREE + 1


def test_a_try_that_is_right_or_fails_otherwise_is_not_counted(file: Path, tmp_path: Path) -> None:
    guesses = counted(file, tmp_path / "machine")
    with guesses.trying(NOW):
        pass
    with pytest.raises(OSError, match="full"), guesses.trying(NOW):
        raise OSError("full")
    assert guesses.tally() == Tally()


def test_where_nothing_can_be_written_it_is_counted_in_memory(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refused)
    guesses = counted(file)
    last = fill(guesses, NOW, MOST)
    assert not guesses_path(file).exists()
    with pytest.raises(TooManyGuesses):
        guesses.check(last)


@pytest.mark.parametrize(
    "content",
    [
        b"", b"{", b"null", b'{"count": 3}', b'{"count": 1, "first": null, "newest": ["2026-12-05T10:00:00"]}',
        b'{"count": Infinity, "first": null, "newest": []}', b"[" * 200_000, b"\xff\xfe",
        b'{"count": ' + b"9" * 4200 + b', "first": null, "newest": []}', b'{"count": -3, "first": null, "newest": []}',
        b'{"count": 3, "first": null, "newest": ["0001-01-01T00:00:00+05:00", "2026-12-05T10:00:00+00:00"]}',
        b'{"count": 3, "first": "9999-12-31T23:59:59-05:00", "newest": []}',
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_counts_for_nothing(file: Path, content: bytes) -> None:
    guesses_path(file).write_bytes(content)
    guesses = counted(file)
    guesses.check(NOW)
    guesses.note(NOW)
    assert counted(file).tally().count == 1


def test_once_told_they_are_counted_no_more_but_still_make_the_next_one_wait(file: Path, tmp_path: Path) -> None:
    """Or whoever has a password of their own could try nine of somebody else's between two of it, over and over."""
    data = tmp_path / "machine"
    guesses = counted(file, data)
    last = fill(guesses, NOW, MOST - 1)
    guesses.told(last)
    for again in (guesses, counted(file, data)):
        assert (again.tally().count, again.words(), len(again.tally().newest)) == (0, "", MOST - 1)
    last = fill(guesses, last, 1)
    assert guesses.tally().count == 1
    with pytest.raises(TooManyGuesses) as told:
        counted(file, data).check(last)
    assert told.value.until == NOW + WINDOW


def test_five_minutes_after_they_were_told_nothing_is_left_of_them(file: Path, tmp_path: Path) -> None:
    data = tmp_path / "machine"
    guesses = counted(file, data)
    last = fill(guesses, NOW, 3)
    guesses.told(last + WINDOW)
    assert (guesses.tally(), counted(file, data).tally()) == (Tally(), Tally())
    assert not guesses_path(file).exists()


def test_a_clock_put_right_again_locks_nobody_out_until_the_wrong_time_comes(file: Path) -> None:
    fill(counted(file), NOW + timedelta(days=365), MOST)
    with pytest.raises(TooManyGuesses):
        counted(file).check(NOW)
    counted(file).check(NOW + WINDOW)


@pytest.mark.parametrize("later", [[], ["2150-01-01T00:00:00+00:00"] * MOST])
def test_a_count_made_up_beside_the_keys_hides_none_of_this_machines(
    file: Path, tmp_path: Path, later: list[str]
) -> None:
    data = tmp_path / "machine"
    last = fill(counted(file, data), NOW, MOST)
    guesses_path(file).write_text(json.dumps({"count": 5000, "first": None, "newest": later}))
    with pytest.raises(TooManyGuesses):
        counted(file, data).check(last)


def test_nothing_is_left_beside_a_place_where_there_is_no_club_file(tmp_path: Path) -> None:
    guesses = counted(tmp_path / "restored.breather")
    guesses.note(NOW)
    assert list(tmp_path.iterdir()) == []
    assert guesses.tally().count == 1


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        ([0], "One wrong password at 10:02 on 5 Dec 2026"),
        ([0, 3, 7], "3 wrong passwords between 10:02 and 10:09 on 5 Dec 2026"),
        ([0, 24 * 60], "2 wrong passwords between 10:02 on 5 Dec 2026 and 10:02 on 6 Dec 2026"),
    ],
)
def test_they_are_told_in_words(minutes: list[int], words: str) -> None:
    tally = Tally()
    for minute in minutes:
        tally = tally.with_one(NOW + timedelta(minutes=minute))
    assert tally.words() == words
    assert Tally().words() == ""
