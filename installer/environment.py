"""Make the app's own Python in .venv from pinned, hashed packages; quick, and without network, when that is done."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from system import SetupProblem

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
PLACE = VENV / "made-for"
OLDEST = (3, 11)
COVERS = {"run": ["run"], "test": ["test", "run"]}
"""Which pins are in place when these are installed: the tests' pins hold all of the app's."""


def prepare(pins: str) -> None:
    """See that .venv has everything in `installer/requirements/<pins>.txt` and the app itself.

    Raises SetupProblem with a plain sentence if it cannot be done.
    """
    if sys.version_info < OLDEST:
        raise SetupProblem(f"Breather needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
    stamp, wanted = VENV / f"{pins}.stamp", fingerprint(pins)
    if not moved() and PYTHON.exists() and stamp.exists() and stamp.read_text("utf-8") == wanted:
        return
    make_venv()
    install_pins(pins)
    for covered in COVERS[pins]:
        (VENV / f"{covered}.stamp").write_text(fingerprint(covered), "utf-8")


def fingerprint(pins: str) -> str:
    """Changes when anything does that the installed packages depend on."""
    parts = [requirements(pins).read_bytes(), (ROOT / "pyproject.toml").read_bytes(), sys.version.encode()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def requirements(pins: str) -> Path:
    """The file of pinned packages called `pins`."""
    return ROOT / "installer" / "requirements" / f"{pins}.txt"


def moved() -> bool:
    """Whether the folder was moved since .venv was made: its scripts then point to where it was."""
    return PLACE.exists() and PLACE.read_text("utf-8") != str(ROOT)


def make_venv() -> None:
    """Make .venv, or make it again if its Python no longer runs or the folder was moved."""
    if VENV.exists() and (moved() or not works()):
        shutil.rmtree(VENV)
    if not VENV.exists():
        print("Making .venv", flush=True)
        run([sys.executable, "-m", "venv", str(VENV)], "Python could not make .venv.")
    PLACE.write_text(str(ROOT), "utf-8")


def works() -> bool:
    """Whether the Python in .venv starts and has pip."""
    try:
        return subprocess.run([str(PYTHON), "-c", "import pip"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def install_pins(pins: str) -> None:
    """Install the pinned packages, each checked against its hash, and then the app itself from this folder."""
    print("Installing Python packages (once; some minutes on a slow line)", flush=True)
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
    pinned = ["--require-hashes", "--only-binary", ":all:", "-r", str(requirements(pins))]
    run([*pip, *pinned], "The Python packages could not be installed. Is there a network?")
    run([*pip, "--no-build-isolation", "-e", str(ROOT)], "Breather itself could not be installed.")
    run([str(PYTHON), "-m", "compileall", "-q", "desktop", "models"], "Breather could not be compiled.")


def run(command: Sequence[str], trouble: str) -> None:
    """Run one step in the app's folder; raises SetupProblem with `trouble` if it fails. What it prints is shown."""
    try:
        code = subprocess.run(command, cwd=ROOT, check=False).returncode
    except OSError as error:
        raise SetupProblem(f"{trouble} ({error})") from error
    if code != 0:
        raise SetupProblem(trouble)


def has_screen(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether a window can be shown here."""
    if not sys.platform.startswith("linux"):
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))
