"""T4: a damaged, cut or mixed-up club file is seen, told and left exactly as it is, and its newest backup offered."""

import random
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from models.bootstrap import Place, backups_for, choose_folder, restore
from models.kernel.errors import BackupFailed, ClubFileError, Damaged, EmptyFile, KeysMissing, WrongPassphrase
from models.storage import log
from models.storage.engine import connect
from tests.clubs import DEVICE, PASSPHRASE
from tests.faults.conftest import Amount, Figures
from tests.faults.register import a_register, losses, marks_in, opened, take

pytestmark = pytest.mark.file_only


@dataclass(frozen=True)
class Sound:
    """A closed club file of some marks, its content, and a machine's folder with a backup of it."""

    path: Path
    content: bytes
    keys: bytes
    data: Path
    marks: int

    @property
    def keys_path(self) -> Path:
        return self.path.with_name(self.path.name + ".keys")

    def put_back(self) -> None:
        """As it was, with nothing beside it."""
        for each in self.path.parent.iterdir():
            each.unlink()
        self.path.write_bytes(self.content)
        self.keys_path.write_bytes(self.keys)


@pytest.fixture
def sound(tmp_path: Path) -> Sound:
    path = a_register(tmp_path / "club")
    club = opened(path)
    take(club, 6, lambda _mark: None)
    marks = len(marks_in(club))
    choose_folder(tmp_path / "data", tmp_path / "backups")
    club.back_up(Place(tmp_path / "backups"))
    club.close()
    keys = path.with_name(path.name + ".keys")
    return Sound(path, path.read_bytes(), keys.read_bytes(), tmp_path / "data", marks)


def seen(sound: Sound) -> str:
    """By what error or check the damage is seen; the files are left as they are.

    "" where it is not seen, is taken for a wrong passphrase, or is told without what to do.
    """
    files = {each: each.read_bytes() for each in sound.path.parent.iterdir()}
    try:
        club = opened(sound.path)
    except ClubFileError as error:
        how = type(error).__name__ if error.next_step and not isinstance(error, WrongPassphrase) else ""
    else:
        how = "full check" if club.faults() else ""
        club.close()
    assert {each: each.read_bytes() for each in files} == files, "what is damaged is left as it is"
    return how


def a_flip(raw: bytes, rng: random.Random) -> bytes:
    flipped = bytearray(raw)
    flipped[rng.randrange(len(raw))] ^= 1 << rng.randrange(8)
    return bytes(flipped)


def test_every_flipped_bit_is_seen(sound: Sound, amount: Amount, figures: Figures, rng: random.Random) -> None:
    flips, how = amount(120, 1000), Counter[str]()
    for number in range(flips):
        sound.put_back()
        if number % 10 == 0:
            sound.keys_path.write_bytes(a_flip(sound.keys, rng))
        else:
            sound.path.write_bytes(a_flip(sound.content, rng))
        how[seen(sound)] += 1
        assert how[""] == 0, figures.keep(sound.path.parent, number)
    figures.say("one bit flipped in the club file or its keys", flips, f"{flips} seen ({words(how)})")


def words(how: Counter[str]) -> str:
    return ", ".join(f"{many} by {name}" for name, many in how.most_common())


def test_every_truncation_is_seen(sound: Sound, amount: Amount, figures: Figures, rng: random.Random) -> None:
    cuts, how = amount(40, 200), Counter[str]()
    pages = len(sound.content) // 4096
    for number in range(cuts):
        sound.put_back()
        at = (0, 1, 16, 4096, rng.randrange(pages) * 4096)[number] if number < 5 else rng.randrange(len(sound.content))
        if number % 10 == 9:
            sound.keys_path.write_bytes(sound.keys[: rng.randrange(len(sound.keys))])
        else:
            sound.path.write_bytes(sound.content[:at])
        how[seen(sound)] += 1
        assert how[""] == 0, figures.keep(sound.path.parent, number)
    assert how["EmptyFile"]
    figures.say("the club file or its keys cut short", cuts, f"{cuts} seen ({words(how)})")


def a_hole(sound: Sound) -> None:
    sound.path.write_bytes(sound.content[:2000] + bytes(100) + sound.content[2100:])


