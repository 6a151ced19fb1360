"""The real app under a real X server and accessibility bus, worked by a client that knows only names and roles."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from installer.system import ACCESSIBILITY

ROOT = Path(__file__).resolve().parents[2]
CLIENT = Path(__file__).with_name("client.py")
SYSTEM_PYTHON = "/usr/bin/python3"
PATIENCE = 180


@pytest.fixture(scope="module", autouse=True)
def system() -> None:
    missing = [need.package for need in ACCESSIBILITY if not need.present()]
    assert not missing, (
        "The window cannot be read as a screen reader reads it: install these packages first, "
        f"for example with `python3 installer/test.py`: {' '.join(missing)}"
    )


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    """An X server of our own on a display nobody else has, as large as a small laptop."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1366x768x24", "-nolisten", "tcp", "-noreset"]
    with subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL) as server:
        os.close(writing)
        with os.fdopen(reading) as told:
            number = told.readline().strip()
        yield f":{number}"
        server.terminate()


@pytest.fixture(scope="module")
def seen(display: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the client saw on its one walk through the app."""
    home = tmp_path_factory.mktemp("machine")
    runtime = home / "runtime"
    runtime.mkdir(mode=0o700)
    dbus = shutil.which("dbus-run-session")
    assert dbus is not None
    # -P: the client has the system's own modules, nothing of ours.
    command = [dbus, "--", SYSTEM_PYTHON, "-P", str(CLIENT), sys.executable, "-m", "desktop"]
    done = subprocess.run(
        command, cwd=ROOT, env=environment(display, home, runtime), capture_output=True, text=True, timeout=PATIENCE,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-4000:]
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def environment(display: str, home: Path, runtime: Path) -> dict[str, str]:
    """A machine of the test's own: nothing is read from or left with the person who runs it."""
    kept = {key: value for key, value in os.environ.items() if key in ("PATH", "LANG", "LC_ALL", "TZ")}
    kept.setdefault("LC_ALL", "C.UTF-8")
    return kept | {
        "HOME": str(home),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_RUNTIME_DIR": str(runtime),
        "DISPLAY": display,
        "QT_QPA_PLATFORM": "xcb",
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        "NO_AT_BRIDGE": "0",
    }


def test_each_place_is_reached_by_its_name(seen: dict[str, Any]) -> None:
    expected = {"Today", "Programme", "Children", "Consents", "Transport", "Register", "Team", "Reports", "Settings"}
    assert expected <= set(seen["titles"])


def test_every_control_says_what_it_is(seen: dict[str, Any]) -> None:
    assert seen["unnamed"] == {}


def test_three_children_are_signed_in_by_the_buttons_of_their_rows(seen: dict[str, Any]) -> None:
    rows = seen["rows"]
    assert len({row["name"] for row in rows}) == 3
    assert [row["before"] for row in rows] == [f"{row['name']}, due" for row in rows]
    for row in rows:
        assert row["after"].startswith(f"{row['name']}, in "), row


def test_nothing_of_the_club_is_in_the_whole_tree_while_it_is_locked(seen: dict[str, Any]) -> None:
    names = [row["name"] for row in seen["rows"]]
    words = {word for name in names for word in name.split()}
    assert all(name in seen["open"] and name in seen["back"] for name in names)  # they were there to be hidden
    assert [word for word in words if word in seen["locked"]] == []
    assert "Locked" in seen["locked"]
