"""How a function that takes a unit of work declares what it needs, and is held to it.

Only the call made first asks: a verb that books a child may read what the person may not. What it calls is inside.
"""

from collections.abc import Callable, Iterator
from functools import update_wrapper
from typing import Concatenate, ParamSpec, TypeVar
from uuid import UUID

from models.kernel.errors import Denied
from models.storage.uow import UnitOfWork

P = ParamSpec("P")
S = TypeVar("S")
T = TypeVar("T")
Call = Callable[Concatenate[UnitOfWork, P], T]

INSIDE = "be called from inside alone"


def guarded(permission: str, who: str = "a manager") -> Callable[[Call[P, T]], Call[P, T]]:
    """Declares the permission a function needs and holds it to it; `who` can, in words. It then raises Denied.

    Not for a generator: its body would run after the guard has gone.
    """

    def declare(verb: Call[P, T]) -> Call[P, T]:
        name = name_of(verb)

        def ask_first(uow: UnitOfWork, /, *args: P.args, **kwargs: P.kwargs) -> T:
            if uow.verb:
                return verb(uow, *args, **kwargs)
            uow.verb = name
            try:
                uow.require(permission, who)
                return verb(uow, *args, **kwargs)
            except Denied as denied:
                denied.about |= frozenset(_ids((uow.answers, args, tuple(kwargs.values()))))
                raise
            finally:
                uow.verb = ""

        return _declared(ask_first, verb, permission)

    return declare


def inside_only(verb: Call[P, T]) -> Call[P, T]:
    """Declares that a function is a part of others, and has no permission of its own. Called first it raises Denied."""
    name = name_of(verb)

    def refuse_outside(uow: UnitOfWork, /, *args: P.args, **kwargs: P.kwargs) -> T:
        _must_be_inside(uow, name)
        return verb(uow, *args, **kwargs)

    return _declared(refuse_outside, verb, INSIDE)


def inside_init(
    init: Callable[Concatenate[S, UnitOfWork, P], None],
) -> Callable[Concatenate[S, UnitOfWork, P], None]:
    """As `inside_only`, of a class that holds on to its unit of work: on its `__init__`."""
    name = f"{init.__module__.removeprefix('models.')}.{init.__qualname__}"

    def refuse_outside(self: S, uow: UnitOfWork, /, *args: P.args, **kwargs: P.kwargs) -> None:
        _must_be_inside(uow, name)
        init(self, uow, *args, **kwargs)

    update_wrapper(refuse_outside, init)
    vars(refuse_outside)["permission"] = INSIDE
    return refuse_outside


def inside_made(kind: type[T]) -> type[T]:
    """As `inside_init`, of a dataclass."""
    made: Callable[..., None] = kind.__init__
    type.__setattr__(kind, "__init__", inside_init(made))
    return kind


def shown(shape: Callable[[UnitOfWork, T], T]) -> Callable[[Call[P, T]], Call[P, T]]:
    """What a query answers is shaped to what the acting person may see. It stands under the query's guard.

    Only the call made first is shaped: what asks from inside has it whole.
    """

    def declare(query: Call[P, T]) -> Call[P, T]:
        name = name_of(query)

        def shape_last(uow: UnitOfWork, /, *args: P.args, **kwargs: P.kwargs) -> T:
            found = query(uow, *args, **kwargs)
            return shape(uow, found) if uow.verb == name else found

        update_wrapper(shape_last, query)
        return shape_last

    return declare


def name_of(verb: Callable[..., object]) -> str:
    """people.service.edit_child."""
    return f"{verb.__module__.removeprefix('models.')}.{verb.__name__}"


def _ids(value: object) -> Iterator[UUID]:
    if isinstance(value, UUID):
        yield value
    elif isinstance(value, (tuple, list, set, frozenset)):
        for each in value:
            yield from _ids(each)


def _must_be_inside(uow: UnitOfWork, name: str) -> None:
    if not uow.verb:
        raise Denied("This is a part of something else.", "Ask for the whole.", permission=INSIDE, verb=name)


def _declared(wrapped: Call[P, T], verb: Call[P, T], permission: str) -> Call[P, T]:
    update_wrapper(wrapped, verb)
    vars(wrapped)["permission"] = permission  # read by the test that every function declares one
    return wrapped
