"""Every function that takes a unit of work declares the permission it needs; one that does not fails the build."""

import inspect
from collections.abc import Iterable, Iterator
from types import ModuleType

from models.access.permissions import inside_only, needs
from models.access.rules import Permission
from models.storage.guarded import INSIDE
from models.storage.uow import UnitOfWork
from tests.declared import Verb, every_holder, every_taker, permission_of, takers

KNOWN = {*Permission, INSIDE}


def faults(verbs: Iterable[Verb]) -> list[str]:
    """What is wrong with how these declare themselves."""
    found = []
    for verb in verbs:
        name, permission = f"{verb.__module__}.{verb.__name__}", permission_of(verb)
        if permission is None:
            found.append(f"{name} declares no permission")
        elif permission not in KNOWN:
            found.append(f"{name} declares an unknown permission: {permission}")
        elif permission != INSIDE and inspect.isgeneratorfunction(inspect.unwrap(verb)):
            found.append(f"{name} is a generator: its body runs after the guard has gone")
    return found


def test_every_function_that_takes_a_unit_of_work_declares_its_permission() -> None:
    verbs = every_taker()
    assert len(verbs) > 150
    assert faults(verbs.values()) == []


def test_every_class_that_holds_on_to_a_unit_of_work_is_made_from_inside_alone() -> None:
    assert [name for name, init in every_holder().items() if permission_of(init) != INSIDE] == []


def test_a_planted_function_without_a_permission_is_found() -> None:
    def bare(uow: UnitOfWork) -> None: ...

    def unknown(uow: UnitOfWork) -> None: ...

    def lazy(uow: UnitOfWork) -> Iterator[int]:
        yield 1

    def declared(uow: UnitOfWork) -> None: ...

    planted = ModuleType("models.planted")
    for verb in (bare, lazy, unknown, declared):
        verb.__module__ = planted.__name__
    vars(unknown)["permission"] = "see everything"
    vars(planted).update(
        bare=bare, unknown=unknown, lazy=needs(Permission.SEE_DAY)(lazy), declared=inside_only(declared), _own=bare
    )
    assert faults(takers(planted)) == [
        "models.planted.bare declares no permission",
        "models.planted.unknown declares an unknown permission: see everything",
        "models.planted.lazy is a generator: its body runs after the guard has gone",
    ]
