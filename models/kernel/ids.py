"""Where new ids come from; injected, so that a test can say which ids it will see."""

import random
import uuid
from collections.abc import Callable
from uuid import UUID

IdSource = Callable[[], UUID]

ERASED_HOME = UUID(int=2)
"""The empty household in which the anonymous rows of erased children stand, so that figures still add up."""


def random_ids() -> IdSource:
    """Ids nobody can guess, for real club files."""
    return uuid.uuid4


def seeded_ids(seed: int) -> IdSource:
    """The same ids in the same order for the same seed, for tests and pictures."""
    source = random.Random(seed)
    return lambda: UUID(int=source.getrandbits(128), version=4)
