"""What a verb answers: one JSON object, the same in sentences, and the exit code."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

DONE, REFUSED, WRONG_USE = 0, 1, 2


@dataclass(frozen=True)
class Outcome:
    """`said` is printed with --json, `lines` without."""

    said: Mapping[str, Any]
    lines: Sequence[str]
    code: int = DONE


class WrongUse(Exception):
    """The command cannot be carried out as it was typed: exit code 2."""

    def __init__(self, what: str, next_step: str = "") -> None:
        super().__init__(f"{what} {next_step}".strip())
        self.what = what
        self.next_step = next_step
