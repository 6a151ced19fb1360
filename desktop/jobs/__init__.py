"""How work leaves the UI thread.

`Jobs(club, clock)` is handed to every screen:

- `jobs.change(fn, label, done, failed)`: `fn(uow)` runs on the one writer thread, in the order asked.
- `jobs.query(fn, done, failed, key="today")`: `fn(read)` runs on the reader thread; of several with one key only the
  newest is delivered. `lane="slow"` is for documents and anything else over a second.
- `jobs.long_query(fn, done, ...)` and `jobs.long_change(fn, label, done, ...)`: `fn(uow, work)` calls
  `work.step(3, 20, "words")` now and then; `progress` hears of it and the returned `Ticket.cancel()` stops it there.
- signals: `changed(frozenset)`, `busy(bool)`, `saved(datetime)`, `failed(error)`.
"""

from desktop.jobs.details import details_of
from desktop.jobs.guard import install_guard
from desktop.jobs.jobs import Jobs
from desktop.jobs.port import Club, Written
from desktop.jobs.ticket import Cancelled, Step, Ticket, Work

__all__ = ["Cancelled", "Club", "Jobs", "Step", "Ticket", "Work", "Written", "details_of", "install_guard"]
