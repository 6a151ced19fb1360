"""What a benchmark found, told the same way by each of them; and the set-up they share."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Figure:
    """One thing measured: what it is, what Breather took, what stood beside it, the ratio, and the aim."""

    what: str
    ours: str
    beside: str
    ratio: str
    aim: str
    met: bool | None

    def line(self) -> str:
        verdict = {True: "met", False: "MISSED", None: "no aim"}[self.met]
        return f"{self.what}: {self.ours}; beside {self.beside}: {self.ratio} (aim {self.aim}: {verdict})"


def ms(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms" if seconds >= 0.01 else f"{seconds * 1000:.1f} ms"


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` of all do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def paired(one: Callable[[], float], other: Callable[[], float], rounds: int) -> tuple[float, float, float]:
    """Both medians and the median of the ratios one : other, taken in turn so that a busy machine is busy for both."""
    pairs = [(one(), other()) for _ in range(rounds)]
    return median(a for a, _ in pairs), median(b for _, b in pairs), median(a / b for a, b in pairs)


def environment(**more: str) -> dict[str, str]:
    """For a child process: as installed (with its bytecode), and without a screen."""
    kept = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)} | more
    kept.pop("PYTHONDONTWRITEBYTECODE", None)
    return kept


def in_a_new_process(module: str, *arguments: str, **more: str) -> str:
    """Runs `python -m tests.benchmarks.<module>` and gives back the last line it prints."""
    command = [sys.executable, "-m", f"tests.benchmarks.{module}", *arguments]
    done = subprocess.run(
        command, cwd=ROOT, env=environment(**more), capture_output=True, text=True, check=False, timeout=240
    )
    if done.returncode != 0 or not done.stdout.strip():
        raise SystemExit(f"{module} {arguments} did not finish:\n{done.stderr[-3000:]}")
    return done.stdout.splitlines()[-1]


def tell(figures: Sequence[Figure]) -> None:
    """Prints figures, for a program as JSON where it asks so."""
    if "--json" in sys.argv:
        print(json.dumps([asdict(each) for each in figures]))
        return
    for each in figures:
        print(each.line())
