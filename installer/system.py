"""The system libraries that no Python package brings: find what is missing, install it as root, or say the one command.

Only what is missing is looked for elsewhere, so that a second run needs no network.
"""

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec


class SetupProblem(Exception):
    """Setting up cannot go on; the message says what to do."""


@dataclass(frozen=True)
class Need:
    """One Debian package, and how to see that what it brings is here.

    Attributes:
        package: the Debian package's name.
        present: says whether the machine already has it, from whatever source.
    """

    package: str
    present: Callable[[], bool]


def library(package: str, name: str) -> Need:
    """A shared library, there if the loader finds it (the package's own name differs between Debian releases)."""

    def loads() -> bool:
        try:
            ctypes.CDLL(name)
        except OSError:
            return False
        return True

    return Need(package, loads)


def program(package: str, *places: str) -> Need:
    """A program, there if any of its names is on the path or is a file."""
    return Need(package, lambda: any(shutil.which(place) or os.path.isfile(place) for place in places))


def python_module(package: str, code: str) -> Need:
    """Something the system's own Python can import."""

    def imports() -> bool:
        try:
            return subprocess.run(["/usr/bin/python3", "-c", code], capture_output=True, check=False).returncode == 0
        except OSError:
            return False

    return Need(package, imports)


APP = (
    # Debian keeps the part of Python that makes a .venv in a package of its own.
    Need("python3-venv", lambda: find_spec("ensurepip") is not None),
    library("libgl1", "libGL.so.1"),
    library("libegl1", "libEGL.so.1"),
    library("libglib2.0-0", "libglib-2.0.so.0"),
    library("libfontconfig1", "libfontconfig.so.1"),
    library("libdbus-1-3", "libdbus-1.so.3"),
    library("libxkbcommon-x11-0", "libxkbcommon-x11.so.0"),
    library("libxcb-cursor0", "libxcb-cursor.so.0"),
    library("libxcb-icccm4", "libxcb-icccm.so.4"),
    library("libxcb-keysyms1", "libxcb-keysyms.so.1"),
    library("libxcb-randr0", "libxcb-randr.so.0"),
    library("libxcb-shape0", "libxcb-shape.so.0"),
    library("libxcb-xfixes0", "libxcb-xfixes.so.0"),
    library("libxcb-sync1", "libxcb-sync.so.1"),
    library("libx11-xcb1", "libX11-xcb.so.1"),
    library("libwayland-cursor0", "libwayland-cursor.so.0"),
    library("libwayland-egl1", "libwayland-egl.so.1"),
)
"""What the app needs to be set up and to show its window, on a screen or without one."""

ACCESSIBILITY = (
    program("xvfb", "Xvfb"),
    program("xauth", "xauth"),
    program("dbus", "dbus-run-session"),
    program("at-spi2-core", "/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher"),
    python_module("python3-gi", "import gi"),
    python_module("gir1.2-atspi-2.0", "import gi; gi.require_version('Atspi', '2.0')"),
)
"""What the tests need besides, to read the window as a screen reader does."""


def see_to(needs: Sequence[Need]) -> None:
    """Install what is missing, as root on a Debian; otherwise raise SetupProblem with the command to run.

    Windows and macOS need nothing.
    """
    if not sys.platform.startswith("linux"):
        return
    missing = [need for need in needs if not need.present()]
    if missing:
        install([need.package for need in missing])


def install(packages: Sequence[str]) -> None:
    """Install Debian packages, or raise SetupProblem saying what to do."""
    words = " ".join(packages)
    if shutil.which("apt-get") is None:
        raise SetupProblem(f"Some system libraries are missing. Install them and try again. Debian calls them: {words}")
    if os.geteuid() != 0:
        raise SetupProblem(
            "Some system libraries are missing. Run this one command, then try again:\n\n"
            f"    sudo apt-get install --no-install-recommends {words}\n"
        )
    print(f"Installing system libraries: {words}", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update", "-qq"], ["install", "-qq", "-y", "--no-install-recommends", *packages]):
        done = subprocess.run(["apt-get", *command], env=environment, capture_output=True, check=False)
        if done.returncode != 0:
            tail = (done.stdout + done.stderr).decode(errors="replace")[-2000:]
            raise SetupProblem(f"apt-get {command[0]} did not work:\n{tail}")
