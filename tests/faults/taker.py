"""A Breather that takes a register until somebody kills it: `python -m tests.faults.taker`.

Everything is imported once; then each line read, `{"path", "early", "pragmas"}`, is answered by a process of its own
that says its number, opens the club file and says each mark once it is committed. `gone` follows when it has ended.
"""

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.faults.register import a_register, also_set, opened, take

MOST = 10_000


def say(word: str) -> None:
    """One line, at once and whole: nothing of it waits in a buffer that dies with the process."""
    os.write(1, f"{word}\n".encode())


def work(asked: Mapping[str, Any]) -> None:
    """Takes marks until it is killed."""
    say(f"pid {os.getpid()}")
    with also_set(*asked["pragmas"]):
        take(opened(Path(asked["path"])), MOST, say, early=asked["early"])


def serve() -> None:
    """One process for each line, warmed up first by a register of its own."""
    with TemporaryDirectory() as folder:
        club = opened(a_register(Path(folder)))
        take(club, 2, lambda _mark: None)
        club.close()
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                work(json.loads(line))
            finally:
                os._exit(1)
        os.waitpid(child, 0)
        say("gone")


if __name__ == "__main__":
    serve()
