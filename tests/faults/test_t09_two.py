"""T9: two Breathers on one file, a lock left behind by one that died, and a folder on another machine."""

import signal
import subprocess
import sys
import time
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from models.bootstrap import Place, create_club, open_club, restore
from models.kernel.errors import InUse, OnNetwork
from models.storage import network
from models.storage.lock import lock_path
from tests.clubs import CHEAP, DEVICE, PASSPHRASE
from tests.faults.conftest import Amount, Figures
from tests.faults.register import a_register, losses, marks_in, opened, take

pytestmark = pytest.mark.file_only

ROOT = Path(__file__).parents[2]
Lines = list[list[str]]


def rivals(path: Path, seconds: float, *kinds: str) -> list[Lines]:
    """What each of several processes at one file said."""
    command = [sys.executable, "-m", "tests.faults.rival", str(path), str(seconds)]
    running = [
        subprocess.Popen([*command, *kind.split()], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT)
        for kind in kinds
    ]
    for process in running:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in running:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    said = [process.communicate(timeout=seconds + 120)[0] for process in running]
    return [[line.split(" ", 1) for line in each.splitlines()] for each in said]


def of_kind(lines: Lines, word: str) -> list[str]:
    return [line[-1] for line in lines if line[0] == word]


def overlaps(lines: list[Lines]) -> int:
    """How often one was in while another was."""
    stays: list[tuple[float, float]] = []
    for each in lines:
        stays += zip(map(float, of_kind(each, "in")), map(float, of_kind(each, "out")), strict=True)
    stays.sort()
    return sum(later[0] < earlier[1] for earlier, later in pairwise(stays))


def test_two_breathers_never_write_at_once_and_lose_nothing(tmp_path: Path, amount: Amount, figures: Figures) -> None:
    seconds, path = amount(4, 600), a_register(tmp_path)
    said = rivals(path, seconds, "one", "two", "looking")
    assert [of_kind(each, "wrong") for each in said] == [[], [], []]
    marks = [mark for each in said for mark in of_kind(each, "mark")]
    assert overlaps(said) == 0
    assert losses(path, marks) == []
    saw = [int(many) for many in of_kind(said[2], "saw")]
    assert saw == sorted(saw), "who only looks sees it grow and never shrink"
    told = sum(Counter(line[0] for line in each)["busy"] for each in said)
    assert min(len(of_kind(each, "mark")) for each in said[:2]) > 0
    figures.say(
        "seconds of two processes that write and one that looks", seconds,
        f"0 of {len(marks):,} marks lost; {told:,} times told that it is in use, {len(saw):,} looks",
    )  # fmt: skip


def test_without_the_lock_they_are_in_at_once(tmp_path: Path, amount: Amount, figures: Figures) -> None:
    """The guard is the lock beside the file."""
    seconds, path = amount(3, 20), a_register(tmp_path)
    said = rivals(path, seconds, "one unlocked", "two unlocked")
    found = overlaps(said)
    assert found
    figures.say("without the lock: seconds of two that write", seconds, f"{found:,} times both were in at once")


def test_a_lock_left_behind_is_reclaimed(tmp_path: Path, amount: Amount, figures: Figures) -> None:
    path, said, slowest, times = a_register(tmp_path), list[str](), 0.0, amount(2, 10)
    script = "import sys, time; from pathlib import Path; from tests.faults.register import opened, take;"
    script += "club = opened(Path(sys.argv[1])); take(club, 2, lambda mark: print(mark, flush=True)); time.sleep(600)"
    for _ in range(times):
        with subprocess.Popen(
            [sys.executable, "-c", script, str(path)], stdout=subprocess.PIPE, text=True, cwd=ROOT
        ) as other:
            assert other.stdout is not None
            said += [other.stdout.readline().strip() for _ in range(2)]
            with pytest.raises(InUse):
                opened(path)
            other.send_signal(signal.SIGKILL)
            other.wait()
        assert lock_path(path).exists(), "it could not tidy up"
        began = time.monotonic()
        club = opened(path)
        slowest = max(slowest, time.monotonic() - began)
        assert set(said) <= marks_in(club)
        take(club, 1, said.append)
        club.close()
    assert losses(path, said) == []
    figures.say("a lock left by one that was killed", times, f"reclaimed in {slowest:.2f} s at most")


MOUNTS = """\
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
40 22 0:35 / {folder}/team\\040share rw,relatime shared:9 master:2 - {kind} server:/share rw
"""


@pytest.mark.parametrize("kind", sorted(network.KINDS))
def test_a_folder_of_another_machine_is_refused(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inside = tmp_path / "team share" / "clubs"
    inside.mkdir(parents=True)
    path = a_register(inside)
    club = opened(path)
    made = club.back_up(Place(tmp_path / "backups"))
    club.close()
    before = path.read_bytes()
    mounts = tmp_path / "mounts"
    mounts.write_text(MOUNTS.format(folder=tmp_path, kind=kind), "utf-8")
    monkeypatch.setattr(network, "MOUNTS", mounts)
    with pytest.raises(OnNetwork, match="shared folder of another computer") as told:
        open_club(path, PASSPHRASE, device=DEVICE)
    assert "Copy it" in told.value.next_step
    with pytest.raises(OnNetwork):
        create_club(inside / "new.breather", "Quayside", PASSPHRASE, device=DEVICE, strength=CHEAP)
    with pytest.raises(OnNetwork):
        restore(made.path, inside / "back.breather", PASSPHRASE, device=DEVICE)
    assert path.read_bytes() == before
    assert sorted(each.name for each in inside.iterdir()) == ["club.breather", "club.breather.keys"]
    link = tmp_path / "link"
    link.symlink_to(inside)
    with pytest.raises(OnNetwork):
        open_club(link / path.name, PASSPHRASE, device=DEVICE)


def test_a_folder_of_this_machine_is_not_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(MOUNTS.format(folder=tmp_path, kind="nfs4"), "utf-8")
    monkeypatch.setattr(network, "MOUNTS", mounts)
    path = a_register(tmp_path / "team shared by all")  # begins alike, and is another folder
    opened(path).close()
    monkeypatch.setattr(network, "MOUNTS", tmp_path / "none")
    opened(path).close()
