"""Pin what pyproject.toml asks for: `python3 installer/pins.py` (needs uv). Run it after changing a dependency.

Every pin has the hashes of all its files, for Linux, Windows and macOS alike, and no download address.
"""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PINS = Path("installer") / "requirements"
COMPILE = [
    "pip", "compile", "pyproject.toml", "--quiet", "--universal", "--python-version", "3.11",
    "--generate-hashes", "--no-annotate", "--no-header",
]  # fmt: skip


def uv() -> str:
    """Where uv is: on the path, or beside the app's Python."""
    found = shutil.which("uv") or shutil.which("uv", path=str(ROOT / ".venv" / "bin"))
    if found is None:
        sys.exit("uv is not installed. Install it in .venv (pip install uv) and try again.")
    return found


def main() -> None:
    """Write test.txt, then run.txt with the very same versions."""
    every = [*COMPILE, "--group", "setup"]
    subprocess.run([uv(), *every, "--group", "test", "-o", str(PINS / "test.txt")], cwd=ROOT, check=True)
    subprocess.run([uv(), *every, "-c", str(PINS / "test.txt"), "-o", str(PINS / "run.txt")], cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
