"""Set up what is missing and open Breather: `python3 installer/run.py`.

On a machine with no screen it does the main job on the sample club instead, and prints where the papers, pictures and
figures are. Anything after the command is handed to the app.
"""

import os
import subprocess
import sys

from environment import PYTHON, ROOT, has_screen, prepare
from system import APP, SetupProblem, see_to


def main(arguments: list[str]) -> int:
    """Set up, then open the app; its exit code is ours."""
    try:
        see_to(APP)
        prepare("run")
    except SetupProblem as problem:
        print(problem, file=sys.stderr)
        return 1
    command = [str(PYTHON), "-m", "desktop" if has_screen() else "desktop.tour", *arguments]
    os.chdir(ROOT)
    if os.name != "nt":  # where exec would give the prompt back before the window closes
        sys.stdout.flush()
        os.execv(command[0], command)
    return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
