"""What can be done from the search box by typing its words."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from desktop.widgets.search_box import Hit


@dataclass(frozen=True)
class Command:
    """Something to do: its words, more words it is found by, an icon, its keys, and what runs."""

    words: str
    icon: str
    run: Callable[[], object]
    also: str = ""
    keys: str = ""


def matching(commands: Iterable[Command], typed: str) -> list[Hit]:
    """The commands in whose words every typed word begins one, as answers."""
    wanted = typed.casefold().split()
    found = [command for command in commands if _fits(command, wanted)]
    return [Hit("Things to do", command.words, command.keys, command.icon, command) for command in found]


def _fits(command: Command, wanted: list[str]) -> bool:
    words = f"{command.words} {command.also}".casefold().split()
    return bool(wanted) and all(any(word.startswith(one) for word in words) for one in wanted)