def test_every_empty_page_is_seen(sound: Sound, amount: Amount, figures: Figures, rng: random.Random) -> None:
    """SQLCipher lets a page of zeros pass for one that was never written; the full check does not."""
    pages = rng.sample(range(len(sound.content) // 4096), amount(20, 100))
    for page in pages:
        sound.put_back()
        sound.path.write_bytes(sound.content[: page * 4096] + bytes(4096) + sound.content[(page + 1) * 4096 :])
        assert seen(sound), f"page {page}, {figures.keep(sound.path.parent, page)}"
    figures.say("a page of the club file gone (all zeros)", len(pages), f"{len(pages)} seen")


def nothing(sound: Sound) -> None:
    sound.path.write_bytes(b"")


def no_keys(sound: Sound) -> None:
    sound.keys_path.unlink()


@pytest.mark.parametrize(("wrong", "error"), [(a_hole, Damaged), (nothing, EmptyFile), (no_keys, KeysMissing)])
def test_a_restore_is_offered_with_its_date_and_counts_and_the_damaged_file_is_kept(
    sound: Sound, figures: Figures, wrong: Callable[[Sound], object], error: type[ClubFileError]
) -> None:
    wrong(sound)
    damaged = sound.path.read_bytes()
    with pytest.raises(error):
        opened(sound.path)
    (offered,) = backups_for(sound.path, sound.data, PASSPHRASE)
    assert offered.made_at
    assert offered.facts is not None
    assert (offered.facts.activities, offered.facts.marks) == (1, sound.marks)
    assert backups_for(sound.path, sound.data, "another passphrase")[0].facts is None
    restore(offered.path, sound.path, PASSPHRASE, device=DEVICE).close()
    assert losses(sound.path, []) == []
    assert damaged in [each.read_bytes() for each in sound.path.parent.glob("* replaced *.breather")]
    figures.say(f"{wrong.__name__.replace('_', ' ')}: restored from what is offered", 1, "the damaged copy kept")


def test_damage_in_any_table_that_opening_reads_is_told(sound: Sound, amount: Amount) -> None:
    """Each page in turn: opening says so in words, or the full check does; never an error of the library's own."""
    for page in range(0, len(sound.content) // 4096, amount(5, 1)):
        sound.put_back()
        raw = bytearray(sound.content)
        raw[page * 4096 + 2048] ^= 1
        sound.path.write_bytes(raw)
        assert seen(sound), f"page {page}"


def test_a_backup_of_a_damaged_file_says_that_it_is_the_file(sound: Sound, tmp_path: Path) -> None:
    middle = len(sound.content) // 8192 * 4096 + 100
    raw = bytearray(sound.content)
    raw[middle] ^= 1
    sound.path.write_bytes(raw)
    club = opened(sound.path)
    with pytest.raises(BackupFailed, match="the club file itself is damaged"):
        club.back_up(Place(tmp_path / "more"))
    club.close()
    assert list((tmp_path / "more").iterdir()) == []


def left_by_a_crash(path: Path, marks: int) -> tuple[bytes, bytes, list[str]]:
    """The file and its log as a crash now would leave them, and the marks that were acknowledged; then closed."""
    said: list[str] = []
    club = opened(path)
    take(club, marks, said.append)
    left = path.read_bytes(), log.log_path(path).read_bytes()
    club.close()
    return *left, said


def foreign_log(sound: Sound, tmp_path: Path) -> bytes:
    return left_by_a_crash(a_register(tmp_path / "other", seed=9, name="Quayside"), 3)[1]


def older_log(sound: Sound, tmp_path: Path) -> bytes:
    """The log of this very file, of a state it has left behind."""
    older = left_by_a_crash(sound.path, 2)[1]
    left_by_a_crash(sound.path, 12)
    return older


def newer_log(sound: Sound, tmp_path: Path) -> bytes:
    """The log of a later state: somebody put an older copy of the file in its place."""
    older = sound.path.read_bytes()
    left_by_a_crash(sound.path, 4)
    newer = left_by_a_crash(sound.path, 4)[1]
    sound.path.write_bytes(older)
    return newer


def forked_log(sound: Sound, tmp_path: Path) -> bytes:
    """The log of a copy that went its own way."""
    copy = tmp_path / "copy" / "club.breather"
    shutil.copytree(sound.path.parent, copy.parent)
    left_by_a_crash(sound.path, 5)
    left_by_a_crash(copy, 4)
    return left_by_a_crash(copy, 2)[1]


LOGS = (foreign_log, older_log, newer_log, forked_log)


@pytest.mark.parametrize("made", LOGS)
def test_a_log_of_something_else_is_told_and_never_brought_in(
    made: Callable[[Sound, Path], bytes], sound: Sound, tmp_path: Path, figures: Figures
) -> None:
    content = made(sound, tmp_path)
    log.log_path(sound.path).write_bytes(content)
    before = sound.path.read_bytes()
    with pytest.raises(Damaged, match="does not belong to it"):
        opened(sound.path)
    assert sound.path.read_bytes() == before
    assert log.log_path(sound.path).read_bytes() == content
    log.log_path(sound.path).unlink()
    assert losses(sound.path, []) == [], "as the words say: with that file moved away, it opens"
    figures.say(f"{made.__name__.replace('_', ' ')} beside the file", 1, "told; neither changed")


@pytest.mark.parametrize("made", [foreign_log, older_log])
def test_without_judging_the_log_it_is_written_over_the_file(
    made: Callable[[Sound, Path], bytes],
    sound: Sound,
    tmp_path: Path,
    figures: Figures,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The guard is `log.judge`: without it, opening and closing is enough to write another state over the file."""
    content = made(sound, tmp_path)
    log.log_path(sound.path).write_bytes(content)
    before = sound.path.read_bytes()
    monkeypatch.setattr(log, "judge", lambda *_given: None)
    losses(sound.path, [])
    assert sound.path.read_bytes() != before
    figures.say(f"without judging it: {made.__name__.replace('_', ' ')} beside the file", 1, "written over the file")


def test_a_damaged_log_is_told_but_for_the_last_change(
    sound: Sound, amount: Amount, figures: Figures, rng: random.Random
) -> None:
    """In the last change a wrong bit cannot be told from a power cut before it was saved."""
    flips, told = amount(24, 500), 0
    file, left, said = left_by_a_crash(sound.path, 6)
    for _ in range(flips):
        sound.path.write_bytes(file)
        wrong = a_flip(left, rng)
        log.log_path(sound.path).write_bytes(wrong)
        try:
            club = opened(sound.path)
        except Damaged:
            told += 1
            assert log.log_path(sound.path).read_bytes() == wrong
            assert sound.path.read_bytes() == file
            continue
        lost = set(said) - marks_in(club)
        assert club.faults() == []
        club.close()
        assert lost <= {said[-1]}, f"seed {figures.seed}"
    assert told > flips // 2
    figures.say("one bit flipped in the log a crash left", flips, f"{told} told; of the rest the last change at most")


def test_a_missing_log_is_told_by_what_this_machine_knows(sound: Sound, figures: Figures) -> None:
    club = opened(sound.path)
    take(club, 3, lambda _mark: None)
    club.note_journal(sound.data)
    file = sound.path.read_bytes()
    club.close()
    sound.path.write_bytes(file)
    assert losses(sound.path, []) == []
    club = opened(sound.path)
    assert any("cut off" in fault for fault in club.check_journal(sound.data).faults)
    club.close()
    figures.say("the log a crash left is gone", 1, "whole at the last write-back; what is missing is told")


def test_without_encryption_most_flipped_bits_go_unseen(
    sound: Sound, amount: Amount, figures: Figures, rng: random.Random, tmp_path: Path
) -> None:
    """The guard is SQLCipher's seal on every page: the same rows in plain SQLite, under its own full check."""
    club = opened(sound.path)
    key = club._store.key
    club.close()
    plain = tmp_path / "plain.sqlite"
    source = connect(sound.path, key)
    source.execute(f"ATTACH DATABASE '{plain}' AS plain KEY ''")
    source.execute("SELECT sqlcipher_export('plain')")
    source.close()
    content, flips, unseen = plain.read_bytes(), amount(24, 500), 0
    for _ in range(flips):
        plain.write_bytes(a_flip(content, rng))
        connection = sqlite3.connect(plain)
        try:
            unseen += connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        except (sqlite3.DatabaseError, UnicodeDecodeError):
            pass  # seen
        finally:
            connection.close()
    assert unseen > flips // 3
    figures.say("without SQLCipher: one bit flipped, checked in full", flips, f"{unseen} unseen")
