"""What tests stand on works: no network, the same made-up cases every time, long tests only when asked for."""

import random
import socket
import subprocess
import sys
from pathlib import Path

import pytest

CONFTEST = Path(__file__).resolve().parents[1] / "conftest.py"


def test_a_connection_out_is_refused() -> None:
    with socket.socket() as out, pytest.raises(AssertionError, match="no network"):
        out.connect(("192.0.2.1", 80))


def test_this_machine_may_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        assert client.getpeername() == server.getsockname()


def test_the_seed_says_what_is_drawn(rng: random.Random, seed: int) -> None:
    assert rng.random() == random.Random(seed).random()


@pytest.mark.parametrize(("options", "expected"), [((), "1 passed, 1 deselected"), (("--full",), "2 passed")])
def test_long_tests_run_only_when_asked_for(tmp_path: Path, options: tuple[str, ...], expected: str) -> None:
    (tmp_path / "conftest.py").write_text(CONFTEST.read_text("utf-8"), "utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers = full: long\n", "utf-8")
    text = "import pytest\n\ndef test_a(): pass\n\n@pytest.mark.full\ndef test_b(): pass\n"
    (tmp_path / "test_it.py").write_text(text, "utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *options]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert expected in done.stdout
