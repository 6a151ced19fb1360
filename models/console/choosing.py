"""Which activity `--date` and `--title` mean."""

import argparse

from models.access.permissions import Permission, needs
from models.bootstrap import UnitOfWork
from models.console.outcome import WrongUse
from models.kernel.errors import BadInput, NotFound
from models.programme import queries as programme
from models.programme.queries import ActivityRow


@needs(Permission.SEE_DAY)
def chosen(uow: UnitOfWork, options: argparse.Namespace) -> ActivityRow:
    """The activity of that day (and title). Raises WrongUse for none or several."""
    try:
        return programme.find_activity(uow, options.date, options.title)
    except NotFound as error:
        raise WrongUse(error.what, error.next_step) from None
    except BadInput as error:
        raise WrongUse(error.what, "Say which one with --title.") from None
