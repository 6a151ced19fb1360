"""Every function of models that takes a unit of work first, found by importing and looking."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import models
from models.storage.guarded import name_of
from models.storage.uow import UnitOfWork

Verb = Callable[..., Any]


def modules() -> Iterator[ModuleType]:
    """Every module of models, but for the migrations, which know no unit of work."""
    for found in pkgutil.walk_packages(models.__path__, "models."):
        if "migrations" not in found.name and not found.name.endswith("__main__"):
            yield importlib.import_module(found.name)


def takers(module: ModuleType) -> Iterator[Verb]:
    """The public functions written in this module whose first parameter is a UnitOfWork."""
    for name, value in vars(module).items():
        if name.startswith("_") or not inspect.isfunction(value) or value.__module__ != module.__name__:
            continue
        if takes_a_unit(value):
            yield value


def takes_a_unit(value: Verb) -> bool:
    """Whether the first parameter of a function is a UnitOfWork, as its author wrote it or called it."""
    first = next(iter(inspect.signature(value).parameters.values()), None)
    return first is not None and (first.name == "uow" or first.annotation in (UnitOfWork, "UnitOfWork"))


def every_taker() -> dict[str, Verb]:
    """All of them by name ("people.service.edit_child")."""
    return {name_of(verb): verb for module in modules() for verb in takers(module)}


def every_holder() -> dict[str, Verb]:
    """The `__init__` of each public class of models that takes a unit of work first, by the class's name."""
    found: dict[str, Verb] = {}
    for module in modules():
        for name, value in vars(module).items():
            if inspect.isclass(value) and value.__module__ == module.__name__ and "__init__" in vars(value):
                parameters = list(inspect.signature(value.__init__).parameters.values())[1:]
                if parameters and parameters[0].annotation in (UnitOfWork, "UnitOfWork") and name[0] != "_":
                    found[f"{module.__name__}.{name}"] = value.__init__
    return found


def permission_of(verb: Verb) -> str | None:
    """What it declares it needs; None where it declares nothing."""
    declared: str | None = vars(verb).get("permission")
    return declared
