"""Runs every benchmark in a process of its own and writes RESULTS.md: ``python -m tests.benchmarks``."""

import json
import platform
import subprocess
import sys
from pathlib import Path

from tests.benchmarks.figures import ROOT, Figure, environment

SCRIPTS = ("start", "unlock", "marks", "encrypted", "importing", "consent_pack", "search", "backup")
HEAD = """# What was measured

Written by `python -m tests.benchmarks`. Ratios hold from machine to machine; the timings are those of the machine
below, busy with other things or not, each taken in turn with what stands beside it.

{machine}

| What | Breather | Beside it | Ratio | Aim | |
|---|---|---|---|---|---|
"""
VERDICT = {True: "met", False: "**missed**", None: ""}


def run(script: str) -> list[Figure]:
    print(f"{script} …", flush=True)
    command = [sys.executable, "-m", f"tests.benchmarks.{script}", "--json"]
    done = subprocess.run(command, cwd=ROOT, env=environment(), stdout=subprocess.PIPE, text=True, check=True)
    figures = [Figure(**each) for each in json.loads(done.stdout.splitlines()[-1])]
    for each in figures:
        print(f"  {each.line()}", flush=True)
    return figures


def machine() -> str:
    import os

    names = [line.partition(":")[2].strip() for line in _cpu() if line.startswith("model name")]
    name = names[0] if names else platform.processor()
    return f"Python {platform.python_version()}, {platform.system()}, {os.cpu_count()} cores of {name}."


def _cpu() -> list[str]:
    file = Path("/proc/cpuinfo")
    return file.read_text().splitlines() if file.exists() else []


def main() -> None:
    figures = [figure for script in SCRIPTS for figure in run(script)]
    lines = [
        f"| {each.what} | {each.ours} | {each.beside} | {each.ratio} | {each.aim} | {VERDICT[each.met]} |"
        for each in figures
    ]
    file = Path(__file__).with_name("RESULTS.md")
    file.write_text(HEAD.format(machine=machine()) + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"written: {file.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
