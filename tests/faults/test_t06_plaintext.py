"""T6: what Breather leaves behind on a machine, however it ended: nothing that can be read."""

import random
from pathlib import Path

from tests.benchmarks.encrypted import unlocked
from tests.clubs import PASSPHRASE
from tests.faults.canaries import raw
from tests.faults.conftest import Amount, Figures
from tests.faults.living import ENDS, live
from tests.faults.traces import TYPED, a_club, left, readable, reopened


def test_fifty_canaries_are_nowhere_to_be_read(
    tmp_path: Path, amount: Amount, figures: Figures, rng: random.Random
) -> None:
    tried, files = 0, 0
    for end in ENDS[: amount(2, len(ENDS))]:
        folder = tmp_path / end.replace(" ", "-")
        planted, activity = a_club(folder, rng)
        words = [word for one in planted for word in one.words] + [TYPED, PASSPHRASE, "otters"]
        assert len(words) > 50
        code = live(folder, planted[0].child_id, activity, TYPED, end)
        assert code == (-9 if end.startswith("kill") else 0), (folder / "home" / "log").read_text("utf-8")[-3000:]
        assert readable(left(folder), words) == []
        club = reopened(folder)
        there = raw(club).decode("utf-8", "replace").casefold()
        assert [word for word in words[:-3] if word.casefold() not in there] == [], "they were there to be found"
        club.close()
        tried, files = tried + len(words), files + len(left(folder))
    figures.say("words looked for in every file the app left", tried, f"0 readable in {files} files")


def test_without_the_key_they_can_be_read(tmp_path: Path, figures: Figures, rng: random.Random) -> None:
    """The guard is the encryption: the same club in plain SQLite tells them all."""
    folder = tmp_path / "plain"
    with unlocked():
        planted, _ = a_club(folder, rng)
    words = [word for one in planted for word in one.words]
    found = {word for _, word in readable(left(folder), words)}
    assert found == set(words)
    figures.say("without the key: words looked for", len(words), f"{len(found)} readable")
