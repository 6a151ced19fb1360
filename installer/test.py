"""Set up what is missing and run every check: `python3 installer/test.py`.

    --full           the long form of the fault and abuse tests too
    --only NAME      one check: ruff, mypy, imports, pytest or server (may be given again)
    anything else    is handed to pytest: tests/people, -k name, -x

Every check runs even if one before it failed; the exit code is 0 only if all passed.
"""

import argparse
import os
import subprocess
import sys
import time
from contextlib import nullcontext
from dataclasses import dataclass, field

import server
from environment import PYTHON, ROOT, prepare
from system import ACCESSIBILITY, APP, SetupProblem, see_to

LINT_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"
NAMES = ("ruff", "mypy", "imports", "pytest", "server")
ON_A_SERVER = tuple(
    f"tests/{area}"
    for area in (
        "access", "concerns", "consents", "documents", "history", "intake", "people", "privacy", "programme",
        "readiness", "registers", "reports", "search", "team", "transport",
    )
)  # fmt: skip
"""The rooms of models whose tests run a second time with every club on PostgreSQL."""

PATIENCE = ("-o", "faulthandler_timeout=3600")
"""The long tests take longer than one that hangs in the fast set."""


@dataclass(frozen=True)
class Check:
    """One check: its short name, what it holds, and the command after the app's Python."""

    name: str
    holds: str
    command: tuple[str, ...]
    environment: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """How one check went, in seconds."""

    check: Check
    passed: bool
    seconds: float

    def __str__(self) -> str:
        word = "passed" if self.passed else "FAILED"
        return f"{word}  {self.check.name:<8} {self.seconds:6.1f} s  {self.check.holds}"


def checks(full: bool, for_pytest: list[str], url: str | None) -> list[Check]:
    """Every check, quickest first; pytest last, so that its own closing line stands just above the summary.

    `url` is the tests' own server; without one nothing is run on it.
    """
    workers = str(min(os.cpu_count() or 1, 8))
    pytest = ("-m", "pytest", "-n", workers, "--dist", "loadfile", *(["--full", *PATIENCE] if full else []))
    where = {server.VARIABLE: url} if url is not None else {}
    found = [
        Check("ruff", "the code's style and common slips", ("-m", "ruff", "check", ".")),
        Check("mypy", "every type, strictly", ("-m", "mypy")),
        Check("imports", "the floors of the house", ("-c", LINT_IMPORTS)),
        Check("pytest", "what the app does", (*pytest, *for_pytest), where),
    ]
    if url is not None:
        on_it = (*pytest, "-q", "--engine", "postgresql", *(for_pytest or ON_A_SERVER))
        found.insert(3, Check("server", "the same rooms on PostgreSQL", on_it, where))
    return found


def perform(check: Check) -> Outcome:
    """Run one check, showing what it says."""
    print(f"\n== {check.name}: {check.holds}", flush=True)
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONHASHSEED": "0", "PYTHONUTF8": "1"}
    environment |= check.environment
    started = time.monotonic()
    code = subprocess.run([str(PYTHON), *check.command], cwd=ROOT, env=environment, check=False).returncode
    return Outcome(check, code == 0, time.monotonic() - started)


def main(arguments: list[str]) -> int:
    """Set up, run the checks, print one line for each; 0 if all passed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--full", action="store_true", help="the long tests too")
    parser.add_argument("--only", action="append", choices=NAMES)
    options, for_pytest = parser.parse_known_args(arguments)
    wanted = options.only or NAMES
    try:
        server.no_cluster_of_its_own()
        see_to((*APP, *ACCESSIBILITY, *server.SERVER))
        prepare("test")
        asked = bool({"pytest", "server"} & {*wanted})
        with server.running() if asked else nullcontext() as url:
            if url is None and asked:
                print("There is no PostgreSQL here: the tests that need a server will not run.", flush=True)
            outcomes = [perform(one) for one in checks(options.full, for_pytest, url) if one.name in wanted]
    except SetupProblem as problem:
        print(problem, file=sys.stderr)
        return 1
    print("\n== summary", *outcomes, sep="\n", flush=True)
    return 0 if all(outcome.passed for outcome in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
